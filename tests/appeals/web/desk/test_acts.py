"""Six questions to every act: it works; a stranger; the wrong person; the wrong moment; a bad form; a GET."""

from typing import Any

import pytest

from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals.domain.closing import terminate
from appeals.domain.forwarding import forward
from appeals.domain.routing import office
from appeals.enums import EventKind, Kind, Outcome, Status, TerminationGround
from appeals.models import Appeal, Reply
from tests.appeals.web.desk.conftest import ANSWER, ELSEWHERE, address, signed_in
from tests.factories import MONDAY, UTILITIES_OF_SHYMKENT, make_appeal, make_officer

REPLY = {"outcome": "satisfied", "text": "Жылу қосылды.", "law": "76-бап", "remedy": "Үш ай ішінде."}

# the act: who may, in which stage, with what, and what it leaves
ACTS: dict[str, tuple[str, str, dict[str, Any], EventKind]] = {
    "accept": ("registrar", "appeal", {}, EventKind.ACCEPTED),
    "assign": ("registrar", "appeal", {"to": "executor"}, EventKind.ASSIGNED),
    "begin-review": ("executor", "assigned", {}, EventKind.REVIEW_BEGUN),
    "prepare-reply": ("executor", "in_review", REPLY, EventKind.REPLY_PREPARED),
    "reply": ("head", "prepared", {"seen": MONDAY.isoformat()}, EventKind.ANSWERED),
    "forward": ("registrar", "appeal", {"to": "elsewhere", "reason": "Not ours."}, EventKind.FORWARDED),
    "return": ("head", "appeal", {"ground": "insulting", "reason": "Insults."}, EventKind.RETURNED),
    "terminate": ("head", "appeal", {"ground": "decided", "reason": "Decided."}, EventKind.TERMINATED),
    "withdraw": ("executor", "assigned", {"reason": "Statement of 3 February."}, EventKind.WITHDRAWN),
    "strike-off": ("head", "appeal", {"reason": "Scanned twice."}, EventKind.TERMINATED),
    "forward-part": (
        "registrar",
        "appeal",
        {"to": "elsewhere", "questions": "The school?", "reason": "Theirs."},
        EventKind.FORWARDED_IN_PART,
    ),
    "reclassify": ("executor", "assigned", {"kind": "proposal", "reason": "Misread."}, EventKind.RECLASSIFIED),
}
WRONG_PERSON = {
    "accept": "executor",
    "assign": "executor",
    "begin-review": "head",
    "prepare-reply": "registrar",
    "reply": "executor",
    "forward": "controller",
    "return": "registrar",
    "terminate": "executor",
    "withdraw": "controller",
    "strike-off": "executor",
    "forward-part": "controller",
    "reclassify": "controller",
}
WRONG_MOMENT = {
    "accept": ("assigned", "already accepted"),
    "begin-review": ("in_review", "already begun"),
    "reply": ("in_review", "no prepared reply"),
}
WITH_A_FORM = [act for act, (_, _, sent, _) in ACTS.items() if sent]


@pytest.fixture
def controller(db: None) -> Officer:
    return make_officer(role=Role.CONTROLLER)


def case_of(request: pytest.FixtureRequest, act: str) -> tuple[Officer, Appeal, dict[str, Any], EventKind]:
    who, stage, sent, left = ACTS[act]
    appeal = request.getfixturevalue(stage)
    named = {"executor": lambda: request.getfixturevalue("executor").pk, "elsewhere": lambda: elsewhere().pk}
    data = {name: named[value]() if value in named else value for name, value in sent.items()}
    return request.getfixturevalue(who), appeal, data, left


def elsewhere() -> Agency:
    return Agency.objects.get(code=ELSEWHERE)


def trail(appeal: Appeal) -> list[str]:
    return list(appeal.events.order_by("seq").values_list("kind", flat=True))


@pytest.mark.parametrize("act", ACTS)
def test_an_act_by_who_may_is_done_and_leads_back_to_the_case(act, request):
    officer, appeal, data, left = case_of(request, act)
    client = signed_in(officer)

    response = client.post(address(appeal, f"{act}/"), data)

    assert response.status_code == 302, response.content.decode()
    assert response.url == address(appeal)
    assert left in trail(appeal)
    assert "Done" in client.get(response.url).content.decode()


@pytest.mark.parametrize("act", ACTS)
def test_an_act_by_another_body_is_not_there(act, request, stranger):
    _, appeal, data, _ = case_of(request, act)
    before = trail(appeal)

    assert signed_in(stranger).post(address(appeal, f"{act}/"), data).status_code == 404
    assert signed_in(stranger).get(address(appeal, f"{act}/")).status_code == 404
    assert trail(appeal) == before


