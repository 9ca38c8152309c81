"""Appeals of every sort, and what becomes of them by given days, all through the verbs."""

from datetime import datetime, timedelta

from agencies.domain.calendar import local_dates
from agencies.enums import AppealForm, Role
from agencies.models import Agency, Channel, Officer, Region, Topic
from appeals.domain import breaches
from appeals.domain.assignment import assign
from appeals.domain.closing import terminate
from appeals.domain.forwarding import forward
from appeals.domain.replies import Answer, prepare_reply, reply
from appeals.domain.routing import OFFICE
from appeals.enums import ApplicantType, Kind, Outcome, TerminationGround
from appeals.models import Appeal
from tests.factories import MONDAY, make_appeal, make_officer

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
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
    return reply(appeal, by=post(appeal, Role.HEAD), at=at, seen=at)


def filled(monday: datetime = MONDAY) -> None:
    """A small country three weeks before `monday` and six weeks from it, swept every week."""
    office = Agency.objects.get(code=OFFICE)
    heating, school = place("housing.utilities", "KZ-79"), place("education.school", "KZ-75", "email")
    earlier = monday - 3 * WEEK
    make_appeal(earlier, **heating)
    make_appeal(earlier, **school)
    sweep(monday - DAY)
    for _ in range(3):
        make_appeal(monday, **heating)
    answered(make_appeal(monday, **heating), at=monday + 2 * DAY)
    answered(make_appeal(monday, **school, kind=Kind.PROPOSAL), at=monday + 5 * WEEK)
    passed_on = make_appeal(monday, **place("housing.utilities", None))
    make_appeal(monday + DAY, **place("housing.mortgage", None, "letter", applicant_type=ApplicantType.FIRM))
    make_appeal(monday + DAY, **place("roads.republican", "KZ-10", "letter"))
    make_appeal(monday + DAY, **place(None, None, "visit", holder=office))
    forward(
        passed_on,
        Agency.objects.get(code="ministry.transport"),
        by=post(passed_on, Role.REGISTRAR),
        at=monday + WEEK,
        reason="It is about a railway.",
    )
    ended = make_appeal(monday + WEEK, **school)
    terminate(
        ended, TerminationGround.NO_SUBSTANCE, by=post(ended, Role.HEAD), at=monday + WEEK, reason="No substance."
    )
    for week in range(1, 7):
        sweep(monday + week * WEEK)
    make_appeal(monday + 6 * WEEK, **school)
    make_appeal(monday + 6 * WEEK, **heating)
