"""How every form is drawn: labels, hints and errors as `templates/components/_field.html` lays them out."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (Input, "govuk-input"),
)


class PlainBoundField(BoundField):
    """A field that knows its class, its limit and where a link to it leads; the browser never judges it."""

    @property
    def is_checkbox(self) -> bool:
        """One box with its label behind it, rather than a list of boxes."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def limit(self) -> int:
        """Characters a long answer may have; 0 where none is set or the input is a single line."""
        is_long = isinstance(self.field.widget, forms.Textarea)
        return (is_long and getattr(self.field, "max_length", 0)) or 0

    @property
    def is_optional(self) -> bool:
        """Whether it may be left empty whatever else is answered; a form names its other fields in `conditional`."""
        return not self.field.required and self.name not in getattr(self.form, "conditional", ())

    @property
    def anchor(self) -> str:
        """The id of the first control, for the link of the error summary."""
        return self.id_for_label or f"{self.auto_id}_0"

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        if described is None or not self.limit:
            return described
        return f"{described} {self.auto_id}_count".strip()

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("required", None)
        if widget.is_hidden:
            return attrs
        own = next((name for kind, name in CLASSES if isinstance(widget, kind)), "")
        if own:
            attrs["class"] = f"{own} {widget.attrs.get('class', '')}".strip()
        if "placeholder" in widget.attrs:
            attrs["placeholder"] = False
        if isinstance(widget, forms.RadioSelect):
            attrs.pop("aria-invalid", None)
        if self.limit:
            # A browser cuts a longer text silently when it is pasted; the form says so instead.
            attrs |= {"maxlength": False, "data-limit": str(self.limit)}
        return attrs


class PlainRenderer(TemplatesSetting):
    """Looks in the project's templates first, so that `{{ form }}` comes out in the house's design."""

    bound_field_class = PlainBoundField
