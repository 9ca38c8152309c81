"""The dullest valid thing of each kind; keywords make the situations."""

from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import uuid4

from agencies.enums import AppealForm, Role
from agencies.models import Agency, Channel, Officer, Region, Topic, User
from appeals.domain.registration import Intake, register
from appeals.enums import ApplicantType, Kind
from appeals.models import Appeal

MONDAY = datetime(2026, 2, 2, 5, tzinfo=UTC)  # 10:00 in Astana; no holiday within five weeks after it
SERIAL = count(1)
PASSWORD = "correct horse battery"
UTILITIES_OF_SHYMKENT = "akimat.utilities.kz-79"


def make_user(**fields: Any) -> User:
    n = next(SERIAL)
    given = {"email": f"user{n}@example.test", "full_name": f"User {n}", "language": "en"} | fields
    return User.objects.create_user(password=PASSWORD, **given)


def make_officer(agency: Agency | str = UTILITIES_OF_SHYMKENT, role: Role = Role.EXECUTOR, **fields: Any) -> Officer:
    body = Agency.objects.get(code=agency) if isinstance(agency, str) else agency
    user = fields.pop("user", None) or make_user()
    return Officer.objects.create(user=user, agency=body, role=role, **fields)


def make_intake(**fields: Any) -> Intake:
    """A person in Shymkent, in Kazakh, about heating."""
    given: dict[str, Any] = {
        "key": uuid4().hex,
        "kind": Kind.APPLICATION,
        "text": "Үйімізде үш күннен бері жылу жоқ. Жылуды қосып беруіңізді сұраймын.",
        "language": "kk",
        "channel": Channel.objects.get(code="virtual_reception"),
        "form": AppealForm.ELECTRONIC,
        "applicant_type": ApplicantType.PERSON,
        "details": {
            "name": "Сынақ Азамат",
            "idn": "900101350003",
            "email": "azamat@example.test",
            "phone": "+77010000000",
            "address": "Шымкент, Сынақ көшесі, 1",
        },
        "received_at": MONDAY,
        "topic": Topic.objects.get(code="housing.utilities"),
        "region": Region.objects.get(code="KZ-79"),
    }
    return Intake(**given | fields)


def make_appeal(at: datetime = MONDAY, **fields: Any) -> Appeal:
    return register(make_intake(**{"received_at": at} | fields), at=at)
