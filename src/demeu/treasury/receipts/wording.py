"""The words of a receipt in one language. Dates are shown in Asia/Almaty; no donor is named."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from demeu.kernel.clock import ALMATY
from demeu.kernel.money import format_tenge
from demeu.treasury.donations.queries import GiftView


@dataclass(frozen=True)
class Place:
    """Where the gift's record stands in the log."""

    index: int
    origin: str
    size: int
    root: str


def receipt_words(gift: GiftView, place: Place, *, fund: str, lang: str) -> dict[str, object]:
    """Everything the receipt's template prints, by name."""
    with translation.override(lang):
        assert gift.received_at is not None
        return {
            "lang": lang,
            "fund": fund,
            "title": _("Receipt of a gift"),
            "date": _moment(gift.received_at),
            "amount": format_tenge(gift.amount_tiyn, lang),
            "rows": _rows(gift, place),
            "qr_alt": _("Code that opens the page where this receipt is checked"),
            "proof_title": _("Anyone can check this receipt"),
            "proof_text": _(
                "The proof is attached to this file. It shows that the gift stands in the public log, and it can be"
                " checked without the Internet."
            ),
            "checkpoint": f"{place.origin}\n{place.size}\n{place.root}",
            "proof_file": f"demeu-{place.index}.tlog-proof",
            "sealed": _("The fund has signed this file: a reader of PDF shows whether it is whole."),
            "footer": _("Thank you. Every tenge of this gift can be followed on the page of the case until delivery."),
        }


def _rows(gift: GiftView, place: Place) -> list[list[str]]:
    return [
        [_("Gift number"), str(gift.id)],
        [_("Received"), _moment(gift.received_at) if gift.received_at else ""],
        [_("Given for"), target_words(gift.target_kind)],
        [_("If money is left over"), _fallback(gift.fallback)],
        [_("Way of payment"), _gateway(gift.gateway)],
        [_("Record in the public log"), f"№ {place.index}"],
    ]


def _moment(at: datetime) -> str:
    return format_date(at.astimezone(ALMATY), "d.m.Y H:i")


def target_words(kind: str) -> str:
    """What a gift is for, in the present language."""
    return {
        "case": _("one case"),
        "item": _("one item of a case"),
        "group": _("a group of people in need"),
        "region": _("a region"),
        "programme": _("a programme of the fund"),
        "fund": _("where it is needed most"),
        "sustainability": _("the running of the platform"),
        "reserve": _("the reserve for emergencies"),
    }[kind]


def _fallback(fallback: str) -> str:
    return {
        "same_group": _("goes to the same group of people"),
        "same_region": _("goes to the same region"),
        "most_urgent": _("goes to the most urgent need"),
        "ask": _("the giver is asked"),
        "return": _("is returned to the giver"),
    }[fallback]


def _gateway(gateway: str) -> str:
    return {
        "halyk": _("bank card, Halyk ePay"),
        "kaspi": _("Kaspi app"),
        "freedom": _("bank card, Freedom Pay"),
        "tiptop": _("bank card, TipTop Pay"),
        "transfer": _("bank transfer by invoice"),
        "demo": _("demonstration, no real money"),
    }[gateway]
