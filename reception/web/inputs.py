"""Fields of the citizen's pages that Django does not have."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class ExplainedRadios(forms.RadioSelect):
    """One of several, each with a line of explanation."""

    template_name = "reception/_explained_radios.html"

    def __init__(self, explanations: Mapping[Any, Any]) -> None:
        super().__init__()
        self.explanations = explanations

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["explanation"] = self.explanations.get(str(value), "")
        if option["explanation"]:
            option["attrs"]["aria-describedby"] = f"{option['attrs']['id']}_hint"
        return option


class PlainText(forms.CharField):
    """What a person writes: lines end one way, so that they count as they look; there are letters in it."""

    def to_python(self, value: Any) -> str:
        written = super().to_python(value) or ""
        return written.replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not any(char.isalpha() for char in value):
            raise ValidationError(_("Write it in words."), code="no_words")
