"""The words of a statement in one language. Dates are shown in Asia/Almaty; no donor is named."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import translation
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from demeu.contracts.treasury import StatementLine
from demeu.kernel import clock
from demeu.kernel.clock import ALMATY
from demeu.kernel.money import format_tenge
from demeu.treasury.receipts.wording import target_words

STATE_SUMS = ("delivered_tiyn", "paid_tiyn", "held_tiyn", "received_tiyn")


def statement_words(lines: Sequence[StatementLine], *, year: int, fund: str, lang: str) -> dict[str, object]:
    """Everything the statement's template prints, by name."""
    with translation.override(lang):
        return {
            "lang": lang,
            "fund": fund,
            "title": _("Statement of gifts for %(year)s") % {"year": year},
            "made": _("Made on %(date)s") % {"date": _day(clock.now())},
            "heads": [_("Date"), _("Gift number"), _("Given for"), _("Sum"), _("Given back"), _("Record")],
            "lines": [_cells(line, lang) for line in lines],
            "nothing": _("No gifts were received in this year."),
            "sums": _sums(lines, lang),
            "sealed": _("The fund has signed this file: a reader of PDF shows whether it is whole."),
            "footer": _(
                "Each gift has its own receipt with a proof from the public log. This statement names no giver."
            ),
        }


def _cells(line: StatementLine, lang: str) -> list[str]:
    return [
        _day(line.received_at),
        str(line.gift),
        target_words(line.target_kind),
        format_tenge(line.amount_tiyn, lang),
        format_tenge(line.returned_tiyn, lang) if line.returned_tiyn else "–",
        f"№ {line.log_index}" if line.log_index is not None else "–",
    ]


def _sums(lines: Sequence[StatementLine], lang: str) -> list[list[str]]:
    """Name and sum of the whole, of what went back, and of each state of the rest."""
    names = (_("delivered"), _("paid"), _("held in the bank for a need"), _("received, not yet at the bank"))
    totals = [sum(getattr(line.sums, field) for line in lines) for field in STATE_SUMS]
    rows = [(_("Given in the year"), sum(line.amount_tiyn for line in lines))]
    rows += [(_("Given back"), sum(line.returned_tiyn for line in lines))]
    return [[name, format_tenge(total, lang)] for name, total in [*rows, *zip(names, totals, strict=True)]]


def _day(at: datetime) -> str:
    return format_date(at.astimezone(ALMATY), "d.m.Y")
