"""Reading alerts, for the desk and for reports."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from lxml import etree

from demeu.contracts import treasury as contract
from demeu.kernel.clock import ALMATY
from demeu.kernel.money import decimal_tenge
from demeu.treasury.monitoring.models import Alert
from demeu.treasury.monitoring.rules import AlertState

COLUMNS = (
    "alert", "rule", "rules_of", "direction", "party", "movements", "count", "total_tenge", "opened_at", "ground",
    "decision", "decided_at",
)  # fmt: skip
# A cell that begins so would be a formula in a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def alert_cards(*, states: Sequence[str], limit: int) -> list[contract.Alert]:
    """Alerts in these states (all when empty): the undecided by their term, then the decided, newest first."""
    rows = Alert.objects.filter(state__in=states) if states else Alert.objects.all()
    waiting = rows.exclude(state=AlertState.DECIDED).order_by("due_at", "id")
    decided = rows.filter(state=AlertState.DECIDED).order_by("-decided_at", "-id")
    return [alert_card(row) for row in [*waiting[:limit], *decided[:limit]][:limit]]


def alert_card(row: Alert) -> contract.Alert:
    """An alert for the contract."""
    return contract.Alert(
        alert=row.id,
        rule=row.rule,
        release=row.release,
        party=row.party,
        direction=row.direction,
        movements=tuple(row.movements),
        facts=row.facts,
        payout=row.payout,
        opened_at=row.opened_at,
        due_at=row.due_at,
        state=row.state,
        proposal=row.proposal,
        ground=row.ground,
        proposed_by=row.proposed_by,
        decided_at=row.decided_at,
    )


def report(*, first: date, last: date, form: str) -> str:
    """Alerts decided «report» from the first to the last day (Almaty), as CSV or XML text."""
    begin = datetime.combine(first, time.min, ALMATY)
    end = datetime.combine(last + timedelta(days=1), time.min, ALMATY)
    rows = Alert.objects.filter(
        state=AlertState.DECIDED, proposal="report", decided_at__gte=begin, decided_at__lt=end
    ).order_by("decided_at", "id")
    lines = [_line(row) for row in rows]
    return _xml(lines, first, last) if form == "xml" else _csv(lines)


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _line(row: Alert) -> dict[str, str]:
    words = {
        "alert": row.id,
        "rule": row.rule,
        "rules_of": row.release.isoformat(),
        "direction": row.direction,
        "party": row.party,
        "movements": " ".join(row.movements),
        "count": row.facts.get("count", 0),
        "total_tenge": decimal_tenge(int(row.facts.get("total_tiyn", 0))),
        "opened_at": row.opened_at.astimezone(ALMATY).isoformat(timespec="seconds"),
        "ground": row.ground,
        "decision": row.proposal,
        "decided_at": row.decided_at.astimezone(ALMATY).isoformat(timespec="seconds") if row.decided_at else "",
    }
    return {name: str(words[name]) for name in COLUMNS}


def _csv(lines: Sequence[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe_cell(line[name]) for name in COLUMNS] for line in lines)
    return out.getvalue()


def _xml(lines: Sequence[dict[str, str]], first: date, last: date) -> str:
    root = etree.Element("alerts", first=first.isoformat(), last=last.isoformat())
    for line in lines:
        one = etree.SubElement(root, "alert")
        for name in COLUMNS:
            etree.SubElement(one, name).text = line[name]
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True).decode()
