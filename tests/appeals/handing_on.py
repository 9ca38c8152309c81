"""The acts of handing on, for the tests of the pages and of the API: who may, who may not, when, and with what."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from agencies.enums import Role
from appeals.domain.assignment import accept
from appeals.models import Appeal
from tests.appeals.domain.journeys import EDUCATION, UTILITIES, by, complaint, disputed, forwarded, forwarded_twice
from tests.factories import MONDAY, make_appeal

TOLD = {"text": "Жылу қосылды.", "law": "91-бап", "remedy": "Үш ай ішінде."}


def accepted() -> Appeal:
    return accept(forwarded(), by=by(EDUCATION), at=MONDAY)


def asked() -> Appeal:
    return disputed().appeal


@dataclass(frozen=True)
class Asked:
    """An act: its right moment, in which role, in which not, the wrong moment and why, what is sent, its field."""

    act: str
    moment: Callable[[], Appeal]
    role: Role
    wrong: Role
    wrong_moment: Callable[[], Appeal]
    reason: str
    content: dict[str, Any]
    field: str  # without which it is asked again
    left: str


ACTS = [
    Asked(
        "send-back", forwarded, Role.REGISTRAR, Role.CONTROLLER, accepted, "already accepted",
        {"reason": "Heating."}, "reason", "sent_back",
    ),
    Asked(
        "dispute", forwarded_twice, Role.HEAD, Role.CONTROLLER, asked, "already asked",
        {"proposed": UTILITIES, "reason": "Not ours."}, "reason", "competence_disputed",
    ),
    Asked(
        "satisfy", complaint, Role.HEAD, Role.REGISTRAR, make_appeal, "Only the body complained of", TOLD, "text",
        "answered",
    ),
]  # fmt: skip
NAMES = [each.act for each in ACTS]
