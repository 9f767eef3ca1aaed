"""A strict reader of DER (ITU-T X.690) and a rewriter of BER into DER.

Never decodes what was not asked for, never goes deeper than DEPTH_MAX, never looks at more than `nodes_max` elements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from demeu.vault.identity.eds.codes import Code, EdsError

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, NULL, OID, ENUMERATED = 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0A
UTC_TIME, GENERALIZED_TIME = 0x17, 0x18
SEQUENCE, SET = 0x30, 0x31
CONSTRUCTED_OCTET_STRING = 0x24
DEPTH_MAX = 40
REWRITTEN_BYTES_MAX = 200_000_000
NODES_MAX = 100_000
_ENCODINGS = {
    0x0C: "utf-8",
    0x12: "ascii",
    0x13: "ascii",
    0x14: "latin-1",
    0x16: "ascii",
    0x1C: "utf-32-be",
    0x1E: "utf-16-be",
}


def malformed(detail: str) -> EdsError:
    """The error for bytes that are no right DER; `detail` says which part."""
    return EdsError(Code.MALFORMED, detail)


@dataclass(frozen=True, slots=True)
class Node:
    """One element of a DER tree: identifier octet `tag`, bytes source[start:end] with the content from `body` on."""

    source: bytes
    tag: int
    start: int
    body: int
    end: int

    @property
    def raw(self) -> bytes:
        return self.source[self.start : self.end]

    @property
    def content(self) -> bytes:
        return self.source[self.body : self.end]

    def __iter__(self) -> Iterator[Node]:
        if not self.tag & 0x20:
            raise malformed("a primitive element has no parts")
        position = self.body
        while position < self.end:
            node = _read(self.source, position, self.end)
            yield node
            position = node.end

    def expect(self, tag: int) -> Node:
        if self.tag != tag:
            raise malformed(f"tag {self.tag:#x} stands where {tag:#x} should")
        return self


class Parts:
    """Takes the children of a constructed element one after another, optional ones by tag."""

    def __init__(self, node: Node, tag: int = SEQUENCE) -> None:
        self._nodes = list(node.expect(tag))
        self._next = 0

    def take(self, tag: int | None = None) -> Node:
        """The next child; refuses when there is none or its tag is another one."""
        if self._next >= len(self._nodes):
            raise malformed("an element is missing")
        node = self._nodes[self._next]
        if tag is not None:
            node.expect(tag)
        self._next += 1
        return node

    def take_optional(self, *tags: int) -> Node | None:
        if self._next < len(self._nodes) and self._nodes[self._next].tag in tags:
            return self.take()
        return None

    def finish(self) -> None:
        if self._next != len(self._nodes):
            raise malformed("unexpected elements at the end")


def _read_header(source: bytes, position: int, limit: int) -> tuple[int, int, int]:
    """Tag, position of the content, length of the content (-1 = indefinite); checks only that the header is there."""
    if position + 2 > limit:
        raise malformed("truncated header")
    tag, first = source[position], source[position + 1]
    if tag & 0x1F == 0x1F:
        raise malformed("high tag number")
    body = position + 2
    if first < 0x80:
        return tag, body, first
    if first == 0x80:
        return tag, body, -1
    count = first & 0x7F
    if count > 8 or body + count > limit:
        raise malformed("length of length")
    return tag, body + count, int.from_bytes(source[body : body + count], "big")


def _read(source: bytes, position: int, limit: int) -> Node:
    tag, body, length = _read_header(source, position, limit)
    if length < 0:
        raise malformed("indefinite length")
    if body - position != 2 and (length < 0x80 or source[position + 2] == 0):
        raise malformed("length is not minimal")
    if length > limit - body:
        raise malformed("content is truncated")
    return Node(source, tag, position, body, body + length)


def parse(source: bytes, *, nodes_max: int = NODES_MAX) -> Node:
    """The one element that `source` consists of, every element in it checked to be DER.

    Raises EdsError(malformed) on truncation, trailing bytes, indefinite or non-minimal lengths, too deep nesting.
    """
    root = _read(source, 0, len(source))
    if root.end != len(source):
        raise malformed("trailing bytes")
    pending: list[tuple[Node, int]] = [(root, 1)]
    seen = 0
    while pending:
        node, depth = pending.pop()
        if depth > DEPTH_MAX:
            raise malformed("nested too deep")
        if node.tag & 0x20:
            for child in node:
                seen += 1
                if seen > nodes_max:
                    raise malformed("too many elements")
                if child.tag & 0x20:
                    pending.append((child, depth + 1))
    return root


def to_der(source: bytes) -> bytes:
    """The same value in DER: definite minimal lengths, octet strings in one piece. DER comes back unchanged."""
    try:
        parse(source)
        return source
    except EdsError:
        rewritten, position = _Rewriter(source).rewrite(0, len(source), 1)
        if position != len(source):
            raise malformed("trailing bytes") from None
        return rewritten


class _Rewriter:
    def __init__(self, source: bytes) -> None:
        self._source = source
        self._seen = 0
        self._written = 0

    def rewrite(self, position: int, limit: int, depth: int) -> tuple[bytes, int]:
        """DER of the element at `position` and the position after it."""
        self._seen += 1
        if depth > DEPTH_MAX or self._seen > NODES_MAX:
            raise malformed("nested too deep or too many elements")
        tag, body, length = _read_header(self._source, position, limit)
        if length > limit - body:
            raise malformed("content is truncated")
        if not tag & 0x20:
            if length < 0:
                raise malformed("indefinite length of a primitive element")
            return encode(tag, self._source[body : body + length]), body + length
        parts, end = self._children(body, -1 if length < 0 else body + length, limit, depth)
        self._written += end - body
        if self._written > REWRITTEN_BYTES_MAX:
            raise malformed("too large in so many layers")
        if tag == CONSTRUCTED_OCTET_STRING:
            return encode(OCTET_STRING, b"".join(parse(part).expect(OCTET_STRING).content for part in parts)), end
        return encode(tag, b"".join(parts)), end

    def _children(self, position: int, end: int, limit: int, depth: int) -> tuple[list[bytes], int]:
        parts: list[bytes] = []
        while position != end:
            if end < 0 and self._source[position : position + 2] == b"\0\0" and position + 2 <= limit:
                return parts, position + 2
            part, position = self.rewrite(position, limit if end < 0 else end, depth + 1)
            parts.append(part)
        return parts, position


def encode(tag: int, content: bytes) -> bytes:
    """One DER element."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def encode_oid(dotted: str) -> bytes:
    """An OBJECT IDENTIFIER out of dotted numbers."""
    first, second, *rest = map(int, dotted.split("."))
    encoded = bytearray()
    for number in (first * 40 + second, *rest):
        septets = [number & 0x7F]
        while number := number >> 7:
            septets.append(number & 0x7F | 0x80)
        encoded += bytes(reversed(septets))
    return encode(OID, bytes(encoded))


