"""Appeals of every sort, and what becomes of them by given days, all through the verbs."""

from datetime import datetime, timedelta

from agencies.domain.calendar import local_dates
from agencies.enums import AppealForm, Role
from agencies.models import Agency, Channel, Officer, Region, Topic
from appeals.domain import breaches
from appeals.domain.assignment import assign
from appeals.domain.closing import terminate
from appeals.domain.replies import Answer, prepare_reply, reply
from appeals.domain.routing import OFFICE, forward
from appeals.enums import ApplicantType, Kind, Outcome, TerminationGround
from appeals.models import Appeal
from tests.factories import MONDAY, make_appeal, make_officer

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
SIX_WEEKS_ON = MONDAY + 6 * WEEK
ANSWER = Answer(Outcome.EXPLAINED, "The line is repaired.", "Code, Art. 80", "To the akimat, within three months.")


def place(topic: str | None, region: str | None, channel: str = "virtual_reception", **fields: object) -> dict:
    """The fields of an appeal about `topic` from `region`, by codes."""
    door = Channel.objects.get(code=channel)
    return {
        "topic": topic and Topic.objects.get(code=topic),
        "region": region and Region.objects.get(code=region),
        "channel": door,
        "form": AppealForm(door.form),
    } | fields


def sweep(at: datetime) -> None:
    """Note every term that ran out before the local date of `at`."""
    for zone, on in local_dates(at):
        while breaches.note_missed(zone=zone, on=on, at=at, limit=500):
            pass


def post(appeal: Appeal, role: Role) -> Officer:
    """Somebody in this role of the body that holds `appeal`."""
    held = Officer.objects.filter(agency=appeal.agency, role=role).first()
    return held or make_officer(appeal.agency, role, post=f"{role.label} of appeals")


def answered(appeal: Appeal, *, at: datetime) -> Appeal:
    executor = post(appeal, Role.EXECUTOR)
    assign(appeal, executor, by=post(appeal, Role.REGISTRAR), at=at)
    prepare_reply(appeal, ANSWER, by=executor, at=at)
    return reply(appeal, by=post(appeal, Role.HEAD), at=at)


def filled() -> None:
    """Two months of a small country: January, and six weeks from Monday 2 February 2026, swept every week."""
    office = Agency.objects.get(code=OFFICE)
    heating, school = place("housing.utilities", "KZ-79"), place("education.school", "KZ-75", "email")
    january = MONDAY - 3 * WEEK
    make_appeal(january, **heating)
    make_appeal(january, **school)
    sweep(MONDAY - DAY)
    for _ in range(3):
        make_appeal(MONDAY, **heating)
    answered(make_appeal(MONDAY, **heating), at=MONDAY + 2 * DAY)
    answered(make_appeal(MONDAY, **school, kind=Kind.PROPOSAL), at=MONDAY + 5 * WEEK)
    passed_on = make_appeal(MONDAY, **place("housing.utilities", None))
    make_appeal(MONDAY + DAY, **place("housing.mortgage", None, "letter", applicant_type=ApplicantType.FIRM))
    make_appeal(MONDAY + DAY, **place("roads.republican", "KZ-10", "letter"))
    make_appeal(MONDAY + DAY, **place(None, None, "visit", holder=office))
    forward(
        passed_on,
        Agency.objects.get(code="ministry.transport"),
        by=post(passed_on, Role.REGISTRAR),
        at=MONDAY + WEEK,
        reason="It is about a railway.",
    )
    ended = make_appeal(MONDAY + WEEK, **school)
    terminate(
        ended, TerminationGround.NO_SUBSTANCE, by=post(ended, Role.HEAD), at=MONDAY + WEEK, reason="No substance."
    )
    for week in range(1, 7):
        sweep(MONDAY + week * WEEK)
    make_appeal(SIX_WEEKS_ON, **school)
    make_appeal(SIX_WEEKS_ON, **heating)
