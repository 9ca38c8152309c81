"""What can be done with a case, and the rules' word on each act; the page and the API read the same table."""

from appeals import rules
from appeals.domain import clocks
from appeals.domain.dossier import Dossier


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
        "return": rules.refusal_to_return(reader, appeal),
        "terminate": rules.refusal_to_terminate(reader, appeal),
    }
