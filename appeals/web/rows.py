"""Rows of the tables that the pages of officials show."""

from typing import Any


def table_row(cells: dict[str, Any], url: str = "") -> list[dict[str, Any]]:
    """`cells` by their labels, as components/_table.html wants them; the first one leads to `url`."""
    told = [
        {"label": label, "text": text, "url": "", "is_number": isinstance(text, int)} for label, text in cells.items()
    ]
    told[0]["url"] = url
    return told
