"""Paper and oral appeals at the counter of a body: registered once, with a coupon."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.enums import AppealForm, Role
from agencies.models import Agency, Channel
from appeals.domain.coupons import opened
from appeals.domain.queues import about
from appeals.domain.routing import office
from appeals.enums import ClockKind, Medium
from appeals.models import Appeal, Attachment, Notice
from tests.appeals.domain.test_uploads import EXE, PDF
from tests.appeals.web.desk.conftest import address, signed_in
from tests.factories import make_officer


def test_register_a_letter_gives_number_body_terms_and_coupon(letter, registrar):
    client = signed_in(registrar)

    response = client.post("/desk/register/", letter)

    appeal = Appeal.objects.get()
    assert response.status_code == 302
    assert response.url == address(appeal, "coupon/")
    assert (appeal.agency, appeal.form) == (registrar.agency, AppealForm.PAPER)
    assert appeal.received_at == datetime(2026, 2, 2, 5, tzinfo=UTC)
    assert set(appeal.clocks.running().values_list("kind", flat=True)) == {ClockKind.FORWARDING, ClockKind.REPLY}


@pytest.mark.parametrize(
    ("typed", "medium"), [({}, Medium.POST), ({"email": "azamat@example.test", "consent": "on"}, Medium.EMAIL)]
)
def test_register_tells_the_applicant_by_post_unless_an_e_mail_was_agreed_to(typed, medium, letter, registrar):
    signed_in(registrar).post("/desk/register/", letter | typed)

    assert Notice.objects.get().medium == medium


def test_coupon_bears_number_key_instant_and_who_accepted(letter, registrar):
    client = signed_in(registrar)

    page = client.get(client.post("/desk/register/", letter).url)

    appeal = Appeal.objects.get()
    text = page.content.decode()
    assert opened(appeal.number, page.context["key"]) == appeal
    for told in (appeal.number, page.context["key"], "2 February 2026, 10:00", str(registrar.user)):
        assert told in text


def test_coupon_is_for_who_registered_and_for_nobody_else(letter, registrar, head, stranger):
    url = signed_in(registrar).post("/desk/register/", letter).url

    assert signed_in(head).get(url).status_code == 403
    assert signed_in(stranger).get(url).status_code == 404


def test_register_by_a_double_click_registers_once(letter, registrar):
    client = signed_in(registrar)

    first, second = (client.post("/desk/register/", letter) for _ in range(2))

    assert first.url == second.url
    assert Appeal.objects.count() == 1


def test_register_with_a_used_token_for_another_letter_keeps_it_and_takes_it_when_sent_again(letter, registrar):
    client = signed_in(registrar)
    client.post("/desk/register/", letter)

    response = client.post("/desk/register/", letter | {"text": "Басқа хат."})

    assert response.status_code == 422
    assert "Басқа хат." in response.content.decode()
    assert Appeal.objects.count() == 1
    token = response.context["form"]["token"].value()
    assert client.post("/desk/register/", letter | {"text": "Басқа хат.", "token": token}).status_code == 302
    assert Appeal.objects.count() == 2


def test_register_gives_each_page_a_token_of_its_own(registrar):
    client = signed_in(registrar)

    first, second = (client.get("/desk/register/").context["form"]["token"].value() for _ in range(2))

    assert first != second


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.REGISTRAR, Role.DUTY)])
def test_register_by_who_is_no_registrar_is_refused(role, letter):
    client = signed_in(make_officer(role=role))

    for response in (client.get("/desk/register/"), client.post("/desk/register/", letter)):
        assert response.status_code == 403
        assert "Only a registrar may register an appeal." in response.content.decode()
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"channel": ""}, "channel"),
        ({"channel": "x"}, "channel"),
        ({"received_on_day": "31"}, "received_on"),
        ({"received_on_year": ""}, "received_on"),
        ({"received_on_year": "2014"}, "received_on"),
        ({"received_on_year": "2099"}, "received_on"),
        ({"received_time": "25:00"}, "received_time"),
        ({"kind": "wish"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"about_us": "on"}, "about_us"),
        ({"complained_of": "akimat.kz-79"}, "complained_of"),
        ({"kind": "complaint"}, "complained_of"),
        ({"kind": "complaint", "complained_of": "nobody.at.all"}, "complained_of"),
        ({"kind": "complaint", "complained_of": "a\x00"}, "complained_of"),
        ({"kind": "complaint", "complained_of": "akimat.kz-79", "about_us": "on"}, "complained_of"),
        ({"text": "  "}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"name": " "}, "name"),
        ({"name": "a\x00"}, "name"),
        ({"idn": "12345"}, "idn"),
        ({"idn": "900101350004"}, "idn"),
        ({"idn": "201140001233"}, "idn"),
        ({"idn": "900101350003", "applicant_type": "firm"}, "idn"),
        ({"phone": "12"}, "phone"),
        ({"email": "nobody"}, "email"),
        ({"email": "azamat@example.test"}, "consent"),
        ({"language": "de"}, "language"),
        ({"region": "999999999999999999999"}, "region"),
        ({"topic": "x"}, "topic"),
        ({"token": "t" * 41}, "token"),
    ],
)
def test_register_with_a_bad_field_says_so_there_and_keeps_the_rest(typed, field, letter, registrar):
    response = signed_in(registrar).post("/desk/register/", letter | typed)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "Шымкент, Сынақ көшесі, 1" in response.content.decode()
    assert not Appeal.objects.exists()


def test_register_keeps_phone_and_iin_in_one_shape_and_finds_by_them_as_they_are_written(letter, registrar):
    client = signed_in(registrar)

    client.post("/desk/register/", letter | {"phone": "8 (701) 000-00-00", "idn": "900101 350-003"})

    appeal = Appeal.objects.get()
    kept = appeal.applicant.unseal()
    assert (kept["phone"], kept["idn"]) == ("+77010000000", "900101350003")
    for words in ("8 701 000 00 00", "+7 701 000-00-00", "+77010000000", "900101350003"):
        assert list(about(Appeal.objects.all(), words)) == [appeal]
    assert not about(Appeal.objects.all(), "8 701 000 00 01").exists()


def scan(content: bytes = PDF, name: str = "Хат.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_register_takes_the_scans_along_and_the_same_content_once(letter, registrar):
    sent = [scan(), scan(PDF + b"2", "second"), scan(name="again.pdf")]

    signed_in(registrar).post("/desk/register/", letter | {"scans": sent})

    files = Appeal.objects.get().attachments.all()
    assert [(file.name, file.content_type) for file in files] == [
        ("Хат.pdf", "application/pdf"),
        ("second.pdf", "application/pdf"),
    ]
    assert [Path(file.file.path).read_bytes() for file in files] == [PDF, PDF + b"2"]


def test_register_with_scans_by_a_double_click_registers_once(letter, registrar):
    client = signed_in(registrar)

    first, second = (client.post("/desk/register/", letter | {"scans": [scan()]}) for _ in range(2))

    assert first.url == second.url
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("contents", "why"),
    [
        ([PDF, EXE], "letter1.pdf: This file is not one we can take"),
        ([b""], "letter0.pdf: The file is empty."),
        ([PDF + bytes(10 * 1024**2)], "letter0.pdf: The file is larger than 10 MB."),
        ([PDF + bytes([n]) for n in range(6)], "Choose up to 5 files."),
    ],
)
def test_register_with_a_scan_that_may_not_be_taken_says_which_and_why(contents, why, letter, registrar):
    sent = [scan(content, f"letter{n}.pdf") for n, content in enumerate(contents)]

    response = signed_in(registrar).post("/desk/register/", letter | {"scans": sent})

    assert response.status_code == 422
    assert response.context["form"].errors["scans"][0].startswith(why)
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("typed", [{"phone": "12"}, {"text": "a\x00b"}])
def test_register_with_a_fault_elsewhere_asks_to_choose_the_scans_again(typed, letter, registrar):
    response = signed_in(registrar).post("/desk/register/", letter | typed | {"scans": [scan()]})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {*typed, "scans"}
    assert "Choose the files again" in response.content.decode()
    assert not Attachment.objects.exists()


def test_register_offers_the_channels_of_the_level_of_the_body(registrar):
    local = signed_in(registrar).get("/desk/register/").context["form"].fields["channel"].queryset
    central = signed_in(make_officer(office(), Role.REGISTRAR)).get("/desk/register/")

    assert set(local) == set(Channel.objects.filter(at_local=True))
    assert set(central.context["form"].fields["channel"].queryset) == set(Channel.objects.filter(at_president=True))


def test_register_a_complaint_against_this_body_only_lets_it_be_passed_up(letter, registrar):
    signed_in(registrar).post("/desk/register/", letter | {"kind": "complaint", "about_us": "on"})

    appeal = Appeal.objects.get()
    assert appeal.complained_of == registrar.agency
    assert set(appeal.clocks.running().values_list("kind", flat=True)) == {ClockKind.PASSING_UP}


@pytest.mark.parametrize("told", ["code", "name_kk", "name_ru", "name_en"])
def test_register_a_complaint_names_the_other_body_by_its_code_or_its_name_in_any_language(told, letter, registrar):
    body = Agency.objects.get(code="police.territorial.kz-79")
    typed = f" {getattr(body, told).upper()} "

    signed_in(registrar).post("/desk/register/", letter | {"kind": "complaint", "complained_of": typed})

    appeal = Appeal.objects.get()
    assert (appeal.complained_of, appeal.agency) == (body, registrar.agency)


def test_register_a_complaint_takes_the_body_whose_whole_name_it_is_before_those_that_contain_it(letter, registrar):
    akimat = Agency.objects.get(code="akimat.kz-79")
    Agency.objects.filter(code="akimat.education.kz-79").update(name_en=f"Schools of {akimat.name_en}")

    signed_in(registrar).post("/desk/register/", letter | {"kind": "complaint", "complained_of": akimat.name_en})

    assert Appeal.objects.get().complained_of == akimat


def test_register_a_complaint_takes_the_only_body_with_all_the_words(letter, registrar):
    Agency.objects.filter(code="akimat.education.kz-79").update(name_en="Schools beyond the river")

    signed_in(registrar).post("/desk/register/", letter | {"kind": "complaint", "complained_of": "river schools"})

    assert Appeal.objects.get().complained_of.code == "akimat.education.kz-79"


@pytest.mark.parametrize(
    ("bodies", "listed", "said"), [(2, 2, "Several bodies fit:"), (5, 5, "Several"), (6, 5, "Many bodies fit")]
)
def test_register_a_complaint_against_what_several_bodies_are_called_lists_five_at_most(
    bodies, listed, said, letter, registrar
):
    codes = Agency.objects.filter(code__startswith="akimat.education.").values_list("code", flat=True)[:bodies]
    Agency.objects.filter(code__in=list(codes)).update(name_en="Schools beyond the river")

    response = signed_in(registrar).post("/desk/register/", letter | {"kind": "complaint", "complained_of": "river"})

    (fault,) = response.context["form"].errors["complained_of"]
    assert fault.startswith(said)
    assert fault.count("Schools beyond the river (akimat.education.") == listed
    assert not Appeal.objects.exists()


def test_register_a_complaint_against_a_body_that_is_no_more_is_an_error(letter, registrar):
    Agency.objects.filter(code="akimat.kz-79").update(valid_to="2026-01-01")

    response = signed_in(registrar).post(
        "/desk/register/", letter | {"kind": "complaint", "complained_of": "akimat.kz-79"}
    )

    assert response.context["form"].errors == {"complained_of": ["No living body has this code or name."]}


def test_the_page_of_registering_chooses_no_kind(registrar):
    assert signed_in(registrar).get("/desk/register/").context["form"]["kind"].value() is None


def test_register_at_the_office_stays_in_triage(letter):
    signed_in(make_officer(office(), Role.REGISTRAR)).post("/desk/register/", letter)

    assert Appeal.objects.get().agency == office()


def test_the_page_of_registering_costs_at_most_eight_reads(registrar, rows_read):
    client = signed_in(registrar)

    with rows_read() as statements:
        client.get("/desk/register/")

    assert len(statements) <= 8, "\n".join(statements)
