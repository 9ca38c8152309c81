"""A group of like appeals: who is in it, and the one decision for all of them."""

from collections import Counter
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from agencies.domain.wording import long_date
from appeals.domain import crowds, group_replies
from appeals.domain.group_replies import Decision, Round
from appeals.domain.numbering import slug
from appeals.models import NOTHING_DUE, Appeal, Group
from appeals.rules import insist, refusal_to_prepare_for_group, refusal_to_sign_for_group
from appeals.web.actions import Action, allowed_first
from appeals.web.desk.cases import desk, key_in, sent, taken
from appeals.web.desk.prepare_reply import ReplyForm
from appeals.web.rows import table_row

PAGE = 50
ANEW = ("after", "csrfmiddlewaretoken")
UNREAD = gettext_lazy("Read the replies on this page before you sign them.")


@desk
@require_safe
def one_group(request: HttpRequest, pk: int) -> HttpResponse:
    group = _visible(request, pk)
    held = crowds.members(group).select_related("officer__user", "reply")
    key = key_in(request.GET.get("after", ""))
    page = list((held.filter(pk__gt=key) if key else held)[: PAGE + 1])
    context = {
        "group": group,
        "size": held.count(),
        "rows": [_member(appeal) for appeal in page[:PAGE]],
        "next_url": f"?after={page[PAGE - 1].pk}" if len(page) > PAGE else "",
        "first_url": reverse("desk:one_group", args=[pk]) if key else "",
        "actions": allowed_first(_actions(request, group)),
    }
    return render(request, "desk/one_group.html", context)


class DecisionForm(ReplyForm):
    """As for one appeal; how to complain further each applicant is told in her own language."""

    conditional = ("language",)
    language = forms.ChoiceField(
        label=gettext_lazy("For which appeals"),
        help_text=gettext_lazy("An answer is in the state language, or in the language of the appeal."),
        widget=forms.RadioSelect,
        required=False,
    )
    remedy = None
    field_order = ("language", "outcome", "text", "law", "needs_execution")

    def __init__(self, *args: Any, languages: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["language"]).choices = [("", _("For all")), *languages.items()]

    @property
    def decision(self) -> Decision:
        return Decision(**{name: self.cleaned_data[name] for name in group_replies.DECIDED})


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def prepare_for_group(request: HttpRequest, pk: int) -> HttpResponse:
    group = _visible(request, pk)
    insist(_refusal_to_prepare(request, group))
    form = DecisionForm(sent(request), languages=_languages(group), initial={"language": ""})
    rounds: list[Round] = []

    def prepare() -> None:
        language, after = form.cleaned_data["language"], _after(request)
        by, at = request.officer, timezone.now()
        rounds.append(
            group_replies.prepare_for_group(group, form.decision, language=language, by=by, at=at, after=after)
        )

    if form.is_valid() and taken(form, prepare):
        return _told(request, group, "prepare_for_group", rounds[0])
    return _asked(request, group, "prepare_for_group", form)


class Wordings(forms.MultipleChoiceField):
    """Digests of wordings; one that nobody has any more does no harm."""

    widget = forms.MultipleHiddenInput

    def valid_value(self, value: str) -> bool:
        return True


class SeenForm(forms.Form):
    """`seen` says which wordings were on the page: nobody signs what she did not read."""

    seen = Wordings(error_messages={"required": UNREAD})


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def sign_for_group(request: HttpRequest, pk: int) -> HttpResponse:
    group = _visible(request, pk)
    insist(refusal_to_sign_for_group(request.officer, group))
    wordings = group_replies.wordings(group, reader=request.officer)
    shown = [wording.key for wording in wordings]
    form = SeenForm(sent(request), initial={"seen": shown})
    if form.is_valid():
        seen, after = form.cleaned_data["seen"], _after(request)
        signed = group_replies.sign_for_group(group, seen=seen, by=request.officer, at=timezone.now(), after=after)
        return _told(request, group, "sign_for_group", signed)
    form.data = {"seen": shown}
    return _asked(request, group, "sign_for_group", form, wordings=wordings)


def _visible(request: HttpRequest, pk: int) -> Group:
    groups = Group.objects.visible_to(request.officer).select_related("agency", "opened_by__user")
    return get_object_or_404(groups, pk=pk)


def _after(request: HttpRequest) -> int:
    return key_in(request.POST.get("after", "")) or 0


def _asked(request: HttpRequest, group: Group, page: str, form: forms.Form, **more: Any) -> HttpResponse:
    context = {"group": group, "form": form, "after": _after(request), **more}
    return render(request, f"desk/{page}.html", context, status=422 if form.errors else 200)


def _told(request: HttpRequest, group: Group, act: str, done: Round) -> HttpResponse:
    """What became of the round; where there is another one, what was sent can be sent again for it."""
    again = [(name, value) for name in request.POST for value in request.POST.getlist(name) if name not in ANEW]
    context = {"group": group, "page_url": f"desk:{act}", "round": done, "after": done.after, "again": again}
    return render(request, "desk/round.html", context)


def _languages(group: Group) -> dict[str, str]:
    """Those the open members wrote in, each with their number."""
    held = crowds.members(group).open().order_by().values_list("language", flat=True)
    named = dict(Appeal._meta.get_field("language").flatchoices)
    return {code: f"{named[code]} ({n})" for code, n in Counter(held).most_common()}


def _member(appeal: Appeal) -> list[dict[str, Any]]:
    written = getattr(appeal, "reply", None)
    cells = {
        _("Number"): appeal.number,
        _("State"): appeal.get_status_display(),
        _("Officer"): appeal.officer.user if appeal.officer else _("Nobody yet"),
        _("Reply"): "–" if written is None else _("signed") if written.signed_at else _("prepared"),
        _("Due"): "–" if appeal.next_due_on == NOTHING_DUE else long_date(appeal.next_due_on),
    }
    return table_row(cells, reverse("desk:case", args=[slug(appeal.number)]))


def _refusal_to_prepare(request: HttpRequest, group: Group) -> str:
    return refusal_to_prepare_for_group(request.officer, group, has_hers=group_replies.has_hers(request.officer, group))


def _actions(request: HttpRequest, group: Group) -> list[Action]:
    at = [group.pk]
    return [
        Action(
            _("Prepare one reply for all"),
            reverse("desk:prepare_for_group", args=at),
            _refusal_to_prepare(request, group),
        ),
        Action(
            _("Sign and send the replies"),
            reverse("desk:sign_for_group", args=at),
            refusal_to_sign_for_group(request.officer, group),
        ),
    ]
