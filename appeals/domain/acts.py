"""What can be done with a case, and the rules' word on each act; the page and the API read the same table."""

from appeals import rules
from appeals.domain import clocks
from appeals.domain.dossier import Dossier
from appeals.enums import ClockKind


def refusals(seen: Dossier) -> dict[str, str]:
    """Every act in the order of the work: why its reader may not do it now; empty when she may."""
    reader, appeal = seen.reader, seen.appeal
    return {
        "accept": rules.refusal_to_accept(reader, appeal, accepted=clocks.is_accepted(seen.clocks)),
        "assign": rules.refusal_to_assign(reader, appeal),
        "begin_review": rules.refusal_to_begin_review(reader, appeal),
        "prepare_reply": rules.refusal_to_prepare_reply(reader, appeal),
        "reply": rules.refusal_to_reply(reader, appeal, seen.reply),
        "forward": rules.refusal_to_forward(reader, appeal),
        "ask_extension": rules.refusal_to_ask_extension(
            reader, appeal, seen.running(ClockKind.REPLY), on=seen.on, asked=seen.extension is not None
        ),
        "extend": rules.refusal_to_extend(reader, appeal, seen.running(ClockKind.REPLY), on=seen.on),
        "refuse_extension": rules.refusal_to_refuse_extension(reader, appeal, asked=seen.extension is not None),
        "hold": rules.refusal_to_hold(
            reader, appeal, seen.running(ClockKind.REPLY), on=seen.on, was_held=seen.was_held
        ),
        "resume": rules.refusal_to_resume(
            reader, appeal, is_awaited=seen.running(ClockKind.CORRECTION, ClockKind.RETURN) is not None
        ),
        "return": rules.refusal_to_return(reader, appeal),
        "terminate": rules.refusal_to_terminate(reader, appeal),
    }
