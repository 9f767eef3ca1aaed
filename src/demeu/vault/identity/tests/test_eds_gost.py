"""GOST by two implementations: whatever one says, the other says too."""

from hypothesis import given, settings
from hypothesis import strategies as st

from demeu.vault.identity.eds import gost, libgcrypt
from demeu.vault.identity.eds.streebog import reference_streebog512, streebog512

SLOW = settings(max_examples=4, deadline=None)
PRIVATE = 0x1234567890ABCDEF << 300


def digest_of(message: bytes) -> int:
    return int.from_bytes(streebog512(message), "little")


def test_libgcrypt_is_there_so_that_both_ways_are_tested() -> None:
    assert libgcrypt.load() is not None


def test_streebog_of_the_standard_example() -> None:
    # GOST 34.11-2018, appendix A, example M1 (RFC 6986, section 10.1, written in the order of bytes on the wire)
    message = b"012345678901234567890123456789012345678901234567890123456789012"
    assert streebog512(message).hex() == (
        "1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa"
        "00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48"
    )


@SLOW
@given(st.binary(max_size=200))
def test_both_hash_the_same(message: bytes) -> None:
    assert streebog512(message) == reference_streebog512(message)


@SLOW
@given(st.binary(max_size=50), st.integers(1, gost.Q - 1))
def test_what_libgcrypt_signs_gostcrypto_accepts_and_the_other_way_round(message: bytes, private: int) -> None:
    point = gost.public_point(private)
    fast = gost.sign(private, message)
    slow = gost.reference_sign(private, digest_of(message))
    assert gost.reference_verify(point, digest_of(message), fast)
    assert gost.verify(point, message, slow)


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 128 * 8 - 1))
def test_both_refuse_a_signature_with_one_changed_bit(bit: int) -> None:
    point, message = gost.public_point(PRIVATE), "жарна".encode()
    signature = bytearray(gost.sign(PRIVATE, message))
    signature[bit // 8] ^= 1 << bit % 8
    assert not gost.verify(point, message, bytes(signature))
    assert not gost.reference_verify(point, digest_of(message), bytes(signature))


def test_zero_halves_and_wrong_sizes_are_refused() -> None:
    point = gost.public_point(PRIVATE)
    signature = gost.sign(PRIVATE, b"x")
    for wrong in (b"", bytes(128), signature[:64] + bytes(64), bytes(64) + signature[64:], signature + b"\0"):
        assert not gost.verify(point, b"x", wrong)


def test_a_number_that_is_not_a_point_is_no_key() -> None:
    octets = bytearray(gost.point_to_bytes(gost.public_point(PRIVATE)))
    assert gost.point_from_bytes(bytes(octets)) is not None
    octets[0] ^= 1
    assert gost.point_from_bytes(bytes(octets)) is None
    assert gost.point_from_bytes(bytes(128)) is None


def test_without_libgcrypt_everything_still_works(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    point, fast = gost.public_point(PRIVATE), gost.sign(PRIVATE, b"x")
    monkeypatch.setattr(libgcrypt, "load", lambda: None)
    assert gost.verify(point, b"x", fast)
    assert gost.verify(point, b"x", gost.sign(PRIVATE, b"x"))
    assert not gost.verify(point, b"y", fast)
