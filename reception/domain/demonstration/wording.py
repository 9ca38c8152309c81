"""Letters and replies, put together from the shipped parts in the language of the story."""

from random import Random

from agencies.models import Agency, Topic
from appeals.domain.replies import Answer
from appeals.enums import Kind, Outcome
from reception.domain.demonstration.shares import table

PLACED = {"heading.housing", "heading.land", "heading.roads", "heading.city"}  # matters that are at some place


def letter(lot: Random, language: str, kind: Kind, topic: Topic, *, month: int, complained_of: Agency | None) -> str:
    """What the applicant writes: opening, matter, details of place and time, request, closing."""
    phrases, matters = table(f"phrases_{language}"), table(f"matters_{language}")
    told = {
        "month": phrases["months"][(month - 1 - lot.randrange(1, 9)) % 12],
        "village": lot.choice(phrases["villages"]),
        "street": lot.choice(phrases["streets"]),
        "house": lot.randrange(1, 120),
    }
    sorts = ["when", "besides", *(["where"] if topic.group and topic.group.code in PLACED else [])]
    details = [lot.choice(phrases["detail"][sort]) for sort in lot.sample(sorts, lot.randint(1, len(sorts)))]
    against = [phrases["told"]["complained_of"].format(agency=complained_of.named(language))] if complained_of else []
    first = [lot.choice(phrases["opening"]), *against]
    middle = [lot.choice(matters[topic.code]), *(detail.format(**told) for detail in details)]
    last = [lot.choice(phrases["request"][kind]), lot.choice(phrases["closing"])]
    return "\n".join(" ".join(part) for part in (first, middle, last))


def place(lot: Random, language: str, region: str) -> str:
    """An address in `region` that nobody lives at."""
    phrases = table(f"phrases_{language}")
    village, street = lot.choice(phrases["villages"]), lot.choice(phrases["streets"])
    return ", ".join(part for part in (region, village, street, str(lot.randrange(120, 1000))) if part)


def answer(lot: Random, language: str, outcome: Outcome, topic: Topic) -> Answer:
    """What the body replies, with the law of the topic's heading."""
    parts = table(f"answers_{language}")
    law = parts["law"].get(topic.group.code if topic.group else "", "")
    return Answer(
        outcome=outcome,
        text=f"{lot.choice(parts['opening'])} {lot.choice(parts['outcome'][outcome])}",
        law="; ".join(part for part in (law, parts["code"]) if part),
        remedy=lot.choice(parts["remedy"]),
    )


def forward_reason(lot: Random, language: str, occasion: str) -> str:
    """Why an appeal is forwarded: by a body, by the Office, or as a complaint passed up; or sent back."""
    return lot.choice(table(f"phrases_{language}")["forward_reasons"][occasion])


def correction(lot: Random, language: str) -> str:
    """Why another topic is entered than the applicant chose, or one where she chose none."""
    return lot.choice(table(f"phrases_{language}")["correction"])


def said(lot: Random, language: str, what: str) -> str:
    """What is said beside an answer: before it, to it, or after it."""
    return lot.choice(table(f"answers_{language}")["beside"][what])
