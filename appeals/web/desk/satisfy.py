"""The body complained of satisfies the complaint in full itself."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from appeals.domain import clocks, replies
from appeals.domain.routing import superior_instance
from appeals.domain.terms import local_date
from appeals.domain.wording import standard_remedy
from appeals.enums import ClockKind
from appeals.rules import insist, refusal_to_satisfy
from appeals.web.desk.cases import act_page, desk, done, sent, taken, visible
from appeals.web.desk.prepare_reply import ReplyForm


class SatisfyForm(ReplyForm):
    """An answer whose outcome is settled."""

    outcome = None
    field_order = ("text", "law", "remedy", "needs_execution")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = gettext_lazy(
            "What your body does about every demand of the complaint; in the language of the complaint."
        )
        self.fields["needs_execution"].help_text = gettext_lazy(
            "To be carried out within five working days of the answer."
        )


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def satisfy(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug, "agency__superior__superior"), timezone.now()
    on = local_date(at, appeal.agency)
    passing_up = clocks.running_one(appeal, ClockKind.PASSING_UP)
    insist(refusal_to_satisfy(request.officer, appeal, passing_up, on=on))
    superior = superior_instance(appeal.agency, on)
    form = SatisfyForm(sent(request), initial={"remedy": standard_remedy(appeal.agency, superior, appeal.language)})
    act = partial(replies.satisfy, appeal, by=request.officer, at=at)
    if form.is_valid() and taken(form, lambda: act(**form.cleaned_data)):
        return done(request, appeal, _("The complaint is satisfied. The answer is signed and will be sent."))
    return act_page(request, appeal, form, "satisfy", superior=superior, due_on=passing_up and passing_up.due_on)
