"""What can be done with a case, and the rules' word on each act; the page and the API read the same table."""

from appeals import rules
from appeals.domain import clocks, hearings
from appeals.domain.closing import entered_on
from appeals.domain.dossier import Dossier
from appeals.enums import ClockKind

# what a case waits for while an extension is asked for
ASKED = ("settle_urgency", "reply", "extend", "refuse_extension")


def refusals(seen: Dossier) -> dict[str, str]:
    """Every act, what a case waits for first: why its reader may not do it now; empty when she may."""
    every = _every(seen)
    return {act: every[act] for act in ASKED if seen.extension} | every


def _every(seen: Dossier) -> dict[str, str]:
    reader, appeal, reply = seen.reader, seen.appeal, seen.running(ClockKind.REPLY)
    return {
        "settle_urgency": _refusal_to_settle_urgency(seen),
        "reply": rules.refusal_to_reply(reader, appeal, seen.reply, on=seen.on, hearing=seen.hearing_owed),
        "accept": rules.refusal_to_accept(reader, appeal, accepted=clocks.is_accepted(seen.clocks)),
        "assign": rules.refusal_to_assign(reader, appeal, reply=reply),
        "begin_review": rules.refusal_to_begin_review(
            reader, appeal, reply=reply, is_lapsed=seen.running(ClockKind.RETURN) is not None
        ),
        "resume": rules.refusal_to_resume(
            reader, appeal, is_awaited=seen.running(ClockKind.CORRECTION, ClockKind.RETURN) is not None
        ),
        "answer_as_co_executor": _refusal_to_answer_as_co_executor(seen),
        "prepare_reply": rules.refusal_to_prepare_reply(reader, appeal),
        "report_execution": rules.refusal_to_report_execution(reader, appeal, seen.running(ClockKind.EXECUTION)),
        "ask_co_executor": rules.refusal_to_ask_co_executor(reader, appeal),
        **_hearing(seen),
        **_handing_on(seen),
        **_alike(seen),
        "mark_urgent": rules.refusal_to_mark_urgent(reader, appeal),
        "reclassify": rules.refusal_to_reclassify(reader, appeal),
        "correct_contacts": rules.refusal_to_correct_contacts(reader, appeal),
        "ask_extension": rules.refusal_to_ask_extension(
            reader, appeal, reply, on=seen.on, asked=seen.extension is not None
        ),
        "extend": rules.refusal_to_extend(reader, appeal, reply, on=seen.on),
        "refuse_extension": rules.refusal_to_refuse_extension(reader, appeal, asked=seen.extension is not None),
        "hold": rules.refusal_to_hold(reader, appeal, reply, on=seen.on, was_held=seen.was_held),
        "return": rules.refusal_to_return(reader, appeal),
        "terminate": rules.refusal_to_terminate(reader, appeal),
        "withdraw": rules.refusal_to_withdraw(reader, appeal),
        "strike_off": rules.refusal_to_strike_off(reader, appeal, entered_on=entered_on(appeal), on=seen.on),
        **_afterwards(seen),
    }


def _refusal_to_settle_urgency(seen: Dossier) -> str:
    is_settled = seen.urgency is not None and seen.urgency.settled_at is not None
    return rules.refusal_to_settle_urgency(seen.reader, seen.appeal, is_settled=is_settled)


def _refusal_to_answer_as_co_executor(seen: Dossier) -> str:
    running = (clock for clock in seen.clocks if clock.kind == ClockKind.CO_EXECUTOR and clock.is_running)
    asked = next((clock for clock in running if clock.officer_id == seen.reader.pk), None)
    return rules.refusal_to_answer_as_co_executor(seen.reader, seen.appeal, asked)


def _handing_on(seen: Dossier) -> dict[str, str]:
    reader, appeal, journey, on = seen.reader, seen.appeal, seen.journey, seen.on
    forwarding, passing_up = seen.running(ClockKind.FORWARDING), seen.running(ClockKind.PASSING_UP)
    return {
        "satisfy": rules.refusal_to_satisfy(reader, appeal, passing_up, on=on),
        "forward": rules.refusal_to_forward(reader, appeal, journey=journey),
        "forward_part": rules.refusal_to_forward_part(reader, appeal),
        "send_back": rules.refusal_to_send_back(reader, appeal, forwarding, on=on, journey=journey),
        "dispute": rules.refusal_to_dispute(reader, appeal, on=on, journey=journey),
    }


def _alike(seen: Dossier) -> dict[str, str]:
    reader, appeal = seen.reader, seen.appeal
    return {
        "link": rules.refusal_to_link(reader, appeal),
        "unlink": rules.refusal_to_unlink(reader, appeal),
        "group": rules.refusal_to_group(reader, appeal),
        "ungroup": rules.refusal_to_ungroup(reader, appeal),
    }


def _hearing(seen: Dossier) -> dict[str, str]:
    reader, appeal = seen.reader, seen.appeal
    is_needed = seen.hearing_term is not None
    to_object, to_record = hearings.can_be_objected_to(seen.hearing), hearings.can_be_recorded(seen.hearing)
    return {
        "notify_hearing": rules.refusal_to_notify_hearing(reader, appeal, is_needed=is_needed),
        "object": rules.refusal_to_object(reader, appeal, is_awaited=to_object),
        "record_hearing": rules.refusal_to_record_hearing(reader, appeal, is_awaited=to_record),
        "waive_hearing": rules.refusal_to_waive_hearing(reader, appeal, is_needed=is_needed),
    }


def _afterwards(seen: Dossier) -> dict[str, str]:
    reader, appeal = seen.reader, seen.appeal
    asked, to_show = (clocks.asked_for_file(seen.clocks, agency) for agency in (appeal.agency_id, reader.agency_id))
    return {
        "correct_reply": rules.refusal_to_correct_reply(reader, appeal),
        "ask_for_file": rules.refusal_to_ask_for_file(reader, appeal, asked),
        "show_file": rules.refusal_to_show_file(reader, to_show),
    }
