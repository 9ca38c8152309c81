"""What follows the stories, by the verbs: breaches explained and punished, terms extended, applicants asked."""

from datetime import datetime
from random import Random

from agencies.domain.calendar import calendar
from agencies.enums import Role
from agencies.models import Officer
from appeals.domain import clocks
from appeals.domain.accountability import annul_breach, explain_breach, review_breach, take_measure
from appeals.domain.extensions import ask_extension, extend
from appeals.domain.holds import hold
from appeals.domain.terms import local_date
from appeals.enums import OPEN, BreachCause, ClockKind, MeasureKind, Status, Verdict
from appeals.models import Appeal, Breach, BreachExplanation, Clock
from reception.domain.demonstration.schedule import Plan

BREACHES = 120  # the last ones
EXTENDED, ASKED, HELD = 12, 6, 8  # open appeals
EXTENDED_BY = 10  # working days
CAUSES = (
    (BreachCause.WORKLOAD, 5, "Айдың соңында бөлімге түскен жолданымдар қызметкерлердің мүмкіндігінен асып түсті."),
    (BreachCause.ABSENCE, 3, "Орындаушы еңбек демалысында болды, жолданым уақтылы басқа қызметкерге берілмеді."),
    (BreachCause.OTHER_BODY, 3, "Сведения от другого органа поступили после окончания срока."),
    (BreachCause.NEGLECT, 2, "Исполнитель не проверил контрольный срок. С ним проведена беседа."),
    (BreachCause.COMPLEXITY, 2, "Потребовался выезд на место, акт осмотра подписан позже срока."),
    (BreachCause.RECORDING, 1, "Ответ вручён в срок, но внесён в систему на следующий день."),
)
MEASURES = (
    (MeasureKind.REMARK, 4),
    (MeasureKind.REPRIMAND, 2),
    (MeasureKind.DISCUSSION, 3),
    (MeasureKind.ORGANISATIONAL, 2),
)
REASON = "Қажетті мәліметтер басқа органнан сұратылды, жауабын күту керек."
MISSING = "Үйдің толық мекенжайын және пәтердің нөмірін көрсетіңіз."


def follow(plan: Plan, *, at: datetime) -> None:
    """Let officials of `plan` do at the instant `at` what its stories leave open; once, a second time nothing."""
    if BreachExplanation.objects.exists():
        return
    lot = plan.lot("aftermath")
    _answer_for_breaches(lot, at)
    _wait(lot, at)


def _answer_for_breaches(lot: Random, at: datetime) -> None:
    """Two thirds of the last breaches explained; of those some reviewed, some with a measure, one annulled."""
    overseer = Officer.objects.filter(role=Role.OVERSIGHT).first()
    latest = Breach.objects.filter(is_official=True, annulled_on=None).select_related("agency", "officer")
    for breach in latest.order_by("-detected_on", "-pk")[:BREACHES]:
        head = _head(breach.agency_id, at)
        if head is None or lot.random() > 0.66:
            continue
        cause, _weight, text = lot.choices(CAUSES, [weight for _, weight, _ in CAUSES])[0]
        breach = explain_breach(breach, cause=cause, text=text, by=head, at=at)
        if lot.random() < 0.4:
            _punish(breach, head, lot, at)
        if overseer and cause == BreachCause.RECORDING:
            annul_breach(breach, reason="Жауаптың уақтылы берілгені расталды.", by=overseer, at=at)
        elif overseer and lot.random() < 0.5:
            verdict = lot.choice([Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.MEASURES_DUE, Verdict.INSUFFICIENT])
            review_breach(breach, verdict=verdict, text="", by=overseer, at=at)


def _punish(breach: Breach, head: Officer, lot: Random, at: datetime) -> None:
    kind = lot.choices([kind for kind, _ in MEASURES], [weight for _, weight in MEASURES])[0]
    take_measure(
        breach,
        kind=kind,
        officer=breach.officer,
        taken_on=local_date(at, breach.agency),
        order_number=f"{lot.randrange(1, 300)}-қ",
        by=head,
        at=at,
    )


def _wait(lot: Random, at: datetime) -> None:
    """Of the open appeals whose term runs, some extended, some with an extension asked for, some with the applicant."""
    running = Appeal.objects.filter(
        status__in=OPEN,
        officer__isnull=False,
        clocks__in=Clock.objects.ticking().filter(
            kind=ClockKind.REPLY, breached_on=None, due_on__gt=at.date(), term__extension_cap__isnull=False
        ),
    ).exclude(status=Status.ON_HOLD)
    running = running.filter(group=None, disputes=None, is_urgent=False)
    appeals = list(running.select_related("agency", "officer").order_by("pk"))
    lot.shuffle(appeals)
    to_extend, days = min(EXTENDED + ASKED, len(appeals) // 2), calendar()
    for appeal in appeals[:to_extend]:
        reply, head, officer = clocks.reply_clock(appeal), _head(appeal.agency_id, at), appeal.officer
        if reply is None or head is None or officer is None:
            continue
        until = days.after(reply.due_on, EXTENDED_BY)
        ask_extension(appeal, until=until, reason=REASON, by=officer, at=at)
        if lot.random() < EXTENDED / (EXTENDED + ASKED):
            extend(appeal, until=until, reason=REASON, by=head, at=at)
    for appeal in appeals[to_extend:][:HELD]:
        if appeal.officer:
            hold(appeal, missing=MISSING, days=lot.randrange(3, 8), by=appeal.officer, at=at)


def _head(agency_id: int, at: datetime) -> Officer | None:
    return Officer.objects.in_office(at.date()).filter(agency=agency_id, role=Role.HEAD).first()
