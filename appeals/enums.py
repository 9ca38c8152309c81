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
    EXTENSION_NOTICE = "extension_notice", _("Telling of an extension")
    RETURN = "return", _("Returning without review")
    TERMINATION_NOTICE = "termination_notice", _("Telling of a termination")
    CO_EXECUTOR = "co_executor", _("Answer of a co-executor")
    FILE_ACCESS = "file_access", _("Access to the case file")
    EXECUTION = "execution", _("Execution of the decision")
    CORRECTION = "correction", _("Correction by the applicant")
    OBJECTION = "objection", _("Objection by the applicant")
    HEARING = "hearing", _("Notice before an adverse decision")  # never runs: signing is refused before it is over


# what a body may owe in a case that it has closed or let go
OWED_AFTERWARDS = (ClockKind.EXECUTION, ClockKind.FILE_ACCESS, ClockKind.TERMINATION_NOTICE)


class Danger(TextChoices):
    """What makes an appeal urgent: it is handed on at once, past return and anonymity (Art. 64(7-2), 88(1))."""

    CRIME = "crime", _("Crime, prepared or committed")
    LIFE = "life", _("Threat to life or health")
    SELF_HARM = "self_harm", _("Thoughts of self-harm")
    VIOLENCE = "violence", _("Violence at home or against a child")


class Alarm(TextChoices):
    """What the duty officer finds of an urgency."""

    REAL = "real", _("The danger is real")
    FALSE = "false", _("False alarm: nobody is in danger")


class OwedBy(TextChoices):
    BODY = "body", _("Body")
    APPLICANT = "applicant", _("Applicant")


class TermUnit(TextChoices):
    WORKING_DAYS = "working", _("working days")
    CALENDAR_DAYS = "calendar", _("calendar days")
    MONTHS = "month", _("months")


class CapFrom(TextChoices):
    """From which day the longest extension is counted."""

    DECISION = "decision", _("the day of the decision")
    DUE = "due", _("the last day of the term")


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
    EXTENSION_ASKED = "extension_asked", _("Extension asked for")
    EXTENDED = "extended", _("Term extended")
    EXTENSION_REFUSED = "extension_refused", _("Extension refused")
    HELD = "held", _("Correction asked of the applicant")
    RESUMED = "resumed", _("Corrected by the applicant")
    LAPSED = "lapsed", _("Applicant's term ran out")
    WITHDRAWN = "withdrawn", _("Withdrawn by the applicant")
    FORWARDED_IN_PART = "forwarded_in_part", _("Forwarded in part")
    RECLASSIFIED = "reclassified", _("Reclassified")
    CONTACTS_CORRECTED = "contacts_corrected", _("Contacts corrected")
    REPLY_CORRECTED = "reply_corrected", _("Error in the answer corrected")
    HEARING_NOTIFIED = "hearing_notified", _("Preliminary decision made known")
    OBJECTED = "objected", _("Objection of the applicant")
    HEARING_HELD = "hearing_held", _("Hearing held")
    HEARING_WAIVED = "hearing_waived", _("No hearing needed")
    CO_EXECUTOR_ASKED = "co_executor_asked", _("Co-executor asked")
    CO_EXECUTOR_ANSWERED = "co_executor_answered", _("Co-executor answered")
    FILE_ASKED = "file_asked", _("Access to the case file asked for")
    FILE_SHOWN = "file_shown", _("Case file shown to the applicant")
    EXECUTED = "executed", _("Decision carried out")
    DUE_MOVED = "due_moved", _("Last day moved")
    NOTICE_POSTED = "notice_posted", _("Message sent by post")
    BREACH_EXPLAINED = "breach_explained", _("Breach explained by the body")
    BREACH_REVIEWED = "breach_reviewed", _("Explanation of a breach reviewed")
    MEASURE_TAKEN = "measure_taken", _("Measure taken for a breach")
    BREACH_ANNULLED = "breach_annulled", _("Breach annulled")
    SENT_BACK = "sent_back", _("Sent back to the body it came from")
    COMPETENCE_DISPUTED = "competence_disputed", _("Competence left to the body above")
    COMPETENCE_DECIDED = "competence_decided", _("Competence decided by the body above")
    SUCCEEDED = "succeeded", _("Taken over by the successor of the body")
    MARKED_URGENT = "marked_urgent", _("Marked as urgent")
    URGENCY_SETTLED = "urgency_settled", _("Urgency settled by the duty officer")
    LINKED = "linked", _("Linked to an earlier appeal")
    UNLINKED = "unlinked", _("Link to an earlier appeal removed")
    GROUPED = "grouped", _("Joined to a group of like appeals")
    UNGROUPED = "ungrouped", _("Taken out of a group of like appeals")


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
    NOT_CORRECTED = "not_corrected", _("What was missing was not supplied in time")


class TerminationGround(TextChoices):
    """Why review ends without a decision (Art. 70(1), 88(1))."""

    REPEATED = "repeated", _("Repeated without new arguments, answers were given")
    ANONYMOUS = "anonymous", _("The author cannot be established")
    NO_SUBSTANCE = "no_substance", _("The substance is not stated")
    COURT_ACT = "court_act", _("A court act on the same matter is in force")
    DECIDED = "decided", _("There is already a decision on the same matter")
    NO_SUPERIOR = "no_superior", _("No body hears complaints against this one: the way leads to court")
    BY_MISTAKE = "by_mistake", _("Registered by mistake")


