"""The hash function GOST 34.11-2015 of 512 bits (Streebog-512): by libgcrypt, else by the slow gostcrypto."""

from gostcrypto import gosthash

from demeu.vault.identity.eds import libgcrypt

SLOW_SIZE_MAX = 2_000_000


def streebog512(message: bytes) -> bytes:
    """64 bytes, in the order in which certificates, CMS and XML carry a digest.

    Raises ValueError for a message over SLOW_SIZE_MAX where only the slow implementation is there.
    """
    library = libgcrypt.load()
    if library is not None:
        return library.streebog512(message)
    if len(message) > SLOW_SIZE_MAX:
        raise ValueError("too large to hash without libgcrypt")
    return reference_streebog512(message)


def reference_streebog512(message: bytes) -> bytes:
    """The same by gostcrypto: the reference of the tests and the fallback."""
    digest = gosthash.new("streebog512", data=bytearray(message)).digest()
    return bytes(digest)
