"""The coupon (Art. 64(2)): number, key, who answers, by when. Shown for an hour."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from appeals.domain import coupons
from reception.domain import emergency, tracking
from reception.web import session, worded
from reception.web.private import private


@private
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    appeal_id = session.receipt(request)
    case = tracking.case(appeal_id, on=timezone.localdate()) if appeal_id else None
    if case is None:
        return redirect("reception:follow")
    context = {
        "case": case,
        "key": coupons.key_of(case.appeal),
        "promise": worded.promise(case.clock, is_unheard=case.is_unheard) if case.clock else "",
        "steps": worded.of_case(case),
        "emergency": emergency.of_case(case.appeal, case.appeal.told_helplines),
    }
    return render(request, "reception/receipt.html", context)
