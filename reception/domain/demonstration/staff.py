"""Officials of the demonstration: in every body somebody for every act, and the few a visitor may sign in as."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from agencies.domain.staffing import appoint
from agencies.enums import Role
from agencies.models import Agency, Officer, User
from appeals.domain.routing import OFFICE
from reception.domain.demonstration.people import person_name
from reception.domain.demonstration.schedule import Plan

PASSWORD = "ashyq-qabyldau"  # noqa: S105 - printed for every visitor; exists only in the demonstration
DOMAIN = "officials.test"
POSTS = (Role.REGISTRAR, Role.EXECUTOR, Role.EXECUTOR, Role.HEAD)
ON_DUTY = ("police.territorial", "emergency.territorial")  # functions that have somebody at night, as the Office has
UNSTAFFED = ("president",)
UTILITIES = "akimat.utilities.kz-79"


@dataclass(frozen=True)
class SignIn:
    """An official a visitor of the demonstration may be."""

    email: str
    role: Role
    agency: str
    page: str  # where there is most to see for this role


ON_CASES = (
    SignIn("executor@shymkent.test", Role.EXECUTOR, UTILITIES, "/desk/"),
    SignIn("registrar@shymkent.test", Role.REGISTRAR, UTILITIES, "/desk/alike/"),
    SignIn("head@shymkent.test", Role.HEAD, UTILITIES, "/desk/alike/"),
    SignIn("head@akimat.test", Role.HEAD, "akimat.kz-79", "/desk/disputes/"),
    SignIn("duty@police.test", Role.DUTY, "police.territorial.kz-79", "/desk/urgent/"),
    SignIn("registrar@transport.test", Role.REGISTRAR, "ministry.transport", "/desk/"),
    SignIn("registrar@office.test", Role.REGISTRAR, OFFICE, "/desk/"),
    SignIn("duty@office.test", Role.DUTY, OFFICE, "/desk/urgent/"),
)
ABOVE = (
    SignIn("oversight@office.test", Role.OVERSIGHT, OFFICE, "/oversight/"),
    SignIn("administrator@office.test", Role.ADMINISTRATOR, OFFICE, "/admin/"),
)


@transaction.atomic
def staff(plan: Plan) -> int:
    """Give every body of the plan's year its officials, none of whom can sign in; how many there are now."""
    users, officers = [], []
    bodies = Agency.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=plan.until), Q(valid_to=None) | Q(valid_to__gte=plan.first)
    ).exclude(code__in=UNSTAFFED)
    for body in bodies.select_related("function").order_by("code"):
        for user, role in _people(plan, body):
            users.append(user)
            officers.append(Officer(user=user, agency=body, role=role, valid_from=plan.first))
    User.objects.bulk_create(users)
    return len(Officer.objects.bulk_create(officers))


def is_staffed() -> bool:
    return User.objects.filter(email__endswith=f"@{DOMAIN}").exists()


@transaction.atomic
def open_sign_ins(on: date) -> None:
    """Let the named officials sign in with the known password, and appoint those who stand above all bodies."""
    password = make_password(PASSWORD)
    User.objects.filter(email__in=[sign_in.email for sign_in in ON_CASES]).update(password=password)
    for sign_in in ABOVE:
        if not User.objects.filter(email=sign_in.email).exists():
            user = User.objects.create(email=sign_in.email, full_name=_title(sign_in), password=password)
            appoint(user, Agency.objects.get(code=sign_in.agency), sign_in.role, by=None, on=on)


def sign_ins() -> list[tuple[SignIn, Agency]]:
    """The sign-ins that are open, with their bodies."""
    known = User.objects.in_bulk([sign_in.email for sign_in in (*ON_CASES, *ABOVE)], field_name="email")
    open_ones = [sign_in for sign_in in (*ON_CASES, *ABOVE) if _is_open(known.get(sign_in.email))]
    bodies = Agency.objects.in_bulk([sign_in.agency for sign_in in open_ones], field_name="code")
    return [(sign_in, bodies[sign_in.agency]) for sign_in in open_ones]


def _people(plan: Plan, body: Agency) -> list[tuple[User, Role]]:
    lot = plan.lot("staff", body.code)
    named = {sign_in.role: sign_in.email for sign_in in ON_CASES if sign_in.agency == body.code}
    people = []
    has_duty = body.code == OFFICE or (body.function and body.function.code in ON_DUTY)
    for n, role in enumerate([*POSTS, *[Role.DUTY] * bool(has_duty)], start=1):
        email = named.pop(role, "") or f"{role}{n}.{body.code}@{DOMAIN}"
        language = "kk" if lot.random() < 0.7 else "ru"
        user = User(email=email, full_name=person_name(lot), language=language, password=make_password(None))
        people.append((user, role))
    return people


def _is_open(user: User | None) -> bool:
    return user is not None and user.is_active and user.has_usable_password()


def _title(sign_in: SignIn) -> str:
    return f"{sign_in.role.label} (көрсетілім)"