@pytest.mark.parametrize("act", ACTS)
def test_an_act_by_the_wrong_person_is_refused_with_a_reason(act, request):
    _, appeal, data, _ = case_of(request, act)
    before = trail(appeal)
    client = signed_in(request.getfixturevalue(WRONG_PERSON[act]))

    for response in (client.post(address(appeal, f"{act}/"), data), client.get(address(appeal, f"{act}/"))):
        assert response.status_code == 403
        assert "Nothing has been changed" in response.content.decode()
        assert f'<a class="govuk-link" href="{address(appeal)}">Back to the appeal</a>' in response.content.decode()
        assert '<a class="govuk-link" href="/desk/">Back to the queue</a>' in response.content.decode()
    assert trail(appeal) == before


@pytest.mark.parametrize("act", WRONG_MOMENT)
def test_an_act_at_the_wrong_moment_is_refused_with_its_own_reason(act, request):
    stage, reason = WRONG_MOMENT[act]
    who, _, data, _ = ACTS[act]
    officer, appeal = request.getfixturevalue(who), request.getfixturevalue(stage)

    response = signed_in(officer).post(address(appeal, f"{act}/"), data)

    assert response.status_code == 403
    assert reason in response.content.decode()


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_a_closed_case_is_refused(act, request, head):
    officer, appeal, data, _ = case_of(request, act)
    terminate(appeal, TerminationGround.DECIDED, by=head, at=MONDAY, reason="Decided.")

    response = signed_in(officer).post(address(appeal, f"{act}/"), data)

    assert response.status_code == 403
    assert "The appeal is closed." in response.content.decode()


@pytest.mark.parametrize("act", WITH_A_FORM)
def test_an_act_with_an_empty_form_is_asked_again_and_changes_nothing(act, request):
    officer, appeal, _, _ = case_of(request, act)
    before = trail(appeal)

    response = signed_in(officer).post(address(appeal, f"{act}/"), {})

    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert trail(appeal) == before


@pytest.mark.parametrize("act", ["return", "terminate", "forward", "strike-off", "forward-part", "reclassify"])
def test_an_act_with_a_bad_form_keeps_what_was_typed(act, request):
    officer, appeal, _, _ = case_of(request, act)

    typed = {"reason": "Typed with care", "ground": "none", "duplicate_of": "none"}

    response = signed_in(officer).post(address(appeal, f"{act}/"), typed)

    assert response.status_code == 422
    assert "Typed with care" in response.content.decode()


@pytest.mark.parametrize("act", ACTS)
def test_the_page_of_an_act_costs_at_most_eight_reads(act, request, rows_read):
    officer, appeal, _, _ = case_of(request, act)
    client = signed_in(officer)

    with rows_read() as statements:
        assert client.get(address(appeal, f"{act}/")).status_code == 200

    assert len(statements) <= 8, "\n".join(statements)


def test_assign_offers_only_who_works_on_appeals_here(appeal, registrar, executor, head, stranger, controller):
    page = signed_in(registrar).get(address(appeal, "assign/"))

    offered = [officer for officer, _ in page.context["form"].fields["to"].choices if officer]
    assert {choice.instance for choice in offered} == {executor, head}


def test_assign_to_somebody_of_another_body_is_asked_again(appeal, registrar, stranger):
    response = signed_in(registrar).post(address(appeal, "assign/"), {"to": stranger.pk})

    assert response.status_code == 422
    assert "does not work on appeals in your body" in response.content.decode()


def test_forward_finds_bodies_by_a_part_of_the_name_in_any_language(appeal, registrar):
    client, wanted = signed_in(registrar), elsewhere()

    for name in (wanted.name_kk, wanted.name_ru.upper(), wanted.name_en.split()[0]):
        page = client.post(
            address(appeal, "forward/"),
            {"find": "1", "name": name, "region": wanted.region_id, "reason": "Half written"},
        )
        assert page.status_code == 200
        assert wanted in page.context["form"].offered
        assert "Half written" in page.content.decode()
        assert "There is a problem" not in page.content.decode()
    assert "forwarded" not in trail(appeal)


