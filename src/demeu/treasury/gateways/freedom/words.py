"""The words of Freedom Pay in ours: XML answers, states, what of a callback may be kept. Pure."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from lxml import etree

from demeu.treasury.donations.actions.gifts import GatewayWord
from demeu.treasury.donations.rules import Word
from demeu.treasury.gateways.amounts import tiyn_of

KEPT = (
    "pg_order_id",
    "pg_payment_id",
    "pg_amount",
    "pg_currency",
    "pg_net_amount",
    "pg_result",
    "pg_payment_date",
    "pg_captured",
    "pg_testing_mode",
    "pg_failure_code",
)
WORDS = {
    "success": Word.PAID,
    "refunded": Word.FAILED,
    "error": Word.FAILED,
    "failed": Word.FAILED,
    "revoked": Word.FAILED,
}
NOT_FOUND = "340"
TEXT_MAX = 100
FIELDS_MAX = 60


def form_fields(body: bytes) -> dict[str, str] | None:
    """The fields of a form; None for what is no form or names a field twice."""
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True, max_num_fields=FIELDS_MAX)
    except ValueError:
        return None
    fields = dict(pairs)
    return fields if len(fields) == len(pairs) else None


def xml_fields(text: bytes) -> dict[str, str] | None:
    """The leaves of an answer, the first of each name at the top level; None for what is no such XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError:
        return None
    if root.tag != "response":
        return None
    return {str(leaf.tag): (leaf.text or "").strip() for leaf in root if isinstance(leaf.tag, str) and not len(leaf)}


def xml_answer(fields: Mapping[str, str]) -> str:
    """`<response>` with these leaves."""
    root = etree.Element("response")
    for name, value in fields.items():
        etree.SubElement(root, name).text = value
    return etree.tostring(root, encoding="utf-8", xml_declaration=True).decode()


def kept_part(fields: Mapping[str, str]) -> dict[str, object]:
    """What of a callback may be stored: no phone, e-mail, card, its holder or token; short texts."""
    return {name: fields[name][:TEXT_MAX] for name in KEPT if name in fields}


def order_number(fields: Mapping[str, str]) -> int | None:
    """The order that a callback speaks of, if it is a number of ours (6–15 digits)."""
    text = fields.get("pg_order_id", "")
    return int(text) if text.isascii() and text.isdigit() and 6 <= len(text) <= 15 else None


def word_of(answer: Mapping[str, str]) -> GatewayWord:
    """Our word for a status answer; an unknown order = nobody has tried to pay yet."""
    if answer.get("pg_status") != "ok":
        return GatewayWord(Word.WAITING)
    word = WORDS.get(answer.get("pg_payment_status", ""), Word.WAITING)
    return GatewayWord(
        word=word,
        amount_tiyn=tiyn_of(answer.get("pg_amount")),
        currency=answer.get("pg_currency", ""),
        reference=answer.get("pg_payment_id", "")[:40],
        reason=answer.get("pg_failure_code", "")[:80] if word is Word.FAILED else "",
        instrument=answer.get("pg_card_token") or answer.get("pg_card_pan", ""),
    )
