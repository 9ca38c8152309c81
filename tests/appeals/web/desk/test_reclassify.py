"""An appeal classed anew at the desk: what the page shows, asks again, warns of and refuses."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from agencies.models import Topic
from appeals.enums import Kind
from appeals.models import Appeal, Breach
from tests.appeals.web.desk.conftest import ELSEWHERE, address, signed_in, words
from tests.factories import MONDAY

DAY = timedelta(days=1)


@pytest.fixture
def next_day() -> Iterator[None]:
    with time_machine.travel(MONDAY + DAY, tick=False):
        yield


def told(appeal: Appeal, **changes: object) -> dict[str, object]:
    stands = {"kind": appeal.kind, "special_type": "", "topic": appeal.topic_id, "region": appeal.region_id}
    return stands | {"reason": "Typed with care"} | changes


def test_reclassify_starts_from_what_the_appeal_is(assigned, executor):
    page = signed_in(executor).get(address(assigned, "reclassify/"))

    form = page.context["form"]
    shown = {name: form[name].value() for name in ("kind", "special_type", "topic", "region", "complained_of")}
    assert shown == {
        "kind": Kind.APPLICATION,
        "special_type": "",
        "topic": assigned.topic_id,
        "region": assigned.region_id,
        "complained_of": "",
    }
    assert 'type="hidden" name="is_aware"' in page.content.decode()


def test_reclassify_from_a_stale_page_takes_nothing_back_that_a_colleague_corrected(assigned, executor, head):
    page = signed_in(executor).get(address(assigned, "reclassify/"))
    stale = told(assigned, region="", seen=page.context["form"]["seen"].value())
    lighting = Topic.objects.get(code="lighting")
    signed_in(head).post(address(assigned, "reclassify/"), told(assigned, topic=lighting.pk))
    n = assigned.events.count()

    answer = signed_in(executor).post(address(assigned, "reclassify/"), stale)

    assigned.refresh_from_db()
    assert (answer.status_code, "was corrected after you opened" in words(answer)) == (403, True)
    assert (assigned.topic, assigned.region_id is None, assigned.events.count()) == (lighting, False, n)


def test_reclassify_from_a_page_made_before_the_kind_was_corrected_is_refused_as_such(assigned, executor, head):
    page = signed_in(executor).get(address(assigned, "reclassify/"))
    stale = told(assigned, region="", seen=page.context["form"]["seen"].value())
    shorter = told(assigned, kind="inquiry", special_type="media", is_aware="on")
    signed_in(head).post(address(assigned, "reclassify/"), shorter)

    answer = signed_in(executor).post(address(assigned, "reclassify/"), stale)

    assigned.refresh_from_db()
    assert (answer.status_code, "was corrected after you opened" in words(answer)) == (403, True)
    assert (assigned.kind, assigned.region_id is None) == ("inquiry", False)


def test_reclassify_sent_twice_is_told_that_nothing_is_changed(assigned, executor):
    page = signed_in(executor).get(address(assigned, "reclassify/"))
    given = told(assigned, region="", seen=page.context["form"]["seen"].value())
    first, second = (signed_in(executor).post(address(assigned, "reclassify/"), given) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 422)
    assert "Nothing is changed" in words(second)
    assert assigned.events.filter(kind="reclassified").count() == 1


def test_reclassify_that_changes_nothing_is_asked_again(assigned, executor):
    page = signed_in(executor).post(address(assigned, "reclassify/"), told(assigned))

    assert page.status_code == 422
    assert "Nothing is changed" in words(page)


def test_reclassify_to_a_complaint_asks_for_the_body(assigned, head):
    page = signed_in(head).post(address(assigned, "reclassify/"), told(assigned, kind="complaint"))

    assert page.context["form"].errors == {"complained_of": ["Name the body complained of."]}


def test_reclassify_to_no_complaint_pays_no_heed_to_what_is_left_in_the_box_of_the_body(assigned, head):
    lighting = Topic.objects.get(code="lighting")

    page = signed_in(head).post(
        address(assigned, "reclassify/"), told(assigned, topic=lighting.pk, complained_of="no such body")
    )

    assigned.refresh_from_db()
    assert (page.status_code, assigned.topic, assigned.complained_of) == (302, lighting, None)


def test_reclassify_to_a_special_type_of_another_kind_is_said_at_the_field(assigned, head):
    page = signed_in(head).post(address(assigned, "reclassify/"), told(assigned, special_type="media"))

    assert page.context["form"].errors == {"special_type": ["This special type belongs to another kind of appeal."]}


def test_reclassify_to_a_longer_term_by_the_assignee_is_refused_with_the_days(assigned, executor, next_day):
    page = signed_in(executor).post(
        address(assigned, "reclassify/"), told(assigned, kind="complaint", complained_of=ELSEWHERE)
    )

    assert page.status_code == 422
    assert "from 23 February 2026 to 2 March 2026" in page.context["form"].errors["kind"][0]
    assert page.context["form"]["complained_of"].value() == ELSEWHERE
    assert Appeal.objects.get(pk=assigned.pk).kind == Kind.APPLICATION


def test_reclassify_to_a_shorter_term_in_time_is_done_without_a_warning(assigned, executor, next_day):
    page = signed_in(executor).post(
        address(assigned, "reclassify/"), told(assigned, kind="inquiry", special_type="media")
    )

    assert page.status_code == 302
    assert Appeal.objects.get(pk=assigned.pk).special_type == "media"


def test_reclassify_to_a_term_already_over_warns_first_and_goes_on_when_told(assigned, executor):
    client, given = signed_in(executor), told(assigned, kind="inquiry", special_type="media")

    with time_machine.travel(MONDAY + 14 * DAY, tick=False):
        warned = client.post(address(assigned, "reclassify/"), given)
        assert warned.status_code == 422
        assert "was over on 11 February 2026. If you go on, the breach is recorded at once." in words(warned)
        assert 'type="checkbox" name="is_aware"' in warned.content.decode()
        assert Appeal.objects.get(pk=assigned.pk).kind == Kind.APPLICATION

        done = client.post(address(assigned, "reclassify/"), given | {"is_aware": "on"})

    assert done.status_code == 302
    assert Breach.objects.get(appeal=assigned).due_on.isoformat() == "2026-02-11"
