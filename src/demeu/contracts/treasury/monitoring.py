"""Financial monitoring: alerts, decisions by two people, reports."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from demeu.contracts.treasury.limits import AMOUNT_TIYN_MAX
from demeu.kernel.operations import Empty, Message, Operation


class AlertFilter(Message):
    """Alerts in one of these states (all when empty): open, proposed, decided."""

    states: tuple[str, ...] = ()
    limit: int = Field(default=100, ge=1, le=500)


class Alert(Message):
    """A rule that a party's movements have met, with the facts; a party is a reference or a keyed hash."""

    alert: UUID
    rule: str
    release: date
    party: str
    direction: str
    movements: tuple[str, ...]
    facts: dict[str, int]
    payout: UUID | None
    opened_at: datetime
    due_at: datetime
    state: str
    proposal: str
    ground: str
    proposed_by: str
    decided_at: datetime | None


class AlertList(Message):
    """The undecided by their term, then the decided. `law_confirmed`: the law's threshold is known to us."""

    alerts: tuple[Alert, ...]
    law_confirmed: bool


class AlertPropose(Message):
    """The first person's word; the actor of the call is that person."""

    alert: UUID
    decision: Literal["clear", "report"]
    ground: str = Field(max_length=24)


class AlertDecide(Message):
    """The second person agrees, or puts the alert back; the actor of the call is that person."""

    alert: UUID
    agree: bool


class BlockedAttempt(Message):
    """Somebody tried to prepare a payout to a payee on a sanctions list, which `payouts.prepare` refused."""

    payee: UUID
    payout: UUID
    amount_tiyn: int = Field(gt=0, le=AMOUNT_TIYN_MAX)


class ReportQuestion(Message):
    """Reported alerts that were decided in these days (Almaty, both included)."""

    first: date
    last: date
    form: Literal["csv", "xml"] = "csv"


class Report(Message):
    """The text of the file."""

    text: str


ALERT_LIST = Operation("monitoring.alerts", AlertFilter, AlertList, repeatable=True)
ALERT_PROPOSE = Operation("monitoring.propose", AlertPropose, Alert)
ALERT_DECIDE = Operation("monitoring.decide", AlertDecide, Alert)
MONITORING_BLOCKED = Operation("monitoring.blocked", BlockedAttempt, Empty)
MONITORING_REPORT = Operation("monitoring.report", ReportQuestion, Report, repeatable=True)
