"""GOST 34.10-2015-512 and GOST 34.11-2015-512 (Streebog-512) in the byte layout of the national authority.

Everything that leaves this module is little-endian by halves: public key x‖y, signature r‖s; the digest is read
as a little-endian number. gostcrypto works big-endian, so each half is turned round here and nowhere else.
"""

import secrets
from functools import lru_cache

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


@lru_cache(maxsize=256)
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
    """gostcrypto with faster arithmetic: its own divides once per bit, this divides once per product.

    Points are kept in Jacobian coordinates (X/Z², Y/Z³); formulas from the Explicit-Formulas Database.
    """

    @staticmethod
    def _invert(value: int, n_mod: int) -> int:
        return pow(value, -1, n_mod)

    def _mul_point(self, mul_value: int, x_op: int = -1, y_op: int = -1) -> tuple[int, int]:
        base = (x_op, y_op) if x_op > 0 and y_op > 0 else (self._x, self._y)
        point = (*base, 1)
        for bit in bin(mul_value)[3:]:
            point = self._double(*point)
            if bit == "1":
                point = self._add_base(point, base)
        scale = pow(point[2], -1, self._p)
        return point[0] * scale * scale % self._p, point[1] * pow(scale, 3, self._p) % self._p

    def _double(self, x: int, y: int, z: int) -> tuple[int, int, int]:
        p = self._p
        y_2, z_2 = y * y % p, z * z % p
        s = 4 * x * y_2 % p
        m = (3 * x * x + self._a * z_2 * z_2) % p
        x_3 = (m * m - 2 * s) % p
        return x_3, (m * (s - x_3) - 8 * y_2 * y_2) % p, 2 * y * z % p

    def _add_base(self, point: tuple[int, int, int], base: tuple[int, int]) -> tuple[int, int, int]:
        p, (x, y, z) = self._p, point
        z_2 = z * z % p
        h = (base[0] * z_2 - x) % p
        r = (base[1] * z_2 * z - y) % p
        if h == 0 and r == 0:
            return self._double(x, y, z)
        h_2 = h * h % p
        h_3, v = h_2 * h % p, x * h_2 % p
        x_3 = (r * r - h_3 - 2 * v) % p
        return x_3, (r * (v - x_3) - y * h_3) % p, z * h % p


_ENGINE = _Engine(gostcrypto.gostsignature.MODE_512, _CURVE)


def _turn_halves(pair: bytes) -> bytes:
    return pair[:SIZE][::-1] + pair[SIZE:][::-1]
