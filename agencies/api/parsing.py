"""What a body may be: JSON that is not nested beyond reading. Its size is Django's business."""

from collections.abc import Mapping
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class ShallowJSONParser(JSONParser):
    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The body as it was sent; `null` says as little as no body at all."""
        try:
            parsed = super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise ParseError(_("The body is nested too deeply.")) from None
        except ParseError as error:
            raise ParseError(_("The body is not JSON.")) from error
        return {} if parsed is None else parsed
