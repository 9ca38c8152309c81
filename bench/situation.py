"""What is added to a filled database so that both sizes are asked the same questions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Count, Q
from django.db.models.functions import MD5
from django.utils import timezone

from agencies.domain.calendar import local_dates
from agencies.enums import AppealForm, Level, Role
from agencies.models import Agency, Channel, Officer, User
from appeals.domain import breaches
from appeals.domain.assignment import assign
from appeals.domain.registration import Intake, register
from appeals.domain.replies import Answer, prepare_reply
from appeals.domain.routing import office
from appeals.domain.statistics import folding
from appeals.enums import OPEN, ApplicantType, Kind, Outcome
from appeals.models import Appeal
from bench.databases import settle
from reception.domain import drafts

SHARE_OF_BUSIEST = 100  # one appeal of so many is open with one body, so that its queue grows as all does
REVISIONS = 20
TEXT = "Ауламыздағы жарық үш аптадан бері жанбайды. Шамдарды жөндеп беруіңізді сұраймын. " * 5
URGENT = "Күйеуім мені ұрып-соғып жатыр, өлтіремін деп қорқытады. " * 5
DETAILS = {"name": "Сынақ Азамат", "idn": "", "email": "azamat@example.test", "phone": "", "address": ""}
ANSWER = Answer(Outcome.SATISFIED, TEXT, "ҚР ӘРПК 89-бабы", "Жоғары тұрған органға немесе сотқа.")


@dataclass(frozen=True)
class Situation:
    """Who looks at what: a body with a full queue and one with a single appeal, a case long and short.

    In either queue something is urgent: what is, is asked for only where it is.
    """

    busy: Officer
    idle: Officer
    overseer: Officer
    short: Appeal
    long: Appeal
    draft: UUID


def busiest() -> Agency:
    """The body with the most open appeals; the Office, which answers none, aside."""
    held = Count("appeals", filter=Q(appeals__status__in=OPEN))
    return Agency.objects.exclude(level=Level.PRESIDENT).annotate(held=held).order_by("-held", "pk")[0]


def staged(body: Agency) -> Situation:
    """Put what is missing into the database that is connected, around the queue of `body`."""
    at = timezone.now()
    catch_up(at)
    body = Agency.objects.get(code=body.code)
    head, busy = officer(body, Role.HEAD), officer(body, Role.EXECUTOR)
    short, long = list(register_in(body, 2, at=at))
    list(register_in(body, 1, at=at, text=URGENT))
    for appeal in (short, long):
        assign(appeal, busy, by=head, at=at)
    for _ in range(REVISIONS):
        prepare_reply(long, ANSWER, by=busy, at=at)
    heap_on(body)
    idle = idlest(body)
    list(register_in(idle, 1, at=at, text=URGENT))
    overseer, draft = officer(office(), Role.OVERSIGHT), finished_draft(at)
    settle()
    return Situation(busy, officer(idle, Role.EXECUTOR), overseer, short, long, draft)


def catch_up(at: datetime) -> None:
    """What the workers would have done while the database was kept."""
    for zone, today in local_dates(at):
        while breaches.note_missed(zone=zone, on=today, at=at, limit=500):
            pass
    while folding.fold(limit=5000):
        pass


def heap_on(body: Agency) -> None:
    """Bring open appeals of other bodies, taken at random, into the queue of `body` until it has its share."""
    missing = Appeal.objects.count() // SHARE_OF_BUSIEST - Appeal.objects.open().held_by(body).count()
    others = Appeal.objects.open().exclude(agency=body).order_by(MD5("number")).values("pk")
    Appeal.objects.filter(pk__in=others[: max(0, missing)]).update(agency=body)


def idlest(like: Agency) -> Agency:
    """A body of the same level without an open appeal, or with the fewest."""
    held = Count("appeals", filter=Q(appeals__status__in=OPEN))
    others = Agency.objects.alive(timezone.localdate()).filter(level=like.level).exclude(pk=like.pk)
    return others.annotate(held=held).order_by("held", "pk")[0]


def officer(agency: Agency, role: Role) -> Officer:
    email = f"bench-{uuid4().hex[:12]}@example.test"
    user = User.objects.create_user(email=email, password=uuid4().hex, full_name="Сынақ Қызметкер", language="kk")
    return Officer.objects.create(user=user, agency=agency, role=role)


def register_in(body: Agency, how_many: int, *, at: datetime, text: str = TEXT) -> Iterator[Appeal]:
    channel = Channel.objects.get(code="virtual_reception")
    given: dict[str, Any] = {"kind": Kind.APPLICATION, "text": text, "language": "kk", "channel": channel}
    given |= {"form": AppealForm.ELECTRONIC, "applicant_type": ApplicantType.PERSON, "details": DETAILS}
    received_at = at - timedelta(minutes=1)
    for _ in range(how_many):
        yield register(Intake(key=uuid4().hex, received_at=received_at, holder=body, **given), at=at)


def finished_draft(at: datetime) -> UUID:
    """Every question of the counter answered."""
    answers = {
        "kind": Kind.APPLICATION,
        "region": "KZ-79",
        "district": "",
        "heading": "housing",
        "topic": "housing.utilities",
        "text": TEXT,
        "files": True,
        "applicant_type": ApplicantType.PERSON,
        **DETAILS,
    }
    draft = drafts.answer(None, answers, language="kk", at=at)
    if missing := drafts.first_missing(answers):
        raise ValueError(f"The draft lacks an answer to {missing}.")
    return draft.pk
