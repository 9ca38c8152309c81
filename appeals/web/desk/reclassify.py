"""Correct what an appeal is and is about."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.domain.wording import long_date
from agencies.models import Agency, Officer, Region, Topic
from appeals.domain import reclassification
from appeals.domain.reclassification import Classes
from appeals.domain.terms import local_date
from appeals.enums import Kind
from appeals.models import Appeal, SpecialType
from appeals.rules import insist, refusal_to_reclassify
from appeals.web.desk.bodies import BodyField
from appeals.web.desk.cases import act_page, desk, done, sent, taken, visible
from appeals.web.desk.fields import DistrictField, TopicField


class ReclassifyForm(forms.Form):
    """`is_aware` is asked for only where the new term is already over; `seen` says what the page was made from."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the kind of the appeal.")},
    )
    special_type = forms.ChoiceField(
        label=gettext_lazy("Special type"),
        help_text=gettext_lazy("Only where a special law sets a term of its own."),
        required=False,
    )
    complained_of = BodyField(
        label=gettext_lazy("Body complained of"),
        help_text=gettext_lazy("For a complaint: its code, its name or words of its name."),
        required=False,
        max_length=255,
    )
    topic = TopicField(
        label=gettext_lazy("Topic"),
        queryset=Topic.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not stated"),
    )
    region = forms.ModelChoiceField(
        label=gettext_lazy("Region"),
        queryset=Region.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not stated"),
    )
    district = DistrictField()
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The applicant will read it: what in the text makes the appeal what it is."),
        max_length=3000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Say why this is corrected; the applicant will read it.")},
    )
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    is_aware = forms.BooleanField(
        label=gettext_lazy("Go on: the breach is recorded at once"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, appeal: Appeal, on: date, **kwargs: Any) -> None:
        super().__init__(*args, initial=_as_it_stands(appeal), **kwargs)
        known = list(SpecialType.objects.all())
        self.kind_of = {special.code: special.kind for special in known}
        self.fields["special_type"].choices = [("", _("None")), *((special.code, str(special)) for special in known)]
        self.fields["complained_of"].bodies = Agency.objects.alive(on)
        self.fields["region"].queryset = Region.objects.first_level().alive(on) | Region.objects.filter(
            pk=appeal.region_id
        )
        self.fields["district"].offer(on, also=appeal.district_id)
        topics = Topic.objects.alive(on) | Topic.objects.filter(pk=appeal.topic_id)
        self.fields["topic"].queryset = (
            topics.exclude(group=None).select_related("group").order_by("group__position", "position")
        )

    def clean(self) -> dict[str, Any]:
        """A body complained of says nothing where the appeal is made no complaint."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") not in (None, Kind.COMPLAINT):
            self.errors.pop("complained_of", None)
            cleaned["complained_of"] = None
        if cleaned.get("kind") == Kind.COMPLAINT and "complained_of" in cleaned and cleaned["complained_of"] is None:
            self.add_error("complained_of", _("Name the body complained of."))
        special = cleaned.get("special_type")
        if special and "kind" in cleaned and self.kind_of[special] != cleaned["kind"]:
            self.add_error("special_type", _("This special type belongs to another kind of appeal."))
        return cleaned

    def classes(self) -> Classes:
        told = self.cleaned_data
        about = (told["topic"], told["region"], told["complained_of"], told["district"])
        return Classes(told["kind"], told["special_type"], *about)

    def warn(self, due_on: date) -> None:
        """Ask once more: the term of the new kind is over already."""
        self.fields["is_aware"].widget = forms.CheckboxInput()
        self.add_error(
            "is_aware",
            _("The term of the new kind was over on %(day)s. If you go on, the breach is recorded at once.")
            % {"day": long_date(due_on)},
        )


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def reclassify(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug, "topic", "region", "district"), timezone.now()
    on = local_date(at, appeal.agency)
    insist(refusal_to_reclassify(request.officer, appeal))
    form = ReclassifyForm(sent(request), appeal=appeal, on=on)
    if form.is_valid() and not _is_to_wait(form, appeal, by=request.officer, on=on):
        told = {"reason": form.cleaned_data["reason"], "seen": form.cleaned_data["seen"] or None}
        if taken(form, partial(reclassification.reclassify, appeal, form.classes(), **told, by=request.officer, at=at)):
            return done(request, appeal, _("The appeal is reclassified."))
    return act_page(request, appeal, form, "reclassify")


def _is_to_wait(form: ReclassifyForm, appeal: Appeal, *, by: Officer, on: date) -> bool:
    """Whether the new kind may not be, or its term is over and she was not told; both are said on the form.

    Of a page that a colleague's correction has overtaken nothing is weighed: it is refused as such.
    """
    if form.cleaned_data["seen"] not in ("", Classes.of(appeal).digest):
        return False
    change = reclassification.foreseen(appeal, form.classes(), on=on)
    refusal = reclassification.refusal_of_classes(appeal, form.classes(), change, by=by)
    if refusal:
        form.add_error("kind", refusal)
    elif change and change.due_on < on and not form.cleaned_data["is_aware"]:
        form.warn(change.due_on)
    return bool(form.errors)


def _as_it_stands(appeal: Appeal) -> dict[str, Any]:
    return {
        "kind": appeal.kind,
        "special_type": appeal.special_type,
        "topic": appeal.topic_id,
        "region": appeal.region_id,
        "district": appeal.district_id,
        "complained_of": appeal.complained_of.code if appeal.complained_of else "",
        "seen": Classes.of(appeal).digest,
    }
