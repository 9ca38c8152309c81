"""Why a body got the appeal, in the reader's words; and what was kept before reasons were."""

from typing import Any

import pytest
from django.utils import translation

from agencies.enums import Loss
from agencies.models import Agency, Competence, Region, Topic
from appeals.domain.reasons import BASES, IN_WORDS, explained, weighed
from appeals.domain.routing import Proposal, propose
from appeals.domain.wording import names_in
from tests.factories import MONDAY

pytestmark = pytest.mark.django_db

TODAY = MONDAY.date()
LANGUAGES = ("kk", "ru", "en")


def proposed(topic: str | None = "citizenship", **asked: Any) -> Proposal:
    given = {"topic": Topic.objects.filter(code=topic).first(), "region": None, "kind": "application", "on": TODAY}
    return propose(**given | asked)


def told(explanation: dict[str, Any]) -> str:
    return explained(explanation, names_in([explanation]))


def rules(explanation: dict[str, Any]) -> tuple[Any, list[str], list[tuple[str, str]]]:
    weighing = weighed(explanation, names_in([explanation]))
    return weighing.rule, weighing.conditions, [(rule.answerer, rule.why) for rule in weighing.beaten]


def test_a_rule_is_told_with_topic_place_and_basis():
    city, district = (Region.objects.get(code=code) for code in ("KZ-79", "KZ-79.abai"))

    there = told(proposed(region=city).explanation)
    nearer = told(proposed(region=city, district=district).explanation)

    assert there.startswith("This body answers for the topic “Citizenship”. Region: Shymkent. Basis: ")
    assert "Place: Abai District, Shymkent." in nearer


def test_a_rule_for_the_kind_says_that_the_kind_decided():
    said = told(proposed("construction", region=Region.objects.get(code="KZ-79"), kind="report").explanation)

    assert said.startswith("This body answers for appeals of this kind on the topic “Construction")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_proposal_knows_of_itself_words_it_as_the_database_does(language):
    city, police = Region.objects.get(code="KZ-79"), Agency.objects.get(code="police.territorial.kz-79")
    proposals = [
        proposed(region=city, district=Region.objects.get(code="KZ-79.abai")),
        proposed("tourism"),
        proposed("security.police", kind="complaint", complained_of=police),
        proposed(None, kind="complaint", complained_of=Agency.objects.get(code="akimat.kz-79")),
    ]

    with translation.override(language):
        for proposal in proposals:
            assert explained(proposal.explanation, proposal.names) == told(proposal.explanation) != ""


def test_officials_read_the_rule_its_basis_and_what_it_beat_and_why():
    topic = Topic.objects.get(code="citizenship")
    plain = Competence.objects.get(topic=topic)
    foreign, finance = (Agency.objects.get(code=f"ministry.{name}") for name in ("foreign", "finance"))
    Competence.objects.create(topic=topic, agency=foreign, kind="application", verified=True)
    Competence.objects.create(topic=topic, agency=finance, kind="report")

    rule, conditions, beaten = rules(proposed().explanation)

    assert (rule.answerer, rule.basis, rule.is_verified) == ("Ministry of Foreign Affairs", "", True)
    assert conditions == ["topic", "kind of appeal"]
    assert beaten == [
        (str(plain.agency), "it has fewer conditions"),
        ("Ministry of Finance", "it is for another kind of appeal"),
    ]


def test_an_explanation_kept_before_reasons_were_is_still_told():
    plain = Competence.objects.get(topic__code="tourism")
    kept = {
        "reason": "rule", "rule": plain.pk, "beat": [plain.pk + 1, 999_999],
        "topic": "tourism", "region": "KZ-79", "agency": "akimat.tourism.kz-79",
    }  # fmt: skip

    rule, conditions, beaten = rules(kept)

    assert told(kept).startswith("This body answers for the topic “Tourism”. Region: Shymkent.")
    assert (rule.answerer, conditions) == ("Tourism", ["topic"])
    assert [why for _, why in beaten] == ["", ""]
    assert beaten[1][0] == "Rule 999999, no longer in the directory"


@pytest.mark.parametrize("kept", [{"reason": "received_here"}, {"reason": "no_superior", "complained_of": "cec"}, {}])
def test_an_explanation_without_rules_weighs_none(kept):
    assert rules(kept) == (None, ["topic"], [])


def test_the_rule_is_read_with_the_other_names_in_one_query(django_assert_num_queries):
    explanation = proposed("construction", region=Region.objects.get(code="KZ-79"), kind="report").explanation

    with django_assert_num_queries(1):
        rules(explanation)


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("reason", list(IN_WORDS))
def test_every_reason_is_told_in_the_readers_language(language, reason):
    explanation = {"reason": reason, "topic": "tourism", "complained_of": "cec", "decider": "cec", "left": "cec"}
    with translation.override("en"):
        english = str(IN_WORDS[reason])

    with translation.override(language):
        assert str(IN_WORDS[reason]) != english
        assert "%" not in told(explanation)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_loss_and_every_basis_is_told_in_the_readers_language(language):
    with translation.override(language):
        assert not [loss for loss in Loss if not _is_cyrillic(str(loss.label))]
        assert not [basis for basis in BASES if not _is_cyrillic(translation.gettext(basis))]


def test_every_shipped_basis_is_one_that_the_catalogues_know():
    assert set(Competence.objects.exclude(basis="").values_list("basis", flat=True)) == set(BASES)


def _is_cyrillic(text: str) -> bool:
    return any("а" <= char <= "я" for char in text.lower())


def test_rules_that_read_alike_are_told_once():
    explanation = proposed("housing.utilities", region=Region.objects.get(code="KZ-79")).explanation
    (lost, why), *_others = zip(explanation["beat"], explanation["because"], strict=True)
    twice = explanation | {"beat": [lost, lost], "because": [why, why]}

    assert len(weighed(twice, names_in([explanation])).beaten) == 1
