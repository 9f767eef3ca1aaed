"""Giving out a file of an edition: tags, parts of it (RFC 9110 §14), and nothing outside the edition's own list."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import http_date

from demeu.portal.open_data.editions import Edition, Written, home

RANGE = re.compile(r"bytes=(\d*)-(\d*)")
BLOCK = 1 << 16


def give(request: HttpRequest, edition: Edition, file: Written, *, fresh_s: int) -> HttpResponseBase:
    """The file, a part of it (206), «not changed» (304) or «no such part» (416)."""
    tag = f'"{file.sha256[:32]}"'
    known = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    wanted = part_of(request.headers.get("Range", ""), file.bytes)
    if request.headers.get("If-Range", tag) != tag:
        wanted = None
    path = home() / edition.name / file.name
    response: HttpResponseBase
    if tag in known or "*" in known:
        response = HttpResponse(status=304)
        del response["Content-Type"]
    elif wanted is not None and wanted[0] > wanted[1]:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{file.bytes}"
    elif wanted is not None:
        response = _part(path, file, *wanted)
    else:
        response = FileResponse(path.open("rb"), content_type=file.media_type)
        response["Content-Length"] = str(file.bytes)
    response["ETag"], response["Accept-Ranges"] = tag, "bytes"
    response["Last-Modified"] = http_date(edition.made_at.timestamp())
    response["Cache-Control"] = f"public, max-age={fresh_s}"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def part_of(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a single range; None for the whole file, first > last when there is no such part."""
    found = RANGE.fullmatch(asked.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        length = int(last)
        return (max(size - length, 0), size - 1) if length else (1, 0)
    end = min(int(last), size - 1) if last else size - 1
    if last and int(last) < int(first):
        return None
    return (int(first), end) if int(first) < size else (1, 0)


def _part(path: Path, file: Written, first: int, last: int) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_blocks(path, first, last), status=206, content_type=file.media_type)
    response["Content-Range"] = f"bytes {first}-{last}/{file.bytes}"
    response["Content-Length"] = str(last - first + 1)
    return response


def _blocks(path: Path, first: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block
