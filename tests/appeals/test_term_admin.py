"""The register of terms in the administration: read, and changed ahead of time after a look at what it would mean."""

import re
from html import unescape
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.test import Client

from agencies.models import User
from appeals.enums import ClockKind, Recipient
from appeals.models import LadderStep, SpecialType, Term
from tests.factories import MONDAY, make_appeal, make_user

# Django's own templates of the administration rely on missing variables being empty.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors, pytest.mark.usefixtures("on_monday")]

TERMS = "/admin/appeals/term/"
NEW = {"clock": "reply", "kind": "inquiry", "special_type": "", "length": "10", "unit": "working", "rolls": "on"}
NEW |= {"basis": "Law on inquiries", "valid_from": "2026-07-01"}


@pytest.fixture
def on_monday():
    with time_machine.travel(MONDAY):
        yield


@pytest.fixture
def administrator() -> User:
    return make_user(is_staff=True, is_superuser=True)


@pytest.fixture
def browser(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


@pytest.fixture
def reply() -> Term:
    return Term.objects.get(clock=ClockKind.REPLY, kind="", valid_to=None)


def amended(reply: Term, **changes: Any) -> dict[str, Any]:
    """What the form sends: everything that is shown, with `changes`."""
    shown = {
        "valid_from": "2026-07-01",
        "length": "10",
        "unit": reply.unit,
        "rolls": "on",
        "extension_cap": "2",
        "extension_unit": "month",
        "extension_from": "decision",
        "stops_for_correction": "on",
        "basis": reply.basis,
        "note": "",
    }
    return shown | changes


def rows() -> list[tuple]:
    return list(Term.objects.order_by("pk").values_list())


def test_a_term_is_shown_and_never_changed_or_deleted_in_place(browser, reply):
    page, before = browser.get(f"{TERMS}{reply.pk}/change/"), rows()

    assert f'href="{TERMS}{reply.pk}/amend/"' in page.text
    assert 'name="_save"' not in page.text
    assert browser.post(f"{TERMS}{reply.pk}/change/", amended(reply)).status_code == 403
    assert browser.post(f"{TERMS}{reply.pk}/delete/", {"post": "yes"}).status_code == 403
    assert rows() == before


def test_amend_first_shows_what_it_would_mean_and_changes_nothing(browser, reply):
    make_appeal()
    form, before = browser.get(f"{TERMS}{reply.pk}/amend/"), rows()

    page = browser.post(f"{TERMS}{reply.pk}/amend/", amended(reply))

    assert 'name="valid_from"' in form.text
    assert page.status_code == 200
    assert "29 December 2025 – 30 June 2026" in page.text
    assert "Length: 15 → <strong>10</strong>" in page.text
    assert "Open appeals that run under the present wording and keep it: 1" in page.text
    assert 'name="confirmed"' in page.text
    assert rows() == before


def test_amend_confirmed_changes_the_register_and_stays_in_the_log(browser, reply, administrator):
    answer = browser.post(f"{TERMS}{reply.pk}/amend/", amended(reply, confirmed="yes"))

    new = Term.objects.get(clock=ClockKind.REPLY, kind="", valid_to=None)
    logged = LogEntry.objects.filter(user=administrator).order_by("pk").values_list("action_flag", "object_id")
    assert (answer.status_code, answer.url) == (302, TERMS)
    assert (new.length, str(new.valid_from), new.extension_cap) == (10, "2026-07-01", 2)
    assert list(logged) == [(CHANGE, str(reply.pk)), (ADDITION, str(new.pk))]


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_what_the_look_keeps_hidden_is_what_the_button_does(language, browser, reply):
    shown = amended(reply, note="Бір «сөз» & екі")
    del shown["stops_for_correction"]
    if language != "en":
        shown |= {"valid_from": "01.07.2026"}
    spoken = {"Accept-Language": language}
    page = browser.post(f"{TERMS}{reply.pk}/amend/", shown, headers=spoken)

    hidden = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', page.text)
    kept = {name: unescape(value) for name, value in hidden if name != "csrfmiddlewaretoken"}
    browser.post(f"{TERMS}{reply.pk}/amend/", kept | {"confirmed": "yes"}, headers=spoken)

    new = Term.objects.get(clock=ClockKind.REPLY, kind="", valid_to=None)
    flags = (new.rolls, new.stops_for_correction, new.verified, new.first_day_counts)
    assert (str(new.valid_from), new.length, new.note) == ("2026-07-01", 10, shown["note"])
    assert flags == (True, False, False, False)


def test_amend_can_go_back_from_the_look_to_the_form(browser, reply):
    page = browser.post(f"{TERMS}{reply.pk}/amend/", amended(reply, again="yes"))

    assert 'name="previewed"' in page.text
    assert 'name="confirmed"' not in page.text


@pytest.mark.parametrize("confirmed", [{}, {"confirmed": "yes"}])
@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"valid_from": "2026-02-02"}, "valid_from", "Choose a day after today"),
        ({"valid_from": ""}, "valid_from", "This field is required."),
        ({"length": "0"}, "length", "at least one day"),
        ({"length": "many"}, "length", "Enter a whole number."),
        ({"extension_unit": ""}, "extension_unit", "a length, a unit and a day"),
        ({"length": "15", "keep_note": "yes"}, "__all__", "Nothing changes"),
    ],
)
def test_amend_that_cannot_be_is_refused_at_its_field(changes, field, sentence, confirmed, browser, reply):
    before, sent = rows(), amended(reply, **changes, **confirmed)
    if sent.pop("keep_note", None):
        sent |= {"note": reply.note}

    page = browser.post(f"{TERMS}{reply.pk}/amend/", sent)

    assert page.status_code == 422
    assert sentence in page.context["form"].errors[field][0]
    assert sentence in page.text
    assert rows() == before


