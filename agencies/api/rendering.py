"""How an answer is written: as people read it, whatever it has to repeat of what was sent."""

from typing import Any

from rest_framework.renderers import JSONRenderer


class ReadableJSONRenderer(JSONRenderer):
    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        """In UTF-8; in ASCII where half a character is told back, of which UTF-8 knows nothing."""
        try:
            return super().render(data, *args, **kwargs)
        except UnicodeEncodeError:
            self.ensure_ascii = True
            return super().render(data, *args, **kwargs)
