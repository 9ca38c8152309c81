"""`manage.py where` tells what a text is about and where it would go; what it cannot take it refuses in a sentence."""

import json
from io import BytesIO, StringIO, TextIOWrapper
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import gettext, override

from appeals.models import Appeal, Suggestion

pytestmark = pytest.mark.django_db
WASTE = {
    "kk": "Ауламыздан қоқыс шығарылмайды, контейнер толып кетті.",
    "ru": "Нам уже месяц не вывозят мусор, контейнеры переполнены.",
}


def asked(text: str, **options: Any) -> Any:
    told = StringIO()
    call_command("where", text=text, json=True, stdout=told, **options)
    return json.loads(told.getvalue())


def printed(text: str, **options: Any) -> str:
    told = StringIO()
    call_command("where", text=text, stdout=told, **options)
    return told.getvalue()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_where_ranks_the_topics_and_names_body_and_reason(language: str):
    told = asked(WASTE[language], region="KZ-79")

    assert told["language"] == language
    assert told["topics"][0]["code"] == "waste"
    assert 0.6 < told["topics"][0]["confidence"] <= 1
    assert (told["agency"]["code"], told["reason_code"]) == ("akimat.utilities.kz-79", "rule")


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("kk", "«Қоқыс» тақырыбы бойынша осы орган жауап береді."),
        ("ru", "За тематику «Мусор» отвечает этот орган."),
        ("en", "This body answers for the topic “Waste”."),
    ],
)
def test_where_says_the_reason_in_a_sentence_of_the_language_asked_for(lang: str, sentence: str):
    assert asked(WASTE["ru"], region="KZ-79", lang=lang)["reason"].startswith(sentence)


def test_where_prints_topics_kind_body_reason_and_day_in_the_language_asked_for():
    told = printed(WASTE["ru"], region="KZ-79", kind="report", lang="en")

    assert "waste  Waste" in told
    assert "Kind: Report" in told
    assert "(akimat.utilities.kz-79)" in told
    assert "Why: This body answers for the topic “Waste”." in told


def test_where_registers_nothing():
    asked(WASTE["ru"])

    assert (Appeal.objects.count(), Suggestion.objects.count()) == (0, 0)


@pytest.mark.parametrize("text", ["", "ж", "🔥🔥", "\x00", "1234", "э" * 1_000_000, "🔥" * 250_000])
def test_where_for_a_text_that_tells_nothing_goes_to_triage_with_the_reason(text: str):
    told = asked(text, region="KZ-79", lang="en")

    assert told["topics"] == []
    assert (told["agency"]["code"], told["reason_code"]) == ("president.office", "no_topic")
    assert told["reason"].endswith("the President's Office determines the competent body.")


def test_where_with_a_district_knows_its_region():
    told = asked(WASTE["ru"], district="KZ-79.abai", region="")

    assert told["reason_code"] == "rule"
    assert told["agency"]["code"].endswith(("kz-79", "kz-79.abai"))


@pytest.mark.parametrize("code", ["kz-79", " KZ-79 ", "Kz-79.Abai"])
def test_where_knows_a_place_however_its_code_is_typed(code: str):
    told = asked(WASTE["ru"], **{"district" if "." in code else "region": code})

    assert told["agency"]["code"] == ("akimat.district.kz-79.abai" if "." in code else "akimat.utilities.kz-79")


def test_where_reads_the_standard_input_whatever_bytes_come(monkeypatch: pytest.MonkeyPatch):
    raw = b"\xff\x00" + WASTE["ru"].encode() * 9_000
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(raw), encoding="utf-8"))

    assert asked("-")["topics"][0]["code"] == "waste"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"region": "KZ-99"}, "There is no region “KZ-99” in the directory."),
        ({"region": "KZ-YUZ\x00"}, "There is no region “KZ-YUZ\x00” in the directory."),
        ({"district": "KZ-79.mars"}, "There is no district “KZ-79.mars” in the directory."),
        ({"region": "KZ-75", "district": "KZ-79.abai"}, "This district does not lie in the region chosen."),
        ({"kind": "petition"}, "There is no kind “petition”."),
        ({"lang": "fr"}, "«fr»"),
    ],
)
def test_where_refuses_an_unknown_region_kind_or_language_in_one_sentence(options: dict[str, str], said: str):
    with pytest.raises(CommandError) as refused:
        asked(WASTE["ru"], **{"lang": "en"} | options)

    assert options.get("lang") or said in str(refused.value)
    assert "\n" not in str(refused.value)


PLACELESS, IN_DANGER = "Яма на нашей улице, разбитая дорога во дворе.", "Муж избивает меня и детей, боюсь за жизнь."


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (WASTE["kk"], {"region": "KZ-79"}, "rule"),
        (WASTE["kk"], {"district": "KZ-79.abai"}, "rule"),
        (WASTE["ru"], {"region": "KZ-79", "kind": "complaint"}, "rule"),
        (PLACELESS, {}, "no_place"),
        (IN_DANGER, {"region": "KZ-79"}, "urgent"),
        (IN_DANGER, {"region": "KZ-79", "kind": "complaint"}, "rule"),
        ("", {}, "no_topic"),
        ("🔥🔥", {}, "no_topic"),
        ("э" * 1_000_000, {}, "no_topic"),
    ],
)
def test_where_always_prints_why_in_words(text: str, options: dict[str, str], code: str, lang: str):
    told, lines = asked(text, lang=lang, **options), printed(text, lang=lang, **options).splitlines()

    with override(lang):
        why = gettext("Why: %(reason)s") % {"reason": told["reason"]}
    assert told["reason_code"] == code
    assert " " in told["reason"]
    assert why in lines
