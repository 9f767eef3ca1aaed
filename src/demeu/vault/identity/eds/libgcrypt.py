"""The few functions of libgcrypt (part of Debian's base) that make GOST fast, by ctypes.

Knows nothing of certificates or byte order conventions: numbers go in and out as big-endian integers.
"""

from __future__ import annotations

import ctypes
import re
import threading
from functools import lru_cache

_STREEBOG_512 = 310
_DISABLE_SECURE_MEMORY = 37
_INITIALIZATION_FINISHED = 38
_ADVANCED_FORMAT = 3
_VERSION_LEAST = b"1.9.0"
_CURVE = "GOST2012-512-tc26-A"
_ONE_AT_A_TIME = threading.Lock()
_SIGNATURE_PARTS = re.compile(rb"\((r|s) #([0-9A-Fa-f]+)#\)")


class LibGcrypt:
    """One loaded and initialised library."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library
        pointer, out = ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p)
        library.gcry_md_hash_buffer.argtypes = [ctypes.c_int, pointer, ctypes.c_char_p, ctypes.c_size_t]
        library.gcry_md_hash_buffer.restype = None
        library.gcry_sexp_new.argtypes = [out, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int]
        library.gcry_sexp_release.argtypes = [pointer]
        library.gcry_sexp_release.restype = None
        library.gcry_sexp_sprint.argtypes = [pointer, ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t]
        library.gcry_sexp_sprint.restype = ctypes.c_size_t
        library.gcry_pk_verify.argtypes = [pointer, pointer, pointer]
        library.gcry_pk_sign.argtypes = [out, pointer, pointer]

    def streebog512(self, message: bytes) -> bytes:
        digest = ctypes.create_string_buffer(64)
        self._library.gcry_md_hash_buffer(_STREEBOG_512, digest, message, len(message))
        return digest.raw

    def verify(self, point: tuple[int, int], digest: int, signature: tuple[int, int]) -> bool:
        """Is (r, s) a signature of the number `digest` by the key with this point of the curve tc26-512-A?"""
        q = b"\x04" + point[0].to_bytes(64, "big") + point[1].to_bytes(64, "big")
        r, s = signature
        expressions = (
            self._expression(f"(sig-val (gost (r #{r:0128X}#)(s #{s:0128X}#)))"),
            self._expression(_digest_expression(digest)),
            self._expression(f'(public-key (ecc (curve "{_CURVE}")(q #{q.hex()}#)))'),
        )
        try:
            return bool(self._library.gcry_pk_verify(*expressions) == 0)
        finally:
            for expression in expressions:
                self._library.gcry_sexp_release(expression)

    def sign(self, private: int, digest: int) -> tuple[int, int]:
        """(r, s) over the number `digest`; the one-time number comes from the library's own generator."""
        data = self._expression(_digest_expression(digest))
        key = self._expression(f'(private-key (ecc (curve "{_CURVE}")(d #{private:0128X}#)))')
        result = ctypes.c_void_p()
        try:
            if self._library.gcry_pk_sign(ctypes.byref(result), data, key) != 0:
                raise ValueError("libgcrypt refused to sign")
            parts = dict(_SIGNATURE_PARTS.findall(b" ".join(self._print(result).split())))
            return int(parts[b"r"], 16), int(parts[b"s"], 16)
        finally:
            for expression in (data, key, result):
                self._library.gcry_sexp_release(expression)

    def _expression(self, text: str) -> ctypes.c_void_p:
        encoded = text.encode("ascii")
        expression = ctypes.c_void_p()
        if self._library.gcry_sexp_new(ctypes.byref(expression), encoded, len(encoded), 1) != 0:
            raise ValueError("libgcrypt refused an expression")
        return expression

    def _print(self, expression: ctypes.c_void_p) -> bytes:
        buffer = ctypes.create_string_buffer(2048)
        size = self._library.gcry_sexp_sprint(expression, _ADVANCED_FORMAT, buffer, len(buffer))
        return buffer.raw[:size]


def _digest_expression(digest: int) -> str:
    return f"(data (flags gost)(value #{digest:0128X}#))"


def load() -> LibGcrypt | None:
    """The library, initialised once per process, or None when it is absent, too old or lacks the hash."""
    # The library ends the process when one thread hashes while another still initialises it.
    with _ONE_AT_A_TIME:
        return _load()


@lru_cache(maxsize=1)
def _load() -> LibGcrypt | None:
    try:
        library = ctypes.CDLL("libgcrypt.so.20")
    except OSError:
        return None
    library.gcry_check_version.argtypes = [ctypes.c_char_p]
    library.gcry_check_version.restype = ctypes.c_char_p
    if not library.gcry_check_version(_VERSION_LEAST):
        return None
    library.gcry_control(_DISABLE_SECURE_MEMORY, 0)
    library.gcry_control(_INITIALIZATION_FINISHED, 0)
    return LibGcrypt(library)
