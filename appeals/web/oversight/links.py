"""Addresses of the cases behind a number."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from urllib.parse import urlencode

from django.urls import reverse

from appeals.domain.statistics.cases import IN_A_PERIOD, Show
from appeals.domain.statistics.periods import Period
from appeals.filters import NO, YES

REGISTERED = {"official": YES, "annulled": NO}  # of the register of breaches what the figures count
NO_CODES: Mapping[str, str] = MappingProxyType({})


@cache
def _cases() -> str:
    """Found once: a page of all bodies has thousands of links."""
    return reverse("oversight:cases")


def cases_url(show: Show, period: Period | None = None, codes: Mapping[str, str] = NO_CODES) -> str:
    """The list of `show`, narrowed down by codes; a list of a period names its days, so that it stays the same."""
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()} if period else {}
    if bool(days) != (show in IN_A_PERIOD):
        raise ValueError(f"{show} and a period do not go together")
    given = {name: code for name, code in codes.items() if code}
    return f"{_cases()}?{urlencode({'show': show.value, **days, **given})}"


def register_url(cause: str, period: Period | None = None) -> str:
    """The breaches with this `cause` in the register: of any time and kind, or those the figures of a period count."""
    days = {"noted_from": period.first.isoformat(), "noted_to": period.last.isoformat()} if period else {}
    return f"{reverse('oversight:register')}?{urlencode({'cause': cause, **(days and REGISTERED), **days})}"
