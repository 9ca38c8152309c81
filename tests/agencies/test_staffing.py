"""Posts are given and ended; the rows stay."""

from datetime import date

import pytest

from agencies.domain.staffing import appoint, dismiss, entrust_calendar, keeps_calendar, take_calendar
from agencies.enums import Role
from agencies.errors import Refused
from agencies.models import Agency, Officer, Unit, User
from tests.factories import make_officer, make_user

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 2, 2)
FRIDAY = date(2026, 2, 6)
SATURDAY = date(2026, 2, 7)


@pytest.fixture
def akimat() -> Agency:
    return Agency.objects.get(code="akimat.kz-79")


def unit_of(agency: Agency) -> Unit:
    return Unit.objects.create(agency=agency, name_kk="Бөлім", name_ru="Отдел", name_en="Unit")


def test_appoint_gives_a_post_from_that_day(akimat):
    user, unit = make_user(), unit_of(akimat)

    officer = appoint(user, akimat, Role.EXECUTOR, by=None, on=MONDAY, unit=unit, post="Specialist")

    assert (officer.agency, officer.unit, officer.post) == (akimat, unit, "Specialist")
    assert (officer.valid_from, officer.valid_to) == (MONDAY, None)
    assert list(Officer.objects.in_office(MONDAY).filter(user=user)) == [officer]
    assert not Officer.objects.in_office(date(2026, 2, 1)).filter(user=user).exists()


def test_appoint_an_administrator_opens_the_administration_and_dismissal_closes_it(akimat):
    user = make_user()

    officer = appoint(user, akimat, Role.ADMINISTRATOR, by=None, on=MONDAY)
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (True, True)

    dismiss(officer, by=None, on=FRIDAY)
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (False, False)


def test_dismiss_of_one_of_two_administrators_posts_leaves_the_administration_open(akimat):
    user = make_user()
    first = appoint(user, akimat, Role.ADMINISTRATOR, by=None, on=MONDAY)
    appoint(user, Agency.objects.get(code="president.office"), Role.ADMINISTRATOR, by=None, on=MONDAY)

    dismiss(first, by=None, on=FRIDAY)

    user.refresh_from_db()
    assert user.is_staff


def test_appoint_by_an_administrator_is_allowed_and_by_others_refused(akimat):
    administrator, head = make_officer(role=Role.ADMINISTRATOR).user, make_officer(role=Role.HEAD).user
    user = make_user()

    with pytest.raises(Refused, match="Only an administrator"):
        appoint(user, akimat, Role.EXECUTOR, by=head, on=MONDAY)
    assert not user.posts.exists()

    assert appoint(user, akimat, Role.EXECUTOR, by=administrator, on=MONDAY).pk


def test_appoint_by_an_administrator_of_yesterday_is_refused(akimat):
    former = make_officer(role=Role.ADMINISTRATOR, valid_to=date(2026, 2, 1)).user

    with pytest.raises(Refused, match="Only an administrator"):
        appoint(make_user(), akimat, Role.EXECUTOR, by=former, on=MONDAY)


def test_appoint_to_the_same_post_twice_is_refused(akimat):
    user = make_user()
    appoint(user, akimat, Role.EXECUTOR, by=None, on=MONDAY)

    with pytest.raises(Refused, match="already holds this post"):
        appoint(user, akimat, Role.EXECUTOR, by=None, on=FRIDAY)

    assert user.posts.count() == 1


def test_appoint_who_may_not_sign_in_is_refused(akimat):
    with pytest.raises(Refused, match="may not sign in"):
        appoint(make_user(is_active=False), akimat, Role.EXECUTOR, by=None, on=MONDAY)


def test_appoint_to_a_body_that_ceased_is_refused():
    ceased = Agency.objects.get(code="ministry.education_science")

    with pytest.raises(Refused, match="does not exist on that day"):
        appoint(make_user(), ceased, Role.HEAD, by=None, on=MONDAY)


def test_appoint_to_a_strange_unit_or_role_is_refused(akimat):
    strange = unit_of(Agency.objects.get(code="akimat.kz-10"))

    with pytest.raises(Refused, match="another body"):
        appoint(make_user(), akimat, Role.EXECUTOR, by=None, on=MONDAY, unit=strange)
    with pytest.raises(Refused, match="no such role"):
        appoint(make_user(), akimat, "king", by=None, on=MONDAY)


