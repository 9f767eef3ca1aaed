"""Signatures of GOST 34.10-2015, 512 bits, on the curve tc26-512-A (RFC 7836), in the byte layout of Kazakhstan.

Public key x‖y and signature r‖s: 64 bytes each, little-endian; a digest is read as a little-endian number.
"""

from __future__ import annotations

from functools import lru_cache

from gostcrypto import gostsignature

from demeu.vault.identity.eds import libgcrypt
from demeu.vault.identity.eds.streebog import streebog512

SIGNATURE_SIZE = KEY_SIZE = 128
P = 2**512 - 569
A = P - 3
B = int(
    "E8C2505DEDFC86DDC1BD0B2B6667F1DA34B82574761CB0E879BD081CFD0B6265"
    "EE3CB090F30D27614CB4574010DA90DD862EF9D4EBEE4761503190785A71C760",
    16,
)
Q = int(
    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
    "27E69532F48D89116FF22B8D4E0560609B4B38ABFAD2B85DCACDB1411F10B275",
    16,
)
Point = tuple[int, int]


def point_from_bytes(octets: bytes) -> Point | None:
    """The public key x‖y; None when these are not a point of the curve."""
    if len(octets) != KEY_SIZE:
        return None
    x, y = _halves(octets)
    if x >= P or y >= P or (y * y - (x * x * x + A * x + B)) % P:
        return None
    return x, y


def verify(point: Point, message: bytes, signature: bytes) -> bool:
    """Is `signature` (r‖s) right for `message` under this public key?"""
    if not _in_range(signature):
        return False
    digest = int.from_bytes(streebog512(message), "little")
    library = libgcrypt.load()
    if library is None:
        return reference_verify(point, digest, signature)
    return library.verify(point, digest, _halves(signature))


def sign(private: int, message: bytes) -> bytes:
    """r‖s for `message`; `private` is a number below the order of the curve. Raises ValueError when it is not."""
    if not 0 < private < Q:
        raise ValueError("the private key is out of range")
    digest = int.from_bytes(streebog512(message), "little")
    library = libgcrypt.load()
    if library is None:
        return reference_sign(private, digest)
    return _joined(library.sign(private, digest))


def reference_verify(point: Point, digest: int, signature: bytes) -> bool:
    """The same by gostcrypto: the reference of the tests and the fallback."""
    public = bytearray(point[0].to_bytes(64, "big") + point[1].to_bytes(64, "big"))
    r, s = _halves(signature)
    if not _in_range(signature):
        return False
    return bool(
        _gostcrypto().verify(
            public, bytearray(digest.to_bytes(64, "big")), bytearray(r.to_bytes(64, "big") + s.to_bytes(64, "big"))
        )
    )


def reference_sign(private: int, digest: int) -> bytes:
    """The same by gostcrypto."""
    signed = bytes(_gostcrypto().sign(bytearray(private.to_bytes(64, "big")), bytearray(digest.to_bytes(64, "big"))))
    return _joined((int.from_bytes(signed[:64], "big"), int.from_bytes(signed[64:], "big")))


def public_point(private: int) -> Point:
    """The public key of a private one."""
    octets = bytes(_gostcrypto().public_key_generate(bytearray(private.to_bytes(64, "big"))))
    return int.from_bytes(octets[:64], "big"), int.from_bytes(octets[64:], "big")


def point_to_bytes(point: Point) -> bytes:
    """A public key as 128 bytes: both coordinates, little-endian, as certificates carry them."""
    return _joined(point)


@lru_cache(maxsize=1)
def _gostcrypto() -> gostsignature.GOST34102012:
    curve = gostsignature.CURVES_R_1323565_1_024_2019["id-tc26-gost-3410-12-512-paramSetA"]
    return gostsignature.new(gostsignature.MODE_512, curve)


def _halves(octets: bytes) -> tuple[int, int]:
    return int.from_bytes(octets[:64], "little"), int.from_bytes(octets[64:], "little")


def _joined(numbers: tuple[int, int]) -> bytes:
    return numbers[0].to_bytes(64, "little") + numbers[1].to_bytes(64, "little")


def _in_range(signature: bytes) -> bool:
    return len(signature) == SIGNATURE_SIZE and all(0 < number < Q for number in _halves(signature))
