"""Cases as rows: what stands in each, on the page and in the table for a spreadsheet. No personal data."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agencies.domain.working_days import WorkingCalendar
from agencies.models import Officer
from appeals.domain.breach_register import days_late
from appeals.domain.statistics.cases import Show
from appeals.models import NOTHING_DUE, Appeal, Breach

Value = str | int | date | None
Row = dict[str, Value]  # by the heads of the columns, the number of the appeal first


@dataclass(frozen=True)
class Reader:
    """Puts cases into rows as of the local date `on`."""

    show: Show
    on: date
    days: WorkingCalendar

    def whole_row(self, case: Breach | Appeal) -> Row:
        """The row with what the appeal is about."""
        return self.row(case) | _about(case.appeal if isinstance(case, Breach) else case)

    def row(self, case: Breach | Appeal) -> Row:
        if isinstance(case, Breach):
            return self._breach(case)
        return self._registered(case) if self.show == Show.REGISTERED else self._held(case)

    def _breach(self, breach: Breach) -> Row:
        ended = breach.clock.met_on or breach.clock.cancelled_on or self.on
        return {
            _("Number"): breach.appeal.number,
            _("Body"): breach.agency.name,
            _("Term"): breach.get_kind_display(),
            _("Due"): breach.due_on,
            _("Noted"): breach.detected_on,
            _("Working days late"): days_late(breach.due_on, ended, self.days),
            _("Officer's post"): _post(breach.officer),
        }

    def _registered(self, appeal: Appeal) -> Row:
        first = appeal.routing.agency
        return {
            _("Number"): appeal.number,
            _("First with"): first.name if first else _("President's Office"),
            _("Status"): appeal.get_status_display(),
            _("Registered"): appeal.registered_on,
        }

    def _held(self, appeal: Appeal) -> Row:
        due = appeal.next_due_on if appeal.next_due_on != NOTHING_DUE else None
        return {
            _("Number"): appeal.number,
            _("Body"): appeal.agency.name,
            _("Status"): appeal.get_status_display(),
            _("Registered"): appeal.registered_on,
            _("Due"): due,
            _("Working days late"): days_late(due, self.on, self.days) if due and due < self.on else None,
            _("Officer's post"): _post(appeal.officer),
        }


def _about(appeal: Appeal) -> Row:
    return {
        _("Region"): appeal.region.name if appeal.region else _("Not stated"),
        _("Topic"): appeal.topic.name if appeal.topic else _("Not stated"),
        _("Channel"): appeal.channel.name,
    }


def _post(officer: Officer | None) -> str | None:
    return (officer.post or officer.get_role_display()) if officer else None
