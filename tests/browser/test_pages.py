"""Every main page in Chromium: no fault axe can find, nothing asked of another origin, no report of the CSP.

A page is loaded once in a language and laid out in every width. Its picture goes to var/screenshots, to be looked at.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site
from tests.factories import PASSWORD

PICTURES = Path(settings.BASE_DIR) / "var" / "screenshots"
GREEN = "main form button.govuk-button:not(.govuk-button--secondary)"
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what passes is not described: most of the time went there
    "preload": False,
}
# the widths in which a page must fit: in the last one it is worked, its picture is taken, and axe is asked
LOOKS = {"kk": (1280, 768, 320), "ru": (320, 768, 1024, 1280)}
STEPS = {
    "kind": "#id_kind_0",
    "place": "input[value='KZ-79']",
    "district": "input[value='KZ-79.karatau']",
    "heading": "input[value='heading.housing']",
    "topic": "input[value='housing.utilities']",
    "text": "textarea",
    "files": None,
    "applicant": "input[value='person']",
    "name": "#id_name",
    "contacts": "#id_email",
}
TYPED = {
    "text": "Үйімізде үш күннен бері жылу жоқ. Жылуды қосып беруіңізді сұраймын.",
    "name": "Сынақ Азамат",
    "contacts": "azamat@example.test",
}
OWN_WORDS = {
    "answer": "Ауламыздан қоқыс шығарылмайды, контейнер толып кетті. Жарық та жанбайды.",
    "silence": "Эээ ммм.",
    "danger": "Муж избивает меня и детей, боюсь за жизнь.",
}
# the words of the status tags that stand on more than one line
BROKEN_WORDS = """[...document.querySelectorAll(".queue .govuk-tag")].flatMap(({firstChild: text}) =>
  [...text.data.matchAll(/\\S+/g)].filter((word) => {
    const range = document.createRange();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return range.getClientRects().length > 1;
  }).map(String))"""

# the classes of govuk-frontend on the page for which no style was built
UNSTYLED = """(() => {
  const rules = [...document.styleSheets].flatMap(({cssRules}) => [...cssRules]).map(({cssText}) => cssText).join("");
  const used = new Set([...document.querySelectorAll("[class]")].flatMap(({classList}) => [...classList]));
  return [...used].filter((one) => one.startsWith("govuk-") && !rules.includes("." + CSS.escape(one)));
})()"""


class Eye:
    """Looks at a page: takes its picture, asks axe, and remembers what the browser complained of."""

    def __init__(self, page: Page, site: Site, language: str) -> None:
        self.page, self.site, self.language = page, site, language
        self.complaints: list[str] = []
        page.on("request", self._asked)
        page.on("console", lambda message: self._told(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))

    def _asked(self, request) -> None:
        if not request.url.startswith((self.site.address, "data:")):
            self.complaints.append(f"{self.page.url} asked {request.url}")

    def _told(self, kind: str, text: str) -> None:
        if kind == "error" and "status of 4" not in text:
            self.complaints.append(f"{self.page.url}: {text}")

    def open(self, path: str, name: str, status: int = 200) -> None:
        response = self.page.goto(self.site.address + path)
        assert response is not None
        assert (response.status, self.page.url) == (status, self.site.address + path)
        self.look(name)

    def look(self, name: str) -> None:
        for width in LOOKS[self.language]:
            self.page.set_viewport_size({"width": width, "height": 900})
            if self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                self.complaints.append(f"{name}: scrolls sideways at {width}")
            if broken := self.page.evaluate(BROKEN_WORDS):
                self.complaints.append(f"{name}: broken at {width}: {broken}")
        self.page.screenshot(path=PICTURES / f"{self.language}-{width}-{name}.png", full_page=True)
        if unstyled := self.page.evaluate(UNSTYLED):
            self.complaints.append(f"{name}: no style for {unstyled}")
        for fault in Axe().run(self.page, options=RULES).response["violations"]:
            where = "; ".join(node["html"] for node in fault["nodes"][:3])
            self.complaints.append(f"{name}: {fault['id']}: {where}")

    def press(self) -> None:
        press(self.page)


def press(page: Page, control: str = GREEN) -> None:
    """Clicks, by default the page's own green button, and waits for the next page: a click alone ends before it."""
    with page.expect_event("load"):
        page.locator(control).first.click()


@pytest.fixture(params=LOOKS)
def eye(request, chromium: Browser, site: Site) -> Iterator[Eye]:
    language = request.param
    PICTURES.mkdir(parents=True, exist_ok=True)
    context = chromium.new_context(viewport={"width": LOOKS[language][-1], "height": 900}, locale=language)
    context.add_cookies([{"name": "django_language", "value": language, "url": site.address}])
    yield Eye(context.new_page(), site, language)
    context.close()


def sign_in(eye: Eye, email: str) -> None:
    """With the cookies of the first time, where there was one."""
    if email not in eye.site.signed_in:
        eye.page.goto(eye.site.address + "/accounts/login/")
        eye.page.fill("input[name=login]", email)
        eye.page.fill("input[name=password]", PASSWORD)
        eye.press()
        assert "/accounts/" not in eye.page.url
        eye.site.signed_in[email] = [one for one in eye.page.context.cookies() if one["name"] != "django_language"]
    eye.page.context.add_cookies(eye.site.signed_in[email])


