"""The set of papers for a company's tax office as one ZIP: letters to sign, sealed receipts, tables. Keeps nothing."""

import base64
import io
import json
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from demeu.contracts.treasury import Receipt, Statement
from demeu.kernel.money import format_tenge
from demeu.portal.papers.rules import Deduction, deductions_of, read_deductions
from demeu.portal.papers.wording import MONEY_COLUMNS, deduction_rows, gift_rows, kept_tiyn, letters, table
from demeu.portal.ui.sheets import BOM, csv_lines, xlsx_bytes

TEMPLATE = Path(__file__).with_name("letter.typ")
DEDUCTIONS = Path(__file__).with_name("deduction.yaml")


@lru_cache(maxsize=1)
def deductions() -> tuple[Deduction, ...]:
    """All rows of the limit."""
    return read_deductions(yaml.safe_load(DEDUCTIONS.read_text(encoding="utf-8")))


def tax_set(statement: Statement, receipts: Mapping[str, Receipt], company: dict[str, Any], lang: str) -> bytes:
    """The ZIP: request, decision, proofs of transfer, limit, and the list of gifts as CSV and XLSX."""
    total_tiyn = sum(kept_tiyn(line) for line in statement.lines)
    fund = {"name": settings.DEMEU_PORTAL_ORGANISATION, "bin": settings.DEMEU_PORTAL_ORGANISATION_BIN}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, letter in letters(company, fund, statement.year, format_tenge(total_tiyn, lang)).items():
            letter |= _rows(name, statement, company["income"], total_tiyn, lang)
            pack.writestr(f"{name}.pdf", _pdf({**letter, "lang": lang}))
        for gift, receipt in receipts.items():
            pack.writestr(f"3-transfer/{gift}.pdf", base64.b64decode(receipt.pdf_b64))
            pack.writestr(f"3-transfer/{gift}.tlog-proof", receipt.proof)
        rows = table(statement.lines)
        pack.writestr("gifts.csv", BOM + "".join(csv_lines(rows, money=MONEY_COLUMNS)))
        pack.writestr("gifts.xlsx", xlsx_bytes(rows, title=str(statement.year), money=MONEY_COLUMNS))
    return made.getvalue()


def _rows(name: str, statement: Statement, income_tiyn: int | None, total_tiyn: int, lang: str) -> dict[str, Any]:
    if name == "4-limit":
        found = deductions_of(deductions(), statement.year)
        heads = [_("For whom"), _("Share of taxable income"), _("Law"), _("Is it sure?"), _("Your figures")]
        return {"heads": heads, "rows": deduction_rows(found, total_tiyn, income_tiyn, lang)}
    heads = [_("Received"), _("Gift number"), _("Given for"), _("Sum")]
    return {"heads": heads, "rows": gift_rows(statement.lines, lang)}


def _pdf(words: dict[str, Any]) -> bytes:
    inputs = {"words": json.dumps(words, ensure_ascii=False)}
    pdf = typst.compile(TEMPLATE, format="pdf", sys_inputs=inputs, ignore_system_fonts=True, pdf_standards=["a-2b"])
    assert isinstance(pdf, bytes)
    return pdf