def test_dismiss_keeps_the_row_the_user_and_the_last_day():
    officer = make_officer(valid_from=MONDAY)

    dismiss(officer, by=None, on=FRIDAY)

    officer.refresh_from_db()
    assert officer.valid_to == FRIDAY
    assert officer.user.is_active
    assert Officer.objects.in_office(FRIDAY).filter(pk=officer.pk).exists()
    assert not Officer.objects.in_office(SATURDAY).filter(pk=officer.pk).exists()


def test_dismiss_before_the_first_day_twice_or_by_a_stranger_is_refused():
    officer = make_officer(valid_from=MONDAY)

    with pytest.raises(Refused, match="before its first"):
        dismiss(officer, by=None, on=date(2026, 2, 1))
    with pytest.raises(Refused, match="Only an administrator"):
        dismiss(officer, by=make_user(), on=FRIDAY)
    dismiss(officer, by=None, on=FRIDAY)
    with pytest.raises(Refused, match="already ended"):
        dismiss(officer, by=None, on=SATURDAY)

    officer.refresh_from_db()
    assert officer.valid_to == FRIDAY


def may(user: User) -> set[str]:
    """What Django lets `user` do, asked anew."""
    return User.objects.get(pk=user.pk).get_all_permissions()


ACTS = ("view", "add", "change", "delete")
KEEPING = {f"agencies.{act}_{model}" for act in ACTS for model in ("calendarday", "calendaryear")}


def test_entrust_calendar_opens_the_calendar_in_the_administration_and_nothing_else():
    user = make_officer().user

    entrust_calendar(user, by=make_officer(role=Role.ADMINISTRATOR).user, on=MONDAY)

    user.refresh_from_db()
    assert keeps_calendar(user)
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert may(user) == KEEPING


def test_entrust_calendar_twice_and_take_it_once_shuts_the_administration():
    user = make_officer().user
    entrust_calendar(user, by=None, on=MONDAY)
    entrust_calendar(user, by=None, on=MONDAY)

    take_calendar(user, by=None, on=FRIDAY)

    user.refresh_from_db()
    assert not keeps_calendar(user)
    assert not user.is_staff
    assert may(user) == set()


def test_take_calendar_from_an_administrator_leaves_the_administration_open(akimat):
    user = make_user()
    appoint(user, akimat, Role.ADMINISTRATOR, by=None, on=MONDAY)
    entrust_calendar(user, by=None, on=MONDAY)

    take_calendar(user, by=None, on=FRIDAY)

    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (True, True)


def test_entrust_or_take_calendar_by_who_is_no_administrator_is_refused():
    user, keeper = make_officer().user, make_officer(role=Role.HEAD).user
    entrust_calendar(keeper, by=None, on=MONDAY)

    with pytest.raises(Refused, match="Only an administrator"):
        entrust_calendar(user, by=keeper, on=MONDAY)
    with pytest.raises(Refused, match="Only an administrator"):
        take_calendar(keeper, by=user, on=MONDAY)

    assert (keeps_calendar(user), keeps_calendar(keeper)) == (False, True)


def test_entrust_calendar_to_who_holds_no_post_is_refused():
    citizen, former = make_user(), make_officer(valid_to=date(2026, 2, 1)).user

    for user in (citizen, former):
        with pytest.raises(Refused, match="holds no post"):
            entrust_calendar(user, by=None, on=MONDAY)

    assert not User.objects.filter(is_staff=True, pk__in=[citizen.pk, former.pk]).exists()


def test_dismiss_from_the_last_post_takes_the_calendar_and_from_one_of_two_does_not(akimat):
    first = make_officer(valid_from=MONDAY)
    second = appoint(first.user, akimat, Role.HEAD, by=None, on=MONDAY)
    entrust_calendar(first.user, by=None, on=MONDAY)

    dismiss(first, by=None, on=FRIDAY)
    assert may(first.user) == KEEPING

    dismiss(second, by=None, on=FRIDAY)
    assert may(first.user) == set()
    assert not User.objects.get(pk=first.user_id).is_staff


def test_dismiss_of_an_administrator_who_keeps_the_calendar_leaves_only_the_calendar(akimat):
    user = make_officer(valid_from=MONDAY).user
    administrator = appoint(user, akimat, Role.ADMINISTRATOR, by=None, on=MONDAY)
    entrust_calendar(user, by=None, on=MONDAY)

    dismiss(administrator, by=None, on=FRIDAY)

    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert may(user) == KEEPING
