"""How the list of bodies is narrowed."""

import django_filters as filters
from django.db.models import Q, QuerySet

from agencies.api.fields import CodeField
from agencies.enums import Level
from agencies.models import Agency, Function, Region

UNKNOWN = {"invalid_choice": CodeField.default_error_messages["unknown"]}


class AgencyFilter(filters.FilterSet):
    level = filters.ChoiceFilter(choices=Level.choices)
    region = filters.ModelChoiceFilter(queryset=Region.objects.all(), to_field_name="code", error_messages=UNKNOWN)
    function = filters.ModelChoiceFilter(queryset=Function.objects.all(), to_field_name="code", error_messages=UNKNOWN)
    search = filters.CharFilter(method="named", max_length=100, label="Part of the name, in any language")

    class Meta:
        model = Agency
        fields = ("level", "region", "function", "search")

    def named(self, bodies: QuerySet, name: str, value: str) -> QuerySet:
        return bodies.filter(Q(name_kk__icontains=value) | Q(name_ru__icontains=value) | Q(name_en__icontains=value))