class NoticeKind(TextChoices):
    """Messages owed; each has its texts under templates/notices/<kind>/."""

    REGISTERED = "registered", _("Appeal registered")
    FORWARDED = "forwarded", _("Appeal forwarded")
    ANSWERED = "answered", _("Appeal answered")
    RETURNED = "returned", _("Appeal returned")
    TERMINATED = "terminated", _("Review terminated")
    TERM_EXPIRED = "term_expired", _("The term for the reply has run out")
    BREACH = "breach", _("A term was broken")
    EXTENDED = "extended", _("Term extended")
    CORRECTION_NEEDED = "correction_needed", _("Something is missing in the appeal")
    CORRECTION_LAPSED = "correction_lapsed", _("What was missing was not supplied in time")
    WITHDRAWN = "withdrawn", _("Appeal withdrawn")
    FORWARDED_IN_PART = "forwarded_in_part", _("Appeal forwarded in part")
    RECLASSIFIED = "reclassified", _("Appeal reclassified")
    REPLY_CORRECTED = "reply_corrected", _("Error in the answer corrected")
    HEARING = "hearing", _("Preliminary decision")
    FILE_SHOWN = "file_shown", _("Case file can be seen")
    EXECUTED = "executed", _("Decision carried out")
    WARNING = "warning", _("A term runs out soon")
    EXTENSION_ASKED = "extension_asked", _("An extension awaits your decision")
    CO_EXECUTOR_ASKED = "co_executor_asked", _("Your part of an answer is asked for")
    DUE_MOVED = "due_moved", _("Last day moved")
    DIGEST = "digest", _("Terms of your body today")
    SENT_BACK = "sent_back", _("Appeal sent back")
    COMPETENCE_DISPUTED = "competence_disputed", _("A competence is for you to decide")
    SUCCEEDED = "succeeded", _("Appeal taken over by a successor")
    URGENT = "urgent", _("Urgent appeal")


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
    CAUSE = "cause", _("Cause")
    DAYS = "days", _("Days to answer")


class AccessedData(TextChoices):
    APPLICANT = "applicant", _("Applicant's personal data")
    ATTACHMENT = "attachment", _("Attached file")


class DueCause(TextChoices):
    """Why a last day moved after its clock had started."""

    EXTENDED = "extended", _("Extended")
    HELD = "held", _("The applicant was asked for a correction")
    CALENDAR = "calendar", _("The working calendar was changed")


class HearingWay(TextChoices):
    """How the applicant can state a position on the preliminary decision (Art. 73)."""

    WRITTEN = "written", _("In writing")
    IN_PERSON = "in_person", _("In person")
    VIDEO = "video", _("By video link")


class WaiverGround(TextChoices):
    """Why an adverse decision needs no hearing (Art. 73(2))."""

    FAVOURABLE = "favourable", _("The decision favours the applicant and touches nobody else's rights")
    URGENT = "urgent", _("The decision cannot wait; the reasons are stated")
    ASKED = "asked", _("The applicant asked for none")
    SHORT_TERM = "short_term", _("The law gives fewer than five working days")
    COURT_ACT = "court_act", _("The decision carries out an act of a court")
    AUTOMATED = "automated", _("The decision leaves nothing to discretion")


class BreachCause(TextChoices):
    """What led to a broken term, as the body sees it."""

    WORKLOAD = "workload", _("Too many appeals for the staff")
    ABSENCE = "absence", _("Absence or change of the officer")
    NEGLECT = "neglect", _("Neglect by the officer")
    SUPERVISION = "supervision", _("Lack of control by the head")
    OTHER_BODY = "other_body", _("Information from another body came late")
    WRONG_DOOR = "wrong_door", _("The appeal came to the wrong body")
    COMPLEXITY = "complexity", _("The matter is complex or needs a check on site")
    TECHNICAL = "technical", _("Technical failure")
    RECORDING = "recording", _("Done in time, recorded late")
    OTHER = "other", _("Other")


class Verdict(TextChoices):
    """What the oversight makes of an explanation."""

    ACCEPTED = "accepted", _("Accepted")
    INSUFFICIENT = "insufficient", _("Not sufficient: explain further")
    MEASURES_DUE = "measures_due", _("Measures are to be taken")


class MeasureKind(TextChoices):
    """What was done about a breach: disciplinary penalties, then what is none."""

    REMARK = "remark", _("Remark")
    REPRIMAND = "reprimand", _("Reprimand")
    SEVERE_REPRIMAND = "severe_reprimand", _("Severe reprimand")
    INCOMPLETE_COMPLIANCE = "incomplete_compliance", _("Warning of incomplete compliance with the post")
    DISMISSAL = "dismissal", _("Dismissal from the post")
    DISCUSSION = "discussion", _("Discussed with the officer, no penalty")
    ORGANISATIONAL = "organisational", _("Organisational measure")


PENALTIES = (
    MeasureKind.REMARK,
    MeasureKind.REPRIMAND,
    MeasureKind.SEVERE_REPRIMAND,
    MeasureKind.INCOMPLETE_COMPLIANCE,
    MeasureKind.DISMISSAL,
)


class Recipient(TextChoices):
    """Whom a step of the ladder of warnings tells."""

    EXECUTOR = "executor", _("The officer of the case")
    UNIT_HEAD = "unit_head", _("Head of the unit")
    HEAD = "head", _("Head of the body")
    OVERSIGHT = "oversight", _("President's Office")
