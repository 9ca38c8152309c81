"""What many people write to the body at once: crowds to be grouped, and the groups there are."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.domain.wording import long_date
from appeals.domain import crowds
from appeals.domain.crowds import Crowd
from appeals.domain.numbering import slug
from appeals.domain.terms import local_date
from appeals.enums import OPEN
from appeals.models import Group
from appeals.web.desk.cases import desk
from appeals.web.rows import table_row

MOST_SHOWN = 100


@desk
@require_safe
def alike(request: HttpRequest) -> HttpResponse:
    officer = request.officer
    found = crowds.crowds(officer, on=local_date(timezone.now(), officer.agency))
    still = Count("appeals", filter=Q(appeals__status__in=OPEN))
    groups = Group.objects.visible_to(officer).annotate(size=Count("appeals"), still=still).order_by("-still", "-pk")
    context = {
        "texts": [_crowd(each) for each in found if each.is_alike][:MOST_SHOWN],
        "places": [_crowd(each) for each in found if not each.is_alike][:MOST_SHOWN],
        "groups": [_group(each) for each in groups[:MOST_SHOWN]],
    }
    return render(request, "desk/alike.html", context)


def _crowd(found: Crowd) -> list[dict[str, Any]]:
    first = found.numbers[0]
    cells = {
        _("First appeal"): first,
        _("People who wrote"): found.people,
        _("Appeals"): len(found.numbers),
        _("Topic"): found.topic or "–",
        _("Region"): found.place or "–",
        _("Registered"): f"{long_date(found.since)} – {long_date(found.until)}",
        **({_("Begins with"): found.excerpt} if found.is_alike else {}),
    }
    return table_row(cells, reverse("desk:group", args=[slug(first)]))


def _group(group: Any) -> list[dict[str, Any]]:
    cells = {
        _("Name of the group"): group.name,
        _("Appeals"): group.size,
        _("Open"): group.still,
        _("Since"): long_date(group.opened_on),
    }
    return table_row(cells, reverse("desk:one_group", args=[group.pk]))
