"""GOST 34.10-2015-512 and GOST 34.11-2015-512 (Streebog-512) in the byte layout of the national authority.

Everything that leaves this module is little-endian by halves: public key x‖y, signature r‖s; the digest is read
as a little-endian number. gostcrypto works big-endian, so each half is turned round here and nowhere else.
"""

import secrets

import gostcrypto
from gostcrypto.gostsignature.gost_34_10_2012 import GOST34102012

SIZE = 64
_CURVE = gostcrypto.gostsignature.CURVES_R_1323565_1_024_2019["id-tc26-gost-3410-12-512-paramSetA"]
ORDER: int = int(_CURVE["q"])


def digest(content: bytes) -> bytes:
    """Streebog-512 of the content, 64 bytes as the standard prints them (GOST 34.11-2015)."""
    streebog = gostcrypto.gosthash.new("streebog512", data=bytearray(content))
    return bytes(streebog.digest())


def new_scalar() -> int:
    """A fresh private key: a number in [1, q)."""
    return secrets.randbelow(ORDER - 1) + 1


def public_key(scalar: int) -> bytes:
    """x‖y of the public point, 64 bytes each, little-endian."""
    point = bytes(_ENGINE.public_key_generate(bytearray(scalar.to_bytes(SIZE, "big"))))
    return _turn_halves(point)


def sign(scalar: int, content: bytes) -> bytes:
    """r‖s over the content, 64 bytes each, little-endian."""
    number = bytearray(digest(content)[::-1])
    nonce = bytearray(new_scalar().to_bytes(SIZE, "big"))
    signature = _ENGINE.sign(bytearray(scalar.to_bytes(SIZE, "big")), number, nonce)
    return _turn_halves(bytes(signature))


def verify(public: bytes, content: bytes, signature: bytes) -> bool:
    """Whether r‖s (little-endian halves) belongs to the content and the key; false for anything misshapen."""
    if len(public) != 2 * SIZE or len(signature) != 2 * SIZE:
        return False
    number = bytearray(digest(content)[::-1])
    return bool(_ENGINE.verify(bytearray(_turn_halves(public)), number, bytearray(_turn_halves(signature))))


class _Engine(GOST34102012):  # type: ignore[misc]
    """gostcrypto with Python's own modular inverse: its recursive Euclid costs nine tenths of a signature."""

    @staticmethod
    def _invert(value: int, n_mod: int) -> int:
        return pow(value, -1, n_mod)

    def _add(self, x_1: int, x_2: int, y_1: int, y_2: int) -> tuple[int, int]:
        if x_1 == x_2 and y_1 == y_2:
            slope = (3 * x_1 * x_1 + self._a) * pow(2 * y_1, -1, self._p)
        else:
            slope = (y_2 - y_1) * pow(x_2 - x_1, -1, self._p)
        x_3 = (slope * slope - x_1 - x_2) % self._p
        return x_3, (slope * (x_1 - x_3) - y_1) % self._p


_ENGINE = _Engine(gostcrypto.gostsignature.MODE_512, _CURVE)


def _turn_halves(pair: bytes) -> bytes:
    return pair[:SIZE][::-1] + pair[SIZE:][::-1]
