"""The closed lists of the case."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What the applicant wants of the state (Art. 4 of the Code)."""

    APPLICATION = "application", _("Application")
    COMPLAINT = "complaint", _("Complaint")
    REPORT = "report", _("Report")
    PROPOSAL = "proposal", _("Proposal")
    OPINION = "opinion", _("Opinion")
    INQUIRY = "inquiry", _("Inquiry")


class ApplicantType(TextChoices):
    PERSON = "person", _("Person")
    FIRM = "firm", _("Firm")


class Status(TextChoices):
    """Where the case stands; lateness, control and extensions are not statuses."""

    REGISTERED = "registered", _("Registered")  # a body holds it, no officer yet
    ASSIGNED = "assigned", _("With an officer")
    IN_REVIEW = "in_review", _("Under review")
    ON_HOLD = "on_hold", _("Waiting for the applicant")
    ANSWERED = "answered", _("Answered")
    RETURNED = "returned", _("Returned without review")
    TERMINATED = "terminated", _("Terminated")
    WITHDRAWN = "withdrawn", _("Withdrawn by the applicant")


FINAL = (Status.ANSWERED, Status.RETURNED, Status.TERMINATED, Status.WITHDRAWN)
OPEN = tuple(status for status in Status if status not in FINAL)


class ClockKind(TextChoices):
    """The terms the law sets running on a case."""

    REGISTRATION = "registration", _("Registration")
    FORWARDING = "forwarding", _("Forwarding")
    PASSING_UP = "passing_up", _("Passing a complaint up")
    REPLY = "reply", _("Reply")


class OwedBy(TextChoices):
    BODY = "body", _("Body")
    APPLICANT = "applicant", _("Applicant")


class TermUnit(TextChoices):
    WORKING_DAYS = "working", _("working days")
    CALENDAR_DAYS = "calendar", _("calendar days")
    MONTHS = "month", _("months")


class EventKind(TextChoices):
    """One line of history each; the codes are stored, hashed and never reworded."""

    REGISTERED = "registered", _("Registered")
    ROUTED = "routed", _("Body determined")
    ACCEPTED = "accepted", _("Accepted by the body")
    ASSIGNED = "assigned", _("Assigned to an officer")
    FORWARDED = "forwarded", _("Forwarded by competence")
    REVIEW_BEGUN = "review_begun", _("Review begun")
    REPLY_PREPARED = "reply_prepared", _("Reply prepared")
    ANSWERED = "answered", _("Answered")
    RETURNED = "returned", _("Returned without review")
    TERMINATED = "terminated", _("Terminated")
    BREACHED = "breached", _("Term broken")


class Outcome(TextChoices):
    """What the answer gives the applicant."""

    SATISFIED = "satisfied", _("Satisfied")
    PARTLY = "partly", _("Satisfied in part")
    EXPLAINED = "explained", _("Explained")
    REFUSED = "refused", _("Refused")
    NOTED = "noted", _("Taken note of")


class ReturnGround(TextChoices):
    """Why an appeal goes back without review (Art. 64(7))."""

    IDENTICAL = "identical", _("Identical to one already considered, without new arguments")
    INSULTING = "insulting", _("Obscene or insulting language")


class TerminationGround(TextChoices):
    """Why review ends without a decision (Art. 70(1), 88(1))."""

    REPEATED = "repeated", _("Repeated without new arguments, answers were given")
    ANONYMOUS = "anonymous", _("The author cannot be established")
    NO_SUBSTANCE = "no_substance", _("The substance is not stated")
    COURT_ACT = "court_act", _("A court act on the same matter is in force")
    DECIDED = "decided", _("There is already a decision on the same matter")
    NO_SUPERIOR = "no_superior", _("No body hears complaints against this one: the way leads to court")


class NoticeKind(TextChoices):
    """Messages owed; each has its texts under templates/notices/<kind>/."""

    REGISTERED = "registered", _("Appeal registered")
    FORWARDED = "forwarded", _("Appeal forwarded")
    ANSWERED = "answered", _("Appeal answered")
    RETURNED = "returned", _("Appeal returned")
    TERMINATED = "terminated", _("Review terminated")
    TERM_EXPIRED = "term_expired", _("The term for the reply has run out")
    BREACH = "breach", _("A term was broken in your body")


class Medium(TextChoices):
    EMAIL = "email", _("E-mail")
    POST = "post", _("Post")


class Measure(TextChoices):
    """What is counted."""

    REGISTERED = "registered", _("Registered")
    FORWARDED = "forwarded", _("Forwarded")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed without an answer")
    BREACHED = "breached", _("Breaches")
    BREACHED_INTERNALLY = "breached_internally", _("Breaches of internal terms")


class Axis(TextChoices):
    """By what it is counted."""

    TOTAL = "total", _("Total")
    AGENCY = "agency", _("Body")
    REGION = "region", _("Region")
    CHANNEL = "channel", _("Channel")
    FORM = "form", _("Form")
    KIND = "kind", _("Kind")
    TOPIC = "topic", _("Topic")
    CLOCK = "clock", _("Term")
    DAYS = "days", _("Days to answer")


class AccessedData(TextChoices):
    APPLICANT = "applicant", _("Applicant's personal data")
    ATTACHMENT = "attachment", _("Attached file")
