"""Cases written by hand, a fixed number of them: what is too rare for chance to show it where visitors look."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from reception.domain.demonstration.shares import table

FILES = ("urgent", "disputes", "crowds", "others")  # a small demonstration has only the first scenes
OWN = "{own}"  # in the text of many: what each says of herself


@dataclass(frozen=True)
class Scene:
    """An appeal received `age` working days before the date, at the `hour`; on age 0 the evening before.

    Scenes of one `person` are of one applicant. `body` is the one that gets it first. `acts` are told by what is
    done, on which working day after the receipt and at which hour of the body.
    """

    person: str
    language: str
    topic: str
    region: str
    body: str
    text: str
    age: int
    hour: time
    acts: Sequence[Mapping[str, Any]] = ()
    district: str = ""
    kind: str = "application"
    complained_of: str = ""


def scenes() -> list[Scene]:
    """All there are, as shipped."""
    return [scene for file in FILES for told in table(f"scenes/{file}")["scene"] for scene in _told(told)]


def _told(told: Mapping[str, Any]) -> Iterator[Scene]:
    """One; or of a text that many sign, one for each of its `own`, with what she says of herself."""
    shared = {name: value for name, value in told.items() if name != "own"}
    for n, own in enumerate(told.get("own", [{"says": ""}]), start=1):
        of_her = {name: value for name, value in own.items() if name != "says"}
        text = told["text"].strip().replace(OWN, own["says"])
        yield Scene(**shared | of_her | {"text": text, "person": f"{told['person']} {n}"})