def test_a_new_term_is_entered_through_the_same_look(browser):
    page, before = browser.post(f"{TERMS}add/", NEW), rows()
    assert 'name="confirmed"' in page.text
    assert rows() == before

    browser.post(f"{TERMS}add/", NEW | {"confirmed": "yes"})

    entered = Term.objects.get(clock="reply", kind="inquiry", special_type="")
    assert (entered.length, entered.valid_to) == (10, None)


def test_a_new_term_for_a_special_type_of_another_kind_is_refused(browser):
    page = browser.post(f"{TERMS}add/", NEW | {"special_type": "taxpayer", "confirmed": "yes"})

    assert page.status_code == 422
    assert page.context["form"].errors["special_type"] == ["This special type belongs to another kind: Complaint."]
    assert not Term.objects.filter(clock="reply", kind="inquiry", special_type="").exists()


def test_a_term_that_is_there_already_is_not_entered_again(browser):
    page = browser.post(f"{TERMS}add/", NEW | {"special_type": "media", "confirmed": "yes"})

    assert page.context["form"].errors["clock"] == ["There is such a term already; amend that one."]


def test_end_lets_the_general_term_take_over_after_a_look(browser):
    media = Term.objects.get(special_type="media", valid_to=None)

    page = browser.post(f"{TERMS}{media.pk}/end/", {"valid_to": "2026-06-30"})
    assert 'name="confirmed"' in page.text
    assert Term.objects.get(pk=media.pk).valid_to is None
    browser.post(f"{TERMS}{media.pk}/end/", {"valid_to": "2026-06-30", "confirmed": "yes"})

    assert str(Term.objects.get(pk=media.pk).valid_to) == "2026-06-30"


def test_end_of_a_term_the_law_cannot_be_without_is_refused(browser, reply):
    page = browser.post(f"{TERMS}{reply.pk}/end/", {"valid_to": "2026-06-30", "confirmed": "yes"})

    assert page.context["form"].errors["valid_to"][0].startswith("No other term would take over")
    assert Term.objects.get(pk=reply.pk).valid_to is None


@pytest.mark.parametrize("act", ["amend", "end"])
def test_a_term_that_is_not_there_is_not_found(act, browser):
    assert browser.get(f"{TERMS}999999/{act}/").status_code == 404


@pytest.mark.parametrize("act", ["{}/amend/", "{}/end/", "add/"])
def test_staff_without_the_right_is_shut_out(act, client, reply):
    client.force_login(make_user(is_staff=True))
    before = rows()

    answer = client.post(TERMS + act.format(reply.pk), amended(reply, confirmed="yes"))

    assert answer.status_code == 403
    assert rows() == before


def test_a_special_type_is_entered_and_keeps_its_code_and_kind(browser):
    names = {"name_kk": "Депутаттық сауал", "name_ru": "Депутатский запрос", "name_en": "Inquiry of a deputy"}
    browser.post("/admin/appeals/specialtype/add/", names | {"code": "deputy", "kind": "inquiry", "position": "11"})
    entered = SpecialType.objects.get(code="deputy")

    changed = names | {"code": "other", "kind": "complaint", "position": "12"}
    browser.post(f"/admin/appeals/specialtype/{entered.pk}/change/", changed)

    entered.refresh_from_db()
    assert (entered.code, entered.kind, entered.position) == ("deputy", "inquiry", 12)
    assert browser.post(f"/admin/appeals/specialtype/{entered.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_ladder_of_warnings_is_edited(browser):
    step = {"clock": "forwarding", "working_days": "1", "recipient": Recipient.EXECUTOR}
    browser.post("/admin/appeals/ladderstep/add/", step)
    entered = LadderStep.objects.get(clock="forwarding")

    browser.post(f"/admin/appeals/ladderstep/{entered.pk}/delete/", {"post": "yes"})

    assert not LadderStep.objects.filter(clock="forwarding").exists()


@pytest.mark.parametrize("model", ["term", "specialtype", "ladderstep"])
def test_the_law_lists(model, browser):
    assert browser.get(f"/admin/appeals/{model}/").status_code == 200
