"""What of a payment's free text may leave vault: a gateway's own form, or the number of an invoice of ours. Pure."""

import re

# These name no person.
SETTLEMENT_TEXT = re.compile(r"(?:EPAY|KASPI|FREEDOM|TIPTOP)/\d{6,15}/[0-9A-Za-z-]{1,40}", re.ASCII)
INVOICE_TEXT = re.compile(r"(?<![0-9A-Za-z])DEMEU-(\d{6,15})(?![0-9])", re.ASCII)


def named_reference(text: str, *, incoming: bool) -> str:
    """A settlement's text as it stands; `TRANSFER/<order>/1` where a payer named one invoice of ours; else nothing."""
    if SETTLEMENT_TEXT.fullmatch(text):
        return text
    named = set(INVOICE_TEXT.findall(text.upper())) if incoming else set()
    return f"TRANSFER/{named.pop()}/1" if len(named) == 1 else ""
