"""History and routing in words, for officials and for the applicant, in three languages."""

import pytest
from django.utils import translation

from agencies.enums import Role
from agencies.models import Agency, Topic
from appeals.domain import replies, wording
from appeals.domain.assignment import assign
from appeals.domain.routing import forward, office
from appeals.enums import EventKind, Kind, Outcome
from appeals.models import Appeal, Event
from tests.factories import MONDAY, UTILITIES_OF_SHYMKENT, make_appeal, make_officer

ANSWER = replies.Answer(Outcome.PARTLY, "Secret until signed", "Art. 76", "Within three months.")


def told(appeal: Appeal, how: str) -> list[wording.Entry]:
    events = wording.history_of(appeal)
    return getattr(wording, how)(events, wording.names_in(event.data for event in events))


def explained(appeal: Appeal) -> str:
    given = appeal.routing.explanation
    return wording.explained(given, wording.names_in([given]))


@pytest.mark.django_db
def test_history_tells_officials_who_acted_and_the_applicant_only_which_body():
    registrar, head, executor = (make_officer(role=role) for role in (Role.REGISTRAR, Role.HEAD, Role.EXECUTOR))
    appeal = assign(make_appeal(), executor, by=registrar, at=MONDAY)
    replies.prepare_reply(appeal, ANSWER, by=executor, at=MONDAY)
    replies.reply(appeal, by=head, at=MONDAY, seen=MONDAY)

    body = registrar.agency.name
    assert [entry.title for entry in told(appeal, "told_to_applicant")] == [
        "Registered",
        f"Sent to: {body}",
        f"Accepted: {body}",
        "Assigned to an officer",
        "Answered. Outcome: Satisfied in part",
    ]
    assert f"Assigned to: {executor.user}" in [entry.title for entry in told(appeal, "told_to_officials")]
    shown = " ".join(entry.title + entry.text for entry in told(appeal, "told_to_applicant"))
    for hidden in (str(executor.user), str(head.user), ANSWER.text):
        assert hidden not in shown


@pytest.mark.django_db
def test_history_of_a_forwarded_appeal_tells_both_where_to_and_why():
    registrar, school = make_officer(role=Role.REGISTRAR), Agency.objects.get(code="akimat.education.kz-75")
    appeal = forward(make_appeal(), school, by=registrar, at=MONDAY, reason="It is about a school.")

    for how in ("told_to_applicant", "told_to_officials"):
        last = told(appeal, how)[-1]
        assert last.title == f"Forwarded by competence to: {school.name}"
        assert last.text.startswith("It is about a school.")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_of_event_has_words_even_where_its_data_is_bare(kind):
    bare = {"due_on": "2026-02-05"} if kind == EventKind.BREACHED else {}
    event = Event(kind=kind, at=MONDAY, data=bare)

    assert wording.told_to_officials([event], {})[0].title


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "This body answers for the topic “Heating, water, sewage, electricity”. Region: Shymkent"),
        ({"topic": None}, "No topic was chosen"),
        ({"addressee": "president"}, "The appeal is addressed to the President."),
        ({"holder": UTILITIES_OF_SHYMKENT}, "The appeal was handed in at this body."),
        ({"kind": Kind.COMPLAINT, "complained_of": UTILITIES_OF_SHYMKENT}, "which decides: Akimat of Shymkent"),
        ({"kind": Kind.COMPLAINT, "complained_of": "akimat.kz-79"}, "hears complaints; the President's Office"),
    ],
)
def test_routing_explains_itself(fields, words):
    bodies = {
        name: Agency.objects.get(code=value) if name in ("addressee", "holder", "complained_of") else value
        for name, value in fields.items()
    }

    assert words in explained(make_appeal(**bodies))


@pytest.mark.parametrize(
    "reason",
    [
        "rule",
        "no_topic",
        "no_rule",
        "tie",
        "nobody_there",
        "addressed_to_president",
        "complaint",
        "no_superior",
        "received_here",
    ],
)
def test_every_reason_has_words(reason):
    assert wording.explained({"reason": reason}, {})


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_names_are_the_reader_s_and_cost_one_query(language, django_assert_num_queries):
    topic = Topic.objects.get(code="housing.utilities")
    data = [{"agency": office().code, "topic": topic.code}, {"officer": 0, "region": None}]

    with translation.override(language), django_assert_num_queries(1):
        names = wording.names_in(data)

    assert names == {("body", office().code): office().named(language), ("topic", topic.code): topic.named(language)}


@pytest.mark.django_db
def test_standard_remedy_without_a_superior_shows_the_way_to_court():
    akimat = Agency.objects.get(code="akimat.kz-79")

    assert "court" in wording.standard_remedy(akimat, None, "en")
    assert "three months" in wording.standard_remedy(akimat, office(), "en")
