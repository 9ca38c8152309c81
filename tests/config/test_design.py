"""The frame, the parts and the forms, as they come out in HTML."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.http import Http404
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.formats import date_format, get_format, number_format

from agencies.domain import wording
from agencies.enums import Role
from agencies.models import Officer, User
from agencies.web.accounts import AccountAdapter
from agencies.web.inputs import DayMonthYearInput
from config.context import site
from config.gallery import gallery

pytestmark = pytest.mark.urls("tests.config.design_urls")
TEMPLATES = Path(settings.BASE_DIR) / "templates"
ALL_TEMPLATES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
COMPONENTS = sorted((TEMPLATES / "components").glob("_*.html"))


class LetterForm(forms.Form):
    written_on = forms.DateField(widget=DayMonthYearInput)
    text = forms.CharField(max_length=20, widget=forms.Textarea, help_text="Plainly.")
    way = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


@pytest.fixture
def shown(rf, settings):
    """The gallery as text, in a language, with or without errors."""
    settings.DEMONSTRATION = True

    def show(language="en", query=""):
        with translation.override(language):
            return gallery(rf.get(f"/{query}")).content.decode()

    return show


@pytest.mark.parametrize(
    ("role", "is_staff", "areas"),
    [
        (None, False, ["/write/", "/follow/"]),
        (Role.EXECUTOR, False, ["/write/", "/follow/", "/desk/"]),
        (Role.EXECUTOR, True, ["/write/", "/follow/", "/desk/", "/admin/"]),
        (Role.OVERSIGHT, False, ["/write/", "/follow/", "/desk/", "/oversight/"]),
        (Role.ADMINISTRATOR, True, ["/write/", "/follow/", "/desk/", "/admin/"]),
    ],
)
def test_frame_offers_the_areas_of_the_post_and_marks_the_one_in_view(rf, role, is_staff, areas):
    request = rf.get("/follow/anything/")
    request.officer = Officer(role=role, user=User(is_staff=is_staff)) if role else None

    offered = site(request)["areas"]

    assert [area.url for area in offered] == areas
    assert [area.url for area in offered if area.is_current] == ["/follow/"]


def test_gallery_outside_the_demonstration_is_not_found(rf, settings):
    settings.DEMONSTRATION = False

    with pytest.raises(Http404):
        gallery(rf.get("/"))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_page_in_a_language_says_so_and_offers_all_three(shown, language):
    page = shown(language)

    assert f'<html lang="{language}"' in page
    assert re.findall(r'name="language" value="(\w+)"', page) == ["kk", "ru", "en"]
    assert re.search(rf'value="{language}" lang="{language}" aria-current="true"', page)


@pytest.mark.parametrize("query", ["", "?errors"])
def test_page_has_no_inline_style_or_script_and_no_id_twice(shown, query):
    page = shown(query=query)

    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?! src=)", page) == []
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_page_with_errors_names_them_first_and_leads_to_every_field(shown):
    page = shown(query="?errors")

    assert re.search(r"<title>Error: ", page)
    summary = page[page.index("error-summary-title") : page.index("</ul>", page.index("govuk-error-summary__list"))]
    anchors = re.findall(r'href="#([^"]+)"', summary)
    assert len(anchors) == 7
    assert set(anchors) <= set(re.findall(r'\sid="([^"]*)"', page))


def test_page_without_errors_has_no_summary(shown):
    page = shown()

    assert "<title>Error" not in page
    assert "govuk-error-summary" not in page


def test_everything_described_by_something_finds_it_on_the_page(shown):
    page = shown(query="?errors")

    named = {name for names in re.findall(r'aria-describedby="([^"]*)"', page) for name in names.split()}
    assert named <= set(re.findall(r'\sid="([^"]*)"', page))
    assert {"id_name_helptext", "id_name_error", "id_text_count", "id_text_error"} <= named


def test_field_with_an_error_is_marked_invalid_and_never_left_to_the_browser():
    html = str(LetterForm({"text": "x" * 21}))

    assert 'aria-describedby="id_text_helptext id_text_error id_text_count"' in html
    assert html.count('aria-invalid="true"') == 4
    assert not re.search(r"<[^>]*\s(required|maxlength)\b", html)


def test_optional_field_says_so_and_a_quiet_one_does_not():
    class Form(forms.Form):
        note = forms.CharField(required=False)

    with translation.override("en"):
        loud = render_to_string("components/_field.html", {"field": Form()["note"]})
        quiet = render_to_string("components/_field.html", {"field": Form()["note"], "quiet": True})

    assert "(optional)" in loud
    assert "(optional)" not in quiet


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        (("8", "1", "2027"), date(2027, 1, 8)),
        ((" 08", "01 ", "2027"), date(2027, 1, 8)),
        (("31", "2", "2027"), None),
        (("8", "", "2027"), None),
        (("eight", "-", "2027"), None),
        (("", "", ""), None),
    ],
)
def test_date_in_three_boxes_is_read_or_comes_back_as_typed(typed, outcome):
    boxes = dict(zip(("written_on_day", "written_on_month", "written_on_year"), typed, strict=True))
    form = LetterForm({**boxes, "text": "x", "way": "a"})

    assert form.is_valid() == (outcome is not None)
    assert form.cleaned_data.get("written_on") == outcome
    for name, value in boxes.items():
        assert f'name="{name}"' in str(form["written_on"])
        assert not value.strip() or f'value="{value.strip()}"' in str(form["written_on"])


@pytest.mark.parametrize(("given", "is_date"), [("2027-01-08", True), ("tomorrow", False), ("8-1", False)])
def test_date_given_whole_is_read_or_comes_back(given, is_date):
    form = LetterForm({"written_on": given, "text": "x", "way": "a"})

    assert form.is_valid() == is_date
    assert 'value="2027"' in str(form) if is_date else f'value="{given}"' in str(form)


@pytest.mark.parametrize(
    ("state", "days", "words"),
    [
        ("calm", 9, "Due in 9 working days"),
        ("near", 1, "Due in 1 working day"),
        ("today", 0, "Due today"),
        ("overdue", 2, "Overdue by 2 working days"),
        ("met", 0, "Met"),
        ("cancelled", 0, "No longer runs"),
    ],
)
def test_clock_tells_its_state_in_words(state, days, words):
    with translation.override("en"):
        html = render_to_string(
            "components/_clock_badge.html", {"state": state, "days": days, "due_on": date(2027, 1, 8)}
        )

    assert re.sub(r"<[^>]+>|\s+", " ", html).split() == [
        *words.split(),
        "Due",
        "date:",
        "8",
        "January",
        "2027",
    ]


def test_refused_action_is_one_step_away_disabled_and_says_why():
    actions = [
        {"label": "Accept", "url": "/accept/", "refusal": ""},
        {"label": "Answer", "url": "/answer/", "refusal": "The appeal is closed."},
    ]
    html = render_to_string("components/_actions.html", {"actions": actions})

    assert 'href="/accept/"' in html
    assert "/answer/" not in html
    assert "<details" in html
    assert "<details" not in render_to_string("components/_actions.html", {"actions": actions[:1]})
    assert re.search(r'disabled aria-describedby="why-2">Answer<.*id="why-2">The appeal is closed\.<', html, re.S)


def test_bar_is_as_long_as_its_share_in_every_language():
    bars = [{"label": "A", "value": 1240, "share": 37.5, "url": ""}]
    context = {"caption": "C", "label_name": "L", "value_name": "V", "bars": bars}
    with translation.override("kk"):
        html = render_to_string("components/_bar_chart.html", context)

    assert 'width="37.5%"' in html
    assert html.count("1\xa0240") == 2


@pytest.mark.parametrize(
    ("language", "long", "with_weekday"),
    [
        ("kk", "2026\xa0ж. 21 қараша", "2026\xa0ж. 21 қараша, сенбі"),
        ("ru", "21 ноября 2026\xa0г.", "суббота, 21 ноября 2026\xa0г."),
        ("en", "21 November 2026", "Saturday, 21 November 2026"),
    ],
)
def test_date_is_written_as_people_write_it(language, long, with_weekday):
    with translation.override(language):
        assert wording.long_date(date(2026, 11, 21)) == long
        assert wording.long_day(date(2026, 11, 21)) == with_weekday
        assert wording.moment(datetime(2026, 11, 20, 20, 5, tzinfo=UTC)) == f"{long}, 01:05"


@pytest.mark.parametrize(("language", "number"), [("kk", "1\xa0234,5"), ("ru", "1\xa0234,5"), ("en", "1,234.5")])
def test_number_is_grouped_and_the_week_begins_on_monday(language, number):
    with translation.override(language):
        assert number_format(1234.5, use_l10n=True, force_grouping=True) == number
        assert get_format("FIRST_DAY_OF_WEEK") == 1
        assert date_format(date(2026, 11, 21), "SHORT_DATE_FORMAT") == "21.11.2026"


def test_failure_page_needs_nothing_and_speaks_all_three_languages():
    page = get_template("500.html").render()

    assert [name in page for name in ("Қызметте ақау болды", "произошёл сбой", "has failed")] == [True] * 3


@pytest.mark.parametrize("name", ["403.html", "404.html", "403_csrf.html"])
def test_error_page_is_not_indexed_and_leads_to_the_start(rf, name):
    page = render_to_string(name, {}, request=rf.get("/"))

    assert 'content="noindex"' in page
    assert '<a class="govuk-link" href="/">' in page


def test_refusal_page_gives_the_reason(rf):
    assert "The appeal is closed." in render_to_string(
        "403.html", {"exception": "The appeal is closed."}, request=rf.get("/")
    )


@pytest.mark.parametrize("name", ALL_TEMPLATES)
def test_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_component_opens_by_naming_its_inputs(path):
    assert re.match(r"{% comment %}.*\bInputs?\b.*{% endcomment %}\n", path.read_text())


def test_nobody_signs_up(rf):
    assert AccountAdapter().is_open_for_signup(rf.get("/")) is False


def test_field_that_another_answer_asks_for_is_not_called_optional():
    class WayForm(forms.Form):
        conditional = ("other",)
        other = forms.CharField(required=False)
        note = forms.CharField(required=False)

    page = str(WayForm())

    assert page.count("(optional)") == 1
    assert page.index("(optional)") > page.index('for="id_note"')


def test_long_text_in_a_table_may_break_anywhere_and_a_number_nowhere():
    cells = [("A number", "ZT-2026-00000001"), ("Reason", "A" * 200), ("Body", "Akimat")]
    row = [{"label": label, "text": text, "url": "", "is_number": False} for label, text in cells]

    table = render_to_string("components/_table.html", {"rows": [row], "caption": "Disputes", "empty": ""})

    assert '<th scope="row" class="table__short">' in table
    assert '<td data-label="Reason" class="table__text">' in table
    assert '<td data-label="Body">' in table
