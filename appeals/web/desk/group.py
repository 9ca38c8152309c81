"""Join a case to a group of like appeals, with others that belong there; or take it out."""

from functools import partial
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.domain.wording import long_date
from agencies.models import Officer
from appeals.domain import crowds, grouping
from appeals.domain.queues import shortened
from appeals.domain.terms import local_date
from appeals.models import Appeal, Group
from appeals.rules import insist, refusal_to_group, refusal_to_ungroup
from appeals.web.desk.cases import act_page, desk, done, sent, taken, visible
from appeals.web.desk.link import WhyForm

NEW = "new"
MOST_GROUPS = 50


class GroupForm(forms.Form):
    """Offers the body's groups, and among its open appeals those that the officer may join to the same one."""

    conditional = ("name",)
    into = forms.ChoiceField(
        label=gettext_lazy("Which group?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the group.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the new group"),
        help_text=gettext_lazy("Only for a new group: what the matter is and where, without names of people."),
        max_length=grouping.LONGEST_NAME,
        required=False,
    )
    others = forms.MultipleChoiceField(
        label=gettext_lazy("Join these appeals, too"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, officer: Officer, appeal: Appeal, offered: list[Appeal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(group.pk): group for group in Group.objects.visible_to(officer)[:MOST_GROUPS]}
        self.offered = {str(each.pk): each for each in offered if not refusal_to_group(officer, each)}
        into = cast(forms.ChoiceField, self.fields["into"])
        into.choices = [(NEW, _("A new group")), *((pk, group.name) for pk, group in self.groups.items())]
        alike = [(pk, _told(each)) for pk, each in self.offered.items() if each.is_alike]
        placed = [(pk, _told(each)) for pk, each in self.offered.items() if not each.is_alike]
        sorts = ((_("The text is alike"), alike), (_("The topic and the place are the same"), placed))
        cast(forms.ChoiceField, self.fields["others"]).choices = [sort for sort in sorts if sort[1]]
        if not self.offered:
            del self.fields["others"]
        self.initial.setdefault("into", NEW)
        self.initial.setdefault("others", [pk for pk, _label in alike])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("into") == NEW and not cleaned.get("name", "").strip():
            self.add_error("name", _("Give the group a name."))
        return cleaned

    @property
    def chosen(self) -> list[Appeal]:
        return [self.offered[pk] for pk in self.cleaned_data.get("others", ())]


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug, "signature", "topic"), timezone.now()
    insist(refusal_to_group(request.officer, appeal))
    offered = crowds.candidates(appeal, on=local_date(at, appeal.agency))
    form = GroupForm(sent(request), officer=request.officer, appeal=appeal, offered=offered)
    if form.is_valid() and taken(form, partial(_gather, form, appeal, by=request.officer, at=at)):
        appeal.refresh_from_db()
        return redirect("desk:one_group", appeal.group_id)
    return act_page(request, appeal, form, "group", is_cut=len(offered) == crowds.MOST_OFFERED)


def _gather(form: GroupForm, appeal: Appeal, *, by: Officer, at: Any) -> None:
    together, into = [appeal, *form.chosen], form.cleaned_data["into"]
    if into == NEW:
        grouping.open_group(together, name=form.cleaned_data["name"], by=by, at=at)
    else:
        grouping.join(together, form.groups[into], by=by, at=at)


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def ungroup(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = visible(request, slug, "group")
    insist(refusal_to_ungroup(request.officer, appeal))
    form = WhyForm(sent(request))
    act = partial(grouping.ungroup, appeal, by=request.officer, at=timezone.now())
    if form.is_valid() and taken(form, partial(act, **form.cleaned_data)):
        return done(request, appeal, _("The appeal is no longer in the group."))
    return act_page(request, appeal, form, "ungroup")


def _told(appeal: Appeal) -> str:
    return f"{appeal.number}, {long_date(appeal.registered_on)}: {shortened(appeal.excerpt)}"
