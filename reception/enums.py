"""The closed lists of the counter."""

from enum import StrEnum


class Step(StrEnum):
    """The questions of an appeal, one a page, in the order they are asked."""

    KIND = "kind"
    PLACE = "place"
    DISTRICT = "district"
    HEADING = "heading"
    TOPIC = "topic"
    BODY = "body"
    TEXT = "text"
    FILES = "files"
    TYPE = "applicant"
    NAME = "name"
    CONTACTS = "contacts"