@pytest.mark.parametrize(
    "asked", [{"region": "x"}, {"function": "9" * 30}, {"name": "\x00"}, {"to": "x"}, {"name": "%_"}]
)
def test_forward_with_nonsense_to_look_for_finds_nothing(asked, appeal, registrar):
    page = signed_in(registrar).post(address(appeal, "forward/"), {"find": "1"} | asked)

    assert page.status_code == 200
    assert page.context["form"].offered == []


def test_forward_of_a_complaint_about_ones_own_body_offers_its_superior_alone(registrar):
    complaint, above = make_appeal(kind=Kind.COMPLAINT, complained_of=registrar.agency), registrar.agency.superior

    page = signed_in(registrar).get(address(complaint, "forward/"))
    wrong = signed_in(registrar).post(address(complaint, "forward/"), {"to": elsewhere().pk, "reason": "Theirs."})

    for asked in (page, wrong):
        assert asked.context["form"].fields["to"].choices == [(above.pk, str(above))]
        assert "Find the body" not in asked.text
    assert page.context["form"]["to"].value() == above.pk
    assert f"passes the complaint up to its superior: {above}" in wrong.text


def test_forward_of_a_complaint_to_the_body_complained_of_is_said_at_the_field(registrar):
    mine = Agency.objects.get(code=UTILITIES_OF_SHYMKENT)
    appeal = make_appeal(kind=Kind.COMPLAINT, topic=None, complained_of=elsewhere(), holder=mine)

    response = signed_in(registrar).post(
        address(appeal, "forward/"), {"to": elsewhere().pk, "reason": "Typed with care"}
    )

    assert response.status_code == 422
    assert "may not go to the body complained of" in response.content.decode()
    assert "Typed with care" in response.content.decode()
    assert "forwarded" not in trail(appeal)


def test_forward_out_of_triage_by_the_office_brings_the_appeal_to_the_body(db):
    appeal = make_appeal(topic=None)
    clerk = make_officer(office(), Role.REGISTRAR)

    signed_in(clerk).post(address(appeal, "forward/"), {"to": elsewhere().pk, "reason": "About a school."})

    appeal.refresh_from_db()
    assert appeal.agency == elsewhere()


def test_forward_leaves_the_case_in_sight_of_the_body_that_let_go(appeal, registrar):
    forward(appeal, elsewhere(), by=registrar, at=MONDAY, reason="Not ours.")
    client = signed_in(registrar)

    assert client.get(address(appeal)).status_code == 200
    refused = client.post(address(appeal, "accept/"))
    assert refused.status_code == 403
    assert "Only the body holding the appeal" in refused.content.decode()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_prepare_reply_names_the_superior_in_the_language_of_the_appeal(language, executor, registrar):
    appeal = make_appeal(language=language)
    signed_in(registrar).post(address(appeal, "assign/"), {"to": executor.pk})

    page = signed_in(executor).get(address(appeal, "prepare-reply/"))

    superior = Agency.objects.get(code="akimat.kz-79")
    assert superior.named(language) in page.context["form"]["remedy"].value()


def test_prepare_reply_without_the_way_to_complain_is_asked_again(in_review, executor):
    response = signed_in(executor).post(address(in_review, "prepare-reply/"), REPLY | {"remedy": "  "})

    assert response.status_code == 422
    assert "Say how the applicant can complain further." in response.content.decode()
    assert not Reply.objects.exists()


def test_prepare_reply_again_starts_from_what_was_written(prepared, executor):
    page = signed_in(executor).get(address(prepared, "prepare-reply/"))

    assert page.context["form"]["text"].value() == ANSWER.text
    assert page.context["form"]["outcome"].value() == Outcome.SATISFIED


@pytest.mark.parametrize("seen", ["", "soon", "2026-02-30T00:00:00+00:00"])
def test_sign_a_reply_without_saying_which_was_read_is_asked_again(seen, prepared, head):
    response = signed_in(head).post(address(prepared, "reply/"), {"seen": seen})

    assert response.status_code == 422
    assert response.context["form"].errors == {"seen": ["Read the reply on this page before you sign it."]}
    assert response.context["form"]["seen"].value() == MONDAY.isoformat()


def test_sign_a_reply_that_was_changed_meanwhile_is_asked_again(prepared, head):
    response = signed_in(head).post(address(prepared, "reply/"), {"seen": "2026-01-01T00:00:00+00:00"})

    assert response.status_code == 422
    assert "changed after you opened it" in response.content.decode()
    prepared.refresh_from_db()
    assert prepared.status == Status.IN_REVIEW
    retry = response.context["form"]["seen"].value()
    assert signed_in(head).post(address(prepared, "reply/"), {"seen": retry}).status_code == 302
