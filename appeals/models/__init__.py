from appeals.models.access import AccessRecord
from appeals.models.appeal import NOTHING_DUE, Appeal, AppealText, Forwarding, Routing
from appeals.models.applicant import Applicant
from appeals.models.attachment import Attachment
from appeals.models.breach import Breach, BreachAnnulment, BreachExplanation, BreachMeasure, BreachReview
from appeals.models.clock import Clock, DueChange, Extension, Hold
from appeals.models.count import CountDelta, DayCount, MonthCount
from appeals.models.coupon import Coupon
from appeals.models.door import Dispute, Helpline, Suggestion, Urgency, UrgentPhrase
from appeals.models.event import Anchor, Event, EventText
from appeals.models.hearing import CoExecution, Hearing
from appeals.models.likeness import Group, Signature
from appeals.models.notice import Notice
from appeals.models.reply import Erratum, Reply
from appeals.models.term import LadderStep, SpecialType, Term

__all__ = [
    "NOTHING_DUE",
    "AccessRecord",
    "Anchor",
    "Appeal",
    "AppealText",
    "Applicant",
    "Attachment",
    "Breach",
    "BreachAnnulment",
    "BreachExplanation",
    "BreachMeasure",
    "BreachReview",
    "Clock",
    "CoExecution",
    "CountDelta",
    "Coupon",
    "DayCount",
    "Dispute",
    "DueChange",
    "Erratum",
    "Event",
    "EventText",
    "Extension",
    "Forwarding",
    "Group",
    "Hearing",
    "Helpline",
    "Hold",
    "LadderStep",
    "MonthCount",
    "Notice",
    "Reply",
    "Routing",
    "Signature",
    "SpecialType",
    "Suggestion",
    "Term",
    "Urgency",
    "UrgentPhrase",
]
