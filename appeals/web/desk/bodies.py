"""A living body, told by what an official types of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agencies.models import Agency

MOST_LISTED = 5


class BodyField(forms.CharField):
    """One of `bodies`, by its code or name, else by words of its name, in any of the languages."""

    bodies = Agency.objects.none()

    def clean(self, value: Any) -> Agency | None:
        told = " ".join(super().clean(value).split())
        if not told:
            return None
        found = list(called(self.bodies, told)[: MOST_LISTED + 1] or with_words(self.bodies, told)[: MOST_LISTED + 1])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(_("No living body has this code or name."))
        listed = "; ".join(f"{body} ({body.code})" for body in found[:MOST_LISTED])
        if len(found) > MOST_LISTED:
            raise ValidationError(_("Many bodies fit, among them: %(bodies)s. Enter more.") % {"bodies": listed})
        raise ValidationError(_("Several bodies fit: %(bodies)s. Enter one name or code.") % {"bodies": listed})


def called(bodies: QuerySet[Agency], told: str) -> QuerySet[Agency]:
    """Whose code, or whole name in any of the languages, is `told`."""
    return bodies.filter(
        Q(code__iexact=told) | Q(name_kk__iexact=told) | Q(name_ru__iexact=told) | Q(name_en__iexact=told)
    )


def with_words(bodies: QuerySet[Agency], words: str) -> QuerySet[Agency]:
    """Each of `words` is somewhere in the name, in any of the languages."""
    for word in words.split():
        bodies = bodies.filter(Q(name_kk__icontains=word) | Q(name_ru__icontains=word) | Q(name_en__icontains=word))
    return bodies
