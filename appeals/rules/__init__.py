"""Who may not do what now, and why not. One answer for the verb, the page and the API; empty when allowed."""

from appeals.rules.after import (
    refusal_to_ask_for_file,
    refusal_to_correct_reply,
    refusal_to_report_execution,
    refusal_to_show_file,
)
from appeals.rules.breaches import (
    refusal_to_annul_breach,
    refusal_to_explain_breach,
    refusal_to_review_breach,
    refusal_to_take_measure,
)
from appeals.rules.hearing import (
    ADVERSE,
    HearingOwed,
    refusal_to_answer_as_co_executor,
    refusal_to_ask_co_executor,
    refusal_to_notify_hearing,
    refusal_to_object,
    refusal_to_record_hearing,
    refusal_to_waive_hearing,
    refusal_unless_heard,
)
from appeals.rules.holder import (
    LEADING,
    RECEIVING,
    SIGNING,
    WORKING,
    insist,
    is_complained_of,
    superior_instance,
)
from appeals.rules.oversight import (
    refusal_to_oversee,
)
from appeals.rules.posting import (
    refusal_to_post,
)
from appeals.rules.waiting import (
    refusal_of_extension,
    refusal_of_last_day,
    refusal_to_ask_extension,
    refusal_to_extend,
    refusal_to_hold,
    refusal_to_refuse_extension,
    refusal_to_resume,
)
from appeals.rules.work import (
    refusal_to_accept,
    refusal_to_assign,
    refusal_to_begin_review,
    refusal_to_forward,
    refusal_to_prepare_reply,
    refusal_to_print_coupon,
    refusal_to_register,
    refusal_to_reply,
    refusal_to_return,
    refusal_to_terminate,
)

__all__ = [
    "ADVERSE",
    "LEADING",
    "RECEIVING",
    "SIGNING",
    "WORKING",
    "HearingOwed",
    "insist",
    "is_complained_of",
    "refusal_of_extension",
    "refusal_of_last_day",
    "refusal_to_accept",
    "refusal_to_annul_breach",
    "refusal_to_answer_as_co_executor",
    "refusal_to_ask_co_executor",
    "refusal_to_ask_extension",
    "refusal_to_ask_for_file",
    "refusal_to_assign",
    "refusal_to_begin_review",
    "refusal_to_correct_reply",
    "refusal_to_explain_breach",
    "refusal_to_extend",
    "refusal_to_forward",
    "refusal_to_hold",
    "refusal_to_notify_hearing",
    "refusal_to_object",
    "refusal_to_oversee",
    "refusal_to_post",
    "refusal_to_prepare_reply",
    "refusal_to_print_coupon",
    "refusal_to_record_hearing",
    "refusal_to_refuse_extension",
    "refusal_to_register",
    "refusal_to_reply",
    "refusal_to_report_execution",
    "refusal_to_resume",
    "refusal_to_return",
    "refusal_to_review_breach",
    "refusal_to_show_file",
    "refusal_to_take_measure",
    "refusal_to_terminate",
    "refusal_to_waive_hearing",
    "refusal_unless_heard",
    "superior_instance",
]
