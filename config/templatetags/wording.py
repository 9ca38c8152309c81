"""Dates in words, for templates."""

from django import template

from agencies.domain import wording

register = template.Library()
register.filter("long_date", wording.long_date)
register.filter("long_day", wording.long_day)
register.filter("moment", wording.moment)
