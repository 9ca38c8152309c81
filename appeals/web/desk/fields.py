"""Fields that several forms of the desk share: topics by heading, districts by region, files told by their content."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy

from agencies.models import Region
from appeals.domain import uploads
from appeals.errors import UnfitFile


class TopicsByHeading(ModelChoiceIterator):
    def __iter__(self) -> Iterator[Any]:
        yield "", self.field.empty_label
        for heading, topics in groupby(self.queryset, key=lambda topic: topic.group):
            yield str(heading), [self.choice(topic) for topic in topics]


class TopicField(forms.ModelChoiceField):
    iterator = TopicsByHeading


class DistrictsByRegion(ModelChoiceIterator):
    def __iter__(self) -> Iterator[Any]:
        yield "", self.field.empty_label
        for region, districts in groupby(self.queryset, key=lambda district: district.superior):
            yield str(region), [self.choice(district) for district in districts]


class DistrictField(forms.ModelChoiceField):
    """Grouped by region; which of them is chosen elsewhere in the form."""

    iterator = DistrictsByRegion

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("District or city"),
            help_text=gettext_lazy("Of the region above; only where it is known."),
            queryset=Region.objects.none(),
            required=False,
            empty_label=gettext_lazy("Not stated"),
        )

    def offer(self, on: date, *, also: int | None = None) -> None:
        """The districts of the local date `on`, and the one that stands already."""
        rows = Region.objects.exclude(superior=None).alive(on) | Region.objects.filter(pk=also)
        self.queryset = rows.select_related("superior").order_by("superior__code", "code")


class SpecialTypesByKind(ModelChoiceIterator):
    def __iter__(self) -> Iterator[Any]:
        yield "", self.field.empty_label
        for kind, special_types in groupby(self.queryset, key=lambda special: special.get_kind_display()):
            yield kind, [self.choice(special) for special in special_types]


class SpecialTypeField(forms.ModelChoiceField):
    iterator = SpecialTypesByKind


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class ScansField(forms.FileField):
    """Several files, each told by its content."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[uploads.CheckedFile]:
        one_clean = super().clean
        files = [one_clean(file, initial) for file in data or ()]
        try:
            return uploads.all_checked([(file.name, file) for file in files])
        except UnfitFile as unfit:
            raise ValidationError(str(unfit)) from unfit