def integer(node: Node, tag: int = INTEGER) -> int:
    """An INTEGER, signed; refuses an empty one and one of more than 1100 bytes."""
    content = node.expect(tag).content
    if not content or len(content) > 1100:
        raise malformed("integer")
    return int.from_bytes(content, "big", signed=True)


def boolean(node: Node) -> bool:
    """A BOOLEAN: anything but zero is true."""
    content = node.expect(BOOLEAN).content
    if len(content) != 1:
        raise malformed("boolean")
    return content != b"\0"


def bits(node: Node) -> bytes:
    """Content of a BIT STRING of whole octets."""
    content = node.expect(BIT_STRING).content
    if not content or content[0] != 0:
        raise malformed("bit string is not of whole octets")
    return content[1:]


def oid(node: Node) -> str:
    """An OBJECT IDENTIFIER as dotted numbers."""
    return _dotted(node.expect(OID).content)


@lru_cache(maxsize=512)
def _dotted(content: bytes) -> str:
    if not content or content[-1] & 0x80 or len(content) > 64:
        raise malformed("object identifier")
    numbers: list[int] = []
    value = 0
    for octet in content:
        value = value << 7 | octet & 0x7F
        if not octet & 0x80:
            numbers.append(value)
            value = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))


def text(node: Node) -> str:
    """Text of a directory string."""
    encoding = _ENCODINGS.get(node.tag)
    if encoding is None:
        raise malformed("not a string")
    try:
        return node.content.decode(encoding)
    except UnicodeDecodeError as error:
        raise malformed("string encoding") from error


def moment(node: Node) -> datetime:
    """UTCTime or GeneralizedTime as DER writes them (RFC 5280, 4.1.2.5): seconds, Z, no fraction."""
    content = node.content
    if node.tag == UTC_TIME and len(content) == 13:
        century = b"20" if content[:2] < b"50" else b"19"
        content = century + content
    elif node.tag != GENERALIZED_TIME or len(content) != 15:
        raise malformed("time")
    if content[-1:] != b"Z" or not content[:-1].isdigit():
        raise malformed("time")
    try:
        return datetime.strptime(content[:-1].decode("ascii"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise malformed("time") from error
