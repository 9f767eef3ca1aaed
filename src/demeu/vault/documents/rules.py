"""What a file from outside may be, decided by its content. Pure: bytes in, verdict out."""

import re
import zlib
from collections.abc import Iterator

import filetype

FILE_BYTES_MAX = 10 * 1024 * 1024
PIXELS_MAX = 40_000_000
IMAGES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
PDF = "application/pdf"
INFLATED_BYTES_MAX = 20 * 1024 * 1024
STREAMS_MAX = 2_000
# The harmless test file that every scanner must find (eicar.org), in two halves so that this file is not it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
# Names of PDF objects that act by themselves (ISO 32000-1, 12.6.4 and 7.11.4).
ACTIVE_PDF = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|OpenAction|RichMedia|XFA)\b")
ESCAPED_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")


def media_type_of(content: bytes) -> str | None:
    """The type that the content itself shows, when it is on the list; the file's name is not asked."""
    kind = filetype.guess(content)
    found = kind.mime if kind else None
    return found if found in IMAGES or found == PDF else None


def infection_in(content: bytes) -> str | None:
    """The built-in scan: name of what was found in the bytes or in the compressed streams of a PDF."""
    if EICAR in content:
        return "eicar"
    if media_type_of(content) != PDF:
        return None
    for part in (content, *_inflated_streams(content)):
        if EICAR in part:
            return "eicar"
        if ACTIVE_PDF.search(ESCAPED_NAME.sub(lambda found: bytes([int(found[1], 16)]), part)):
            return "active_pdf"
    return None


def _inflated_streams(content: bytes) -> Iterator[bytes]:
    """Compressed streams of a PDF, inflated up to a limit in all: a bomb stops where the limit is."""
    left = INFLATED_BYTES_MAX
    for number, found in enumerate(re.finditer(rb"stream\r?\n", content)):
        if number >= STREAMS_MAX or left <= 0:
            return
        try:
            part = zlib.decompressobj().decompress(content[found.end() :], left)
        except zlib.error:
            continue
        left -= len(part)
        yield part
