"""The coupon to hand over: number, key, when and by whom the appeal was accepted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from appeals.domain import coupons, numbering
from appeals.rules import insist, refusal_to_print_coupon
from appeals.web.desk.cases import desk, visible


@desk
@require_safe
def coupon(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = visible(request, slug)
    insist(refusal_to_print_coupon(request.officer, appeal))
    context = {
        "appeal": appeal,
        "slug": numbering.slug(appeal.number),
        "coupon": appeal.coupon,
        "key": coupons.key_of(appeal),
        "accepted_by": request.officer,
    }
    return render(request, "desk/coupon.html", context)
