"""The operator's commands: the directory, the first post, dismissal."""

import io
import shutil
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from agencies.enums import Role
from agencies.models import Agency, CalendarDay, Function, User
from tests.factories import make_officer

pytestmark = pytest.mark.django_db

SHIPPED = settings.BASE_DIR / "agencies" / "data" / "kz"


def run(*args: str) -> str:
    out = io.StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


def appoint(*args: str) -> str:
    return run("appoint", "--email", "First@Example.test", "--agency", "akimat.kz-79", *args)


def test_load_directory_again_reports_no_change():
    assert "0 new, 0 changed fields, 0 left alone" in run("load_directory", "--yes")


def test_load_directory_dry_run_shows_the_difference_and_writes_nothing(tmp_path):
    folder = shutil.copytree(SHIPPED, tmp_path / "kz")
    with (folder / "functions.csv").open("a", encoding="utf-8") as file:
        file.write("own,region,central,government,,Өз,Своя,Own,{of},{of},{name},,,0,Test\n")

    shown = run("load_directory", "--dry-run", "--folder", str(folder))

    assert "+ functions own\n" in shown
    assert "21 new" in shown
    assert not Function.objects.filter(code="own").exists()


def test_load_directory_of_a_deployment_adds_and_leaves_what_an_administrator_changed(tmp_path):
    folder = shutil.copytree(SHIPPED, tmp_path / "kz")
    with (folder / "functions.csv").open("a", encoding="utf-8") as file:
        file.write("own,region,central,government,,Өз,Своя,Own,{of},{of},{name},,,0,Test\n")
    Agency.objects.filter(code="ministry.health").update(name_en="Renamed here")

    shown = run("load_directory", "--add-only", "--folder", str(folder))

    assert "~ agencies ministry.health: name_en 'Renamed here' -> 'Ministry of Health'\n" in shown
    assert Agency.objects.get(code="ministry.health").name_en == "Renamed here"
    assert Agency.objects.filter(function__code="own").count() == 20


def test_load_directory_refuses_a_bad_folder_in_one_line(tmp_path):
    with pytest.raises(CommandError, match=r"regions\.csv cannot be read"):
        run("load_directory", "--yes", "--folder", str(tmp_path))


def test_load_directory_fills_a_calendar_that_is_empty():
    CalendarDay.objects.all().delete()

    assert "0 days entered" in run("load_directory", "--yes")  # the years are known, so their days are left alone


def test_appoint_makes_the_first_user_with_a_password_and_her_post(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("long and lonely road\n"))

    appoint("--name", "First Person", "--role", "administrator", "--password-stdin")

    user = User.objects.get(email__iexact="first@example.test")
    assert user.check_password("long and lonely road")
    assert (user.full_name, user.is_staff, user.is_superuser) == ("First Person", True, True)
    assert [(post.role, post.agency.code) for post in user.posts.all()] == [("administrator", "akimat.kz-79")]


def test_appoint_without_a_password_says_how_to_get_one():
    said = appoint("--name", "First Person", "--role", "executor")

    assert "no password yet" in said
    assert not User.objects.get(email__iexact="first@example.test").has_usable_password()


def test_appoint_a_known_user_again_adds_a_post_to_the_same_user():
    appoint("--name", "First Person", "--role", "executor")
    appoint("--role", "head")

    assert User.objects.get(email__iexact="first@example.test").posts.count() == 2


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (["--role", "executor"], "needs --name"),
        (["--role", "executor", "--name", "X", "--agency", "nobody"], "There is no body 'nobody'"),
        (["--role", "executor", "--name", "X", "--email", "not an address"], "valid email"),
    ],
)
def test_appoint_with_bad_words_is_refused_and_leaves_no_user(args, reason):
    before = User.objects.count()

    with pytest.raises(CommandError, match=reason):
        appoint(*args)

    assert User.objects.count() == before


def test_appoint_with_a_weak_password_is_refused_and_leaves_no_user(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("short\n"))

    with pytest.raises(CommandError, match="too short"):
        appoint("--name", "X", "--role", "executor", "--password-stdin")

    assert not User.objects.filter(email__iexact="first@example.test").exists()


def test_dismiss_ends_the_posts_of_the_person():
    officer = make_officer(role=Role.HEAD)

    said = run("dismiss", "--email", officer.user.email.upper())

    officer.refresh_from_db()
    assert officer.valid_to == timezone.localdate()
    assert "head of akimat.utilities.kz-79" in said


def test_dismiss_of_who_holds_no_post_is_refused():
    with pytest.raises(CommandError, match="holds no such post"):
        run("dismiss", "--email", "nobody@example.test")
