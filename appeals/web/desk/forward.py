"""Hand an appeal over to the competent body. The body is looked for on the same form, so that nothing typed is lost."""

from datetime import date
from functools import partial

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.models import Agency, Function, Region
from appeals.domain import forwarding
from appeals.domain.terms import local_date
from appeals.models import Appeal
from appeals.rules import insist, is_complained_of, refusal_to_forward, superior_instance
from appeals.web.desk import suggested
from appeals.web.desk.bodies import with_words
from appeals.web.desk.cases import act_page, desk, done, key_in, sent, visible

AT_MOST = 20
FINDERS = ("name", "region", "function")


class ForwardForm(forms.Form):
    """`above`: the one body that may be chosen, where a complaint goes up from the body complained of."""

    above: Agency | None = None
    name = forms.CharField(label=gettext_lazy("Name of the body, or a part of it"), max_length=200, required=False)
    region = forms.ModelChoiceField(
        label=gettext_lazy("Region"), queryset=Region.objects.none(), required=False, empty_label=gettext_lazy("Any")
    )
    function = forms.ModelChoiceField(
        label=gettext_lazy("Field of work"),
        queryset=Function.objects.all(),
        required=False,
        empty_label=gettext_lazy("Any"),
    )
    to = forms.ModelChoiceField(
        label=gettext_lazy("Forward to"),
        queryset=Agency.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose the body."),
            "invalid_choice": gettext_lazy("Choose one of the bodies found."),
        },
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The applicant will read it: why this body is competent and yours is not."),
        max_length=3000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": gettext_lazy("Say why the appeal is forwarded.")},
    )

    def __init__(self, *args: object, leaving: Agency, on: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        order = f"name_{(get_language() or 'kk')[:2]}"
        self.fields["region"].queryset = Region.objects.first_level().alive(on).order_by(order)
        self.fields["function"].queryset = Function.objects.order_by(order)
        self.living = Agency.objects.alive(on).but_head_of_state().exclude(pk=leaving.pk).order_by(order)
        self.fields["to"].queryset = self.living

    @property
    def finders(self) -> list[forms.BoundField]:
        return [self[name] for name in FINDERS]

    def propose(self, likely: QuerySet[Agency]) -> None:
        """Offer the bodies that the text suggests, a single one chosen already."""
        self.is_cut, self.has_looked = False, False
        self.offered = list(likely[:AT_MOST])
        told = _("%(body)s – suggested by the text: %(topic)s")
        self.fields["to"].choices = [(body.pk, told % {"body": body, "topic": body.about}) for body in self.offered]
        if len(self.offered) == 1:
            self.initial["to"] = self.offered[0].pk

    def pass_up(self, above: Agency) -> None:
        self.above, self.is_cut, self.has_looked = above, False, True
        self.offered = [above]
        self.fields["to"].choices = [(above.pk, str(above))]
        self.initial["to"] = above.pk

    def look(self) -> None:
        """Offer at most `AT_MOST` of the bodies asked for; none while nothing is asked."""
        asked = {name: str(self[name].value() or "").replace("\x00", "").strip() for name in FINDERS}
        found = matching(self.living, **asked) if any(asked.values()) else self.living.none()
        offered = list(found[: AT_MOST + 1])
        self.is_cut = len(offered) > AT_MOST
        self.has_looked = any(asked.values())
        chosen = str(self["to"].value() or "")
        if key_in(chosen) and chosen not in {str(body.pk) for body in offered}:
            offered = [*self.living.filter(pk=chosen), *offered]
        self.offered = offered[: AT_MOST + 1]
        self.fields["to"].choices = [(body.pk, str(body)) for body in self.offered]


def matching(bodies: QuerySet[Agency], *, name: str, region: str, function: str) -> QuerySet[Agency]:
    """Each word of `name` is somewhere in the name, in any of the languages; by name, districts of `region` as well."""
    bodies = with_words(bodies, name)
    place, field = key_in(region), key_in(function)
    if (region and place is None) or (function and field is None):
        return bodies.none()
    if place:
        within = Q(region__superior=place) if name else Q()
        bodies = bodies.filter(Q(region=place) | within)
    return bodies.filter(function=field) if field else bodies


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def forward(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug, "topic", "suggestion"), timezone.now()
    on = local_date(at, appeal.agency)
    may_not = partial(refusal_to_forward, request.officer, appeal, journey=forwarding.journey_of(appeal, on))
    insist(may_not())
    if "find" in request.POST:
        return _page(request, appeal, ForwardForm(initial=request.POST.dict(), leaving=appeal.agency, on=on), on=on)
    form = ForwardForm(sent(request), leaving=appeal.agency, on=on, initial={"region": appeal.region_id})
    if form.is_valid():
        to = form.cleaned_data["to"]
        refusal = may_not(to, on=on)
        if not refusal:
            forwarding.forward(appeal, to, by=request.officer, at=at, reason=form.cleaned_data["reason"])
            return done(request, appeal, _("The appeal is forwarded to: %(body)s.") % {"body": to})
        form.add_error("to", refusal)
    return _page(request, appeal, form, on=on)


def _page(request: HttpRequest, appeal: Appeal, form: ForwardForm, *, on: date) -> HttpResponse:
    above = superior_instance(appeal.complained_of, on) if is_complained_of(appeal.agency, appeal) else None
    likely = suggested.bodies(form.living, appeal, on=on) if request.method != "POST" else None
    if above:
        form.pass_up(above)
    elif likely is None:
        form.look()
    else:
        form.propose(likely)
    return act_page(request, appeal, form, "forward")
