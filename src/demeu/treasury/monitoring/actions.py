"""Opening alerts, proposing and taking decisions. Keyword-only, one transaction each."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from demeu.kernel import audit, clock
from demeu.kernel.errors import invalid, not_found
from demeu.kernel.ids import new_id
from demeu.treasury.monitoring.models import Alert
from demeu.treasury.monitoring.movements import movements_since
from demeu.treasury.monitoring.rules import (
    DECISIONS,
    GROUNDS,
    LISTED,
    PHOTO,
    RELATED,
    Alarm,
    AlertState,
    alarms,
    check_open,
    check_second,
    longest_window,
    release_on,
)
from demeu.treasury.payouts.actions.hold import resume_payout, stop_payout
from demeu.treasury.payouts.actions.stopping import reject_stopped
from demeu.treasury.payouts.looking import Twins, twins_in_vault
from demeu.treasury.payouts.queries import payout_view

ROLE = "role:treasury"
RELATED_REASONS = ("payee.related_officer", "payee.related_donor")


def scan() -> int:
    """Look at all movements of the longest window; how many alerts are new."""
    release = release_on(clock.today())
    found = alarms(movements_since(clock.now() - longest_window(release)), release)
    return sum(open_alert(alarm=alarm) for alarm in found)


@transaction.atomic
def watch_payout(*, payout: UUID) -> None:
    """Right after its preparation: what the payee's payouts together look like. A holding rule stops this one."""
    row, release = payout_view(payout), release_on(clock.today())
    found = alarms(movements_since(clock.now() - longest_window(release), payee=row.payee), release)
    codes = [reason.code for reason in row.reasons if reason.code in RELATED_REASONS]
    if codes:
        party = f"payee:{row.payee}"
        facts = {code.removeprefix("payee."): 1 for code in codes} | {"count": 1, "total_tiyn": row.amount_tiyn}
        found.append(Alarm(RELATED, party, "out", (f"payout:{payout}",), row.prepared_at, facts, holds=True))
    for alarm in found:
        if f"payout:{payout}" in alarm.movements:
            open_alert(alarm=alarm, payout=payout if alarm.holds else None)


@transaction.atomic
def note_listed(*, payee: UUID, payout: UUID, amount_tiyn: int) -> None:
    """Somebody tried to prepare a payout to a listed payee, which was refused."""
    facts = {"count": 1, "total_tiyn": amount_tiyn}
    alarm = Alarm(LISTED, f"payee:{payee}", "out", (f"payout:{payout}",), clock.now(), facts, holds=False)
    open_alert(alarm=alarm)


def note_photo(*, item: UUID, photo: UUID, twins: Twins = twins_in_vault) -> bool:
    """A delivery's photo was used before under another subject: an alert; False when it was not."""
    found = twins([photo])
    if not found:
        return False
    bits = min(twin.bits for twin in found)
    facts = {"count": len(found), "total_tiyn": 0, "bits": bits}
    alarm = Alarm(PHOTO, f"item:{item}", "out", (f"document:{photo}",), clock.now(), facts, holds=False)
    return open_alert(alarm=alarm)


@transaction.atomic
def open_alert(*, alarm: Alarm, payout: UUID | None = None) -> bool:
    """Keep an alarm as an alert, unless one is open, or was decided with all of these movements in it."""
    own = Alert.objects.filter(rule=alarm.rule, party=alarm.party)
    known = own.exclude(state=AlertState.DECIDED).select_for_update().first()
    if known is not None:
        known.movements = sorted({*known.movements, *alarm.movements})
        known.facts, known.upto = dict(alarm.facts), max(known.upto, alarm.upto)
        known.payout = known.payout or payout
        known.save(update_fields=["movements", "facts", "upto", "payout"])
        if payout is not None:
            stop_payout(payout=payout)
        return False
    seen = {movement for alert in own for movement in alert.movements}
    if seen.issuperset(alarm.movements):
        return False
    release, moment = release_on(clock.today()), clock.now()
    row = Alert.objects.create(
        id=new_id(),
        rule=alarm.rule,
        release=release.begins,
        party=alarm.party,
        direction=alarm.direction,
        movements=list(alarm.movements),
        facts=dict(alarm.facts),
        payout=payout,
        upto=alarm.upto,
        opened_at=moment,
        due_at=moment + release.decide_within,
        state=AlertState.OPEN,
    )
    if payout is not None:
        stop_payout(payout=payout)
    audit.record(
        actor=ROLE, action="alert.open", subject=f"alert:{row.id}", rule=alarm.rule, movements=len(alarm.movements)
    )
    return True


@transaction.atomic
def propose(*, alert: UUID, decision: str, ground: str, by: str) -> Alert:
    """The first person's word. Raises `alert.unknown`, `alert.wrong_state`, `alert.decision_unknown`."""
    row = _locked(alert)
    check_open(AlertState(row.state), AlertState.OPEN, str(alert))
    if decision not in DECISIONS or ground not in GROUNDS:
        raise invalid("alert.decision_unknown", decision=decision[:20], ground=ground[:30])
    row.state, row.proposal, row.ground = AlertState.PROPOSED, decision, ground
    row.proposed_by, row.proposed_at = by, clock.now()
    row.save(update_fields=["state", "proposal", "ground", "proposed_by", "proposed_at"])
    audit.record(actor=by, action="alert.propose", subject=f"alert:{alert}", decision=decision, ground=ground)
    return row


@transaction.atomic
def decide(*, alert: UUID, agree: bool, by: str) -> Alert:
    """The second person's word: the proposal is taken, or the alert is open again.

    A cleared payout goes on; a reported one is rejected and its money is free. Raises `alert.unknown`,
    `alert.wrong_state`, `alert.same_person`.
    """
    row = _locked(alert)
    check_open(AlertState(row.state), AlertState.PROPOSED, str(alert))
    check_second(row.proposed_by, by)
    audit.record(
        actor=by, action="alert.decide", subject=f"alert:{alert}", agree=agree, decision=row.proposal, ground=row.ground
    )
    if not agree:
        row.state, row.proposal, row.ground, row.proposed_by, row.proposed_at = AlertState.OPEN, "", "", "", None
        row.save(update_fields=["state", "proposal", "ground", "proposed_by", "proposed_at"])
        return row
    row.state, row.decided_by, row.decided_at = AlertState.DECIDED, by, clock.now()
    row.save(update_fields=["state", "decided_by", "decided_at"])
    _follow(row, _stopped(row))
    return row


def _stopped(row: Alert) -> Sequence[UUID]:
    """The payouts that only this alert stops."""
    named = [UUID(one.removeprefix("payout:")) for one in row.movements if one.startswith("payout:")]
    other = Alert.objects.exclude(state=AlertState.DECIDED).filter(payout__isnull=False)
    busy = {one for alert in other for one in alert.movements}
    return [payout for payout in named if f"payout:{payout}" not in busy]


def _follow(row: Alert, payouts: Sequence[UUID]) -> None:
    for payout in payouts if row.payout else ():
        if row.proposal == "clear":
            resume_payout(payout=payout)
        else:
            reject_stopped(payout=payout)


def _locked(alert: UUID) -> Alert:
    row = Alert.objects.select_for_update().filter(id=alert).first()
    if row is None:
        raise not_found("alert.unknown")
    return row
