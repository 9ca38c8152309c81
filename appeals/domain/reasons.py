"""Why an appeal went where it went, in words: a sentence or two for everybody, the rules behind it for officials."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from agencies.enums import Condition, Loss

# what the rules of competence name as their basis
BASES = (
    gettext_noop("APPK, Art. 3(4)"),
    gettext_noop("Code on public health and the health care system"),
    gettext_noop("Constitutional Law on elections"),
    gettext_noop("Constitutional Law on the prosecutor's office"),
    gettext_noop("Ecological Code"),
    gettext_noop("Entrepreneurial Code"),
    gettext_noop("Forest Code"),
    gettext_noop("Labour Code"),
    gettext_noop("Land Code"),
    gettext_noop("Law on civil protection"),
    gettext_noop("Law on communications"),
    gettext_noop("Law on compulsory social health insurance"),
    gettext_noop("Law on countering corruption"),
    gettext_noop("Law on culture"),
    gettext_noop("Law on education"),
    gettext_noop("Law on enforcement proceedings"),
    gettext_noop("Law on housing construction savings"),
    gettext_noop("Law on housing relations"),
    gettext_noop("Law on internal affairs bodies"),
    gettext_noop("Law on languages"),
    gettext_noop("Law on local government"),
    gettext_noop("Law on mass media"),
    gettext_noop("Law on military service and the status of servicemen"),
    gettext_noop("Law on motor roads"),
    gettext_noop("Law on natural monopolies"),
    gettext_noop("Law on physical culture and sport"),
    gettext_noop("Law on public procurement"),
    gettext_noop("Law on public services"),
    gettext_noop("Law on religious activity and religious associations"),
    gettext_noop("Law on responsible treatment of animals"),
    gettext_noop("Law on state regulation of the financial market"),
    gettext_noop("Law on the civil service"),
    gettext_noop("Law on the diplomatic service"),
    gettext_noop("Law on the migration of the population"),
    gettext_noop("Law on the protection of consumers' rights"),
    gettext_noop("Law on tourist activity"),
    gettext_noop("Law on trade activity"),
    gettext_noop("Law on transport"),
    gettext_noop("Social Code"),
    gettext_noop("Tax Code"),
    gettext_noop("Water Code"),
)

# which fields of an explanation are codes of what
SORTS = {
    "topic": "topic",
    "region": "region",
    "district": "region",
    "complained_of": "body",
    "successor": "body",
    "decider": "body",
    "left": "body",
}

IN_WORDS = {
    "no_topic": gettext_lazy("No topic was chosen; the President's Office determines the competent body."),
    "no_rule": gettext_lazy(
        "The directory names no body for this topic and region; the President's Office determines the competent body."
    ),
    "tie": gettext_lazy("Two rules of competence fit equally; the President's Office determines the competent body."),
    "nobody_there": gettext_lazy(
        "The region has no body that answers for this topic; the President's Office determines the competent body."
    ),
    "no_place": gettext_lazy(
        "Matters of the topic “%(topic)s” are decided where they arise, and no place was stated; the President's "
        "Office determines the competent body."
    ),
    "two_bodies": gettext_lazy(
        "Two bodies answer for this topic there; the President's Office determines the competent body."
    ),
    "ceased": gettext_lazy(
        "The body that answered for this topic has ceased, and the directory names none in its place; the President's "
        "Office determines the competent body."
    ),
    "topic_ceased": gettext_lazy(
        "The topic “%(topic)s” is no longer in use; the President's Office determines the competent body."
    ),
    "addressed_to_president": gettext_lazy("The appeal is addressed to the President."),
    "complaint": gettext_lazy(
        "A complaint goes by way of the body complained of (%(complained_of)s) to the body above it, "
        "which decides: %(decider)s."
    ),
    "special_law": gettext_lazy(
        "A special law names who decides complaints about this body (%(complained_of)s): %(decider)s."
    ),
    "complained_of_ceased": gettext_lazy(
        "The body complained of (%(complained_of)s) has ceased, and the directory names none in its place; the "
        "President's Office determines the competent body."
    ),
    "no_superior": gettext_lazy(
        "No body above the one complained of (%(complained_of)s) hears complaints; the President's Office "
        "explains the way to the court or under a special law."
    ),
    "received_here": gettext_lazy("The appeal was handed in at this body."),
    "urgent": gettext_lazy(
        "The text may tell of a crime or of violence, which cannot wait: "
        "the police of the region get it at once (Article 64(7-2) of the Code)."
    ),
    "in_part": gettext_lazy("It is a part of the appeal %(parent)s. It was passed on by: %(left)s."),
}

Names = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class RuleInWords:
    """A rule of competence as officials read it; where it lost, `because` of what, a code of `Loss`."""

    answerer: str
    basis: str
    is_verified: bool
    because: str = ""

    @property
    def why(self) -> str:
        return str(Loss(self.because).label) if self.because in Loss.values else ""


@dataclass(frozen=True)
class Weighing:
    """The rule that decided, by which conditions it fitted, and those that it beat."""

    rule: RuleInWords | None
    conditions: list[str]
    beaten: list[RuleInWords]


def explained(explanation: Mapping[str, Any], names: Names) -> str:
    """Why the body the routing named got the appeal; `names` as `wording.names_in([explanation])` gives them."""
    told = {what: _named(names, sort, explanation.get(what)) for what, sort in SORTS.items()}
    told |= {"parent": explanation.get("parent", ""), "basis": _basis(names, explanation.get("rule"))}
    reason = explanation.get("reason")
    sentences = [IN_WORDS[reason] % told] if reason in IN_WORDS else []
    if reason == "rule":
        sentences = [_answers_for(explanation) % told, _place(told)]
    if told["successor"]:
        sentences.append(_("It was succeeded by: %(successor)s.") % told)
    if told["basis"] and reason in ("rule", "special_law"):
        sentences.append(_("Basis: %(basis)s.") % told)
    return " ".join(filter(None, map(str, sentences)))


def weighed(explanation: Mapping[str, Any], names: Names) -> Weighing:
    """Which rules were weighed; of explanations kept before reasons were, only which were beaten."""
    rule, beat = explanation.get("rule"), explanation.get("beat", [])
    because = explanation.get("because") or [""] * len(beat)
    return Weighing(
        _rule(names, rule) if rule else None,
        [_("topic"), *(str(Condition(code).label) for code in explanation.get("by", []) if code in Condition.values)],
        list(dict.fromkeys(_rule(names, lost, code) for lost, code in zip(beat, because, strict=True))),
    )


def in_words(basis: str) -> str:
    """The basis of a rule in the reader's language; one the catalogues do not know, as it was entered."""
    return _(basis) if basis in BASES else basis


def _answers_for(explanation: Mapping[str, Any]) -> str:
    if Condition.KIND in explanation.get("by", []):
        return _("This body answers for appeals of this kind on the topic “%(topic)s”.")
    return _("This body answers for the topic “%(topic)s”.")


def _place(told: Mapping[str, str]) -> str:
    if told["district"]:
        return _("Place: %(district)s, %(region)s.") % told
    return _("Region: %(region)s.") % told if told["region"] else ""


def _rule(names: Names, rule: int, because: str = "") -> RuleInWords:
    """The rule with the id `rule` as it stands today; one that is there no more goes by its number."""
    answerer = names.get(("rule", str(rule))) or _("Rule %(number)s, no longer in the directory") % {"number": rule}
    return RuleInWords(answerer, _basis(names, rule), names.get(("verified", str(rule))) == "true", because)


def _basis(names: Names, rule: int | None) -> str:
    return in_words(names.get(("basis", str(rule)), ""))


def _named(names: Names, sort: str, code: str | None) -> str:
    return "" if code is None else names.get((sort, str(code)), str(code))
