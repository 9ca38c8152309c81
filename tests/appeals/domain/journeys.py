"""Appeals on their way between bodies of Shymkent, with who acts in each."""

from datetime import datetime, timedelta
from typing import Any

from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals.domain.disputes import dispute
from appeals.domain.forwarding import forward, send_back
from appeals.enums import Kind
from appeals.models import Appeal, Dispute
from tests.factories import MONDAY, UTILITIES_OF_SHYMKENT, make_appeal, make_officer

DAY = timedelta(days=1)
UTILITIES, EDUCATION, HEALTH = UTILITIES_OF_SHYMKENT, "akimat.education.kz-79", "akimat.health.kz-79"
AKIMAT = "akimat.kz-79"  # above all three


def body(code: str) -> Agency:
    return Agency.objects.get(code=code)


def by(agency: Agency | str, role: Role = Role.REGISTRAR) -> Officer:
    """An officer of the body in `role`; the same one each time."""
    found = body(agency) if isinstance(agency, str) else agency
    return Officer.objects.filter(agency=found, role=role).first() or make_officer(found, role)


def sent_on(appeal: Appeal, code: str, *, at: datetime = MONDAY) -> Appeal:
    return forward(appeal, body(code), by=by(appeal.agency), at=at, reason="Theirs.")


def given_back(appeal: Appeal, *, at: datetime = MONDAY) -> Appeal:
    return send_back(appeal, by=by(appeal.agency), at=at, reason="Heating is the other body's.")


def forwarded(*, at: datetime = MONDAY) -> Appeal:
    """By the utilities to education."""
    return sent_on(make_appeal(), EDUCATION, at=at)


def forwarded_twice() -> Appeal:
    """On to health."""
    return sent_on(forwarded(), HEALTH)


def disputed(appeal: Appeal | None = None, **how: Any) -> Dispute:
    """Health asks the akimat, which has a head, who answers."""
    by(AKIMAT, Role.HEAD)
    appeal = appeal or forwarded_twice()
    return dispute(appeal, **{"by": by(appeal.agency), "at": MONDAY, "reason": "Not health."} | how)


def complaint(**fields: Any) -> Appeal:
    """Of the utilities, with them on its way to the akimat."""
    return make_appeal(kind=Kind.COMPLAINT, complained_of=body(UTILITIES), **fields)


def trail(appeal: Appeal) -> list[str]:
    return list(appeal.events.order_by("seq").values_list("kind", flat=True))