def test_a_citizen_writes_and_follows(eye: Eye) -> None:
    eye.open("/", "home")
    eye.page.goto(eye.site.address + "/write/kind/")
    for step, control in STEPS.items():
        assert eye.page.url.endswith(f"/write/{step}/")
        eye.look(f"write-{step}")
        eye.press()
        if control is None:
            continue
        eye.look(f"write-{step}-empty")
        if step in TYPED:
            eye.page.fill(control, TYPED[step])
            if step == "contacts":
                eye.page.check("input[name=consent]")
        else:
            eye.page.check(control)
        eye.press()
    eye.look("write-check")
    eye.open("/write/discard/", "write-discard")
    eye.page.goto(eye.site.address + "/write/check/")
    eye.press()
    assert eye.page.url.endswith("/receipt/")
    eye.look("receipt")

    eye.open("/follow/", "follow")
    eye.page.fill("input[name=number]", eye.site.slug)
    eye.page.fill("input[name=key]", "AAAA-AAAA-AAAA")
    eye.press()
    eye.look("follow-wrong")
    eye.page.fill("input[name=key]", eye.site.key)
    eye.press()
    assert eye.page.url.endswith("/follow/appeal/")
    eye.look("case-of-the-citizen")
    eye.open("/follow/", "follow")
    eye.page.fill("input[name=number]", eye.site.held)
    eye.page.fill("input[name=key]", eye.site.held_key)
    eye.press()
    eye.look("case-asked-for-correction")
    eye.open("/follow/correct/", "correct")

    for path in ("about", "accessibility", "accounts/login", "accounts/password/reset"):
        eye.open(f"/{path}/", path.replace("/", "-"))
    eye.open("/nowhere/", "nowhere", status=404)
    assert eye.complaints == []


def test_a_citizen_asks_where_to_write(eye: Eye) -> None:
    eye.open("/where/", "where")
    eye.press()
    eye.look("where-empty")
    for name, text in OWN_WORDS.items():
        eye.open("/where/", "where")
        eye.page.fill("textarea", text)
        eye.page.select_option("select[name=region]", "KZ-79")
        eye.press()
        eye.look(f"where-{name}")
    eye.open("/where/topics/heading.city/", "where-heading")
    eye.open("/where/topics/waste/", "where-topic")
    eye.open("/where/topics/waste/?region=KZ-79", "where-topic-in-region")
    eye.press()
    assert eye.page.url.endswith("/write/kind/")
    assert eye.complaints == []


def test_an_official_works_the_queue(eye: Eye) -> None:
    sign_in(eye, eye.site.official)
    eye.open("/desk/", "queue")
    eye.open(f"/desk/{eye.site.slug}/", "case")
    for act in ("assign", "forward", "reply", "return", "terminate"):
        eye.open(f"/desk/{eye.site.slug}/{act}/", f"act-{act}")
    eye.open(f"/desk/{eye.site.slug}/accept/", "act-refused", status=403)
    eye.open(f"/desk/{eye.site.running}/", "case-running")
    for act in ("extend", "forward-part", "reclassify", "notify-hearing"):
        eye.open(f"/desk/{eye.site.running}/{act}/", f"act-{act}")
    eye.open(f"/desk/breaches/{eye.site.breach}/", "breach")
    eye.open("/desk/alike/", "alike")
    eye.open(f"/desk/groups/{eye.site.group}/", "group")
    for act in ("link", "mark-urgent"):
        eye.open(f"/desk/{eye.site.running}/{act}/", f"act-{act}")
    eye.open("/desk/zht-2026-99999999/", "not-found", status=404)
    assert eye.complaints == []


def test_a_registrar_enters_a_letter(eye: Eye) -> None:
    sign_in(eye, eye.site.registrar)
    eye.open("/desk/register/", "register")
    assert eye.complaints == []


def test_the_body_above_decides_whose_an_appeal_is(eye: Eye) -> None:
    sign_in(eye, eye.site.decider)
    eye.open("/desk/disputes/", "disputes")
    eye.open(f"/desk/disputes/{eye.site.dispute}/", "dispute")
    assert eye.complaints == []


def test_the_presidents_office_sees_the_breaches(eye: Eye) -> None:
    sign_in(eye, eye.site.overseer)
    eye.open("/oversight/", "breaches")
    eye.open("/oversight/cases/", "breach-cases")
    eye.open(f"/desk/{eye.site.slug}/", "case-overseen")
    eye.open("/oversight/register/", "register-of-breaches")
    eye.open("/oversight/suggestions/", "suggestions")
    eye.open("/oversight/competence/", "competence-tried")
    eye.open(f"/desk/{eye.site.urgent}/", "case-urgent")
    assert eye.complaints == []


def test_an_appeal_is_written_without_javascript(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(site.address + "/write/kind/")
    for step, control in STEPS.items():
        if step in TYPED:
            page.fill(control, TYPED[step])
            if step == "contacts":
                page.check("input[name=consent]")
        elif control:
            page.check(control)
        press(page)
    press(page)

    assert page.url.endswith("/receipt/")
    context.close()


def test_an_appeal_begins_in_own_words_without_javascript(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(site.address + "/")
    press(page, "main a[href='/where/']")
    page.fill("textarea", OWN_WORDS["answer"])
    page.select_option("select[name=region]", "KZ-79")
    press(page)
    press(page)

    assert page.url.endswith("/write/district/")
    page.goto(site.address + "/write/discard/")
    assert OWN_WORDS["answer"] in page.inner_text("main")
    context.close()
