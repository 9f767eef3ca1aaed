"""The proof in what a visitor gives: a pasted text, a .tlog-proof file, or the text attached to a PDF receipt.

Nothing is kept. Whatever is found is checked as strictly as a pasted text: a wrong find can fail but never pass.
"""

import io
import zlib

from demeu.kernel.errors import invalid

FILE_BYTES_MAX = 5_000_000
PROOF_LENGTH_MAX = 40_000
FIRST_WORDS = "c2sp.org/tlog-proof"
SUFFIX = ".tlog-proof"


def proof_in(content: bytes) -> str:
    """The proof's text in a file; `proof.too_large`, `proof.no_pdf`, `proof.none_in_pdf` or `proof.none_in_file`."""
    if len(content) > FILE_BYTES_MAX:
        raise invalid("proof.too_large", most=FILE_BYTES_MAX // 1_000_000)
    if content.startswith(b"%PDF"):
        content = _attached(content)
    try:
        text = content[: PROOF_LENGTH_MAX + 1].decode("utf-8-sig")
    except UnicodeDecodeError:
        raise invalid("proof.none_in_file") from None
    if FIRST_WORDS not in text[:200]:
        raise invalid("proof.none_in_file")
    return text


def _attached(content: bytes) -> bytes:
    from pypdf import PdfReader  # takes longer to load than all the rest: only for PDF files
    from pypdf.errors import PyPdfError

    try:
        files = PdfReader(io.BytesIO(content)).attachments
        found = [part for name, parts in files.items() if name.endswith(SUFFIX) for part in parts]
    except (PyPdfError, LookupError, ValueError, TypeError, AttributeError, RecursionError, zlib.error):
        raise invalid("proof.no_pdf") from None
    if len(found) != 1:
        raise invalid("proof.none_in_pdf")
    return found[0]


def mended(text: str) -> str:
    """The text as it was written: blank lines around it and line ends that pasting changed are put right."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return lines.strip("\ufeff \t\n") + "\n"
