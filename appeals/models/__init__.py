from appeals.models.access import AccessRecord
from appeals.models.appeal import NOTHING_DUE, Appeal, AppealText, Forwarding, Routing
from appeals.models.applicant import Applicant
from appeals.models.attachment import Attachment
from appeals.models.clock import Breach, Clock
from appeals.models.count import CountDelta, DayCount, MonthCount
from appeals.models.coupon import Coupon
from appeals.models.event import Anchor, Event, EventText
from appeals.models.notice import Notice
from appeals.models.reply import Reply
from appeals.models.term import Term

__all__ = [
    "NOTHING_DUE",
    "AccessRecord",
    "Anchor",
    "Appeal",
    "AppealText",
    "Applicant",
    "Attachment",
    "Breach",
    "Clock",
    "CountDelta",
    "Coupon",
    "DayCount",
    "Event",
    "EventText",
    "Forwarding",
    "MonthCount",
    "Notice",
    "Reply",
    "Routing",
    "Term",
]
