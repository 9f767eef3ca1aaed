"""Browsers at the sandbox's push service: their keys, and reading what was encrypted for them.

The reading is written from RFC 8188, 8291 and 8292 over primitives; it shares no code with any sender.
"""

import base64
import json
import os
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import transaction

from demeu.kernel import clock
from demeu.kernel.errors import forbidden, invalid, not_found
from demeu.sandbox.messages.models import Browser, PushNotice
from demeu.sandbox.messages.rules import printable

TERM_S_MAX = 24 * 3600
SALT_BYTES, HEAD_BYTES, TAG_BYTES, POINT_BYTES = 16, 21, 16, 65
CURVE = ec.SECP256R1()


def subscribe(*, sender_key: str) -> Browser:
    """A new browser that will take notices of this sender only (its VAPID key, base64url; empty = of anybody)."""
    private = ec.generate_private_key(CURVE)
    point = private.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return Browser.objects.create(
        token=_text(os.urandom(32)),
        private_key=_text(private.private_numbers().private_value.to_bytes(32, "big")),
        public_key=_text(point),
        auth=_text(os.urandom(16)),
        sender_key=sender_key[:88],
        made_at=clock.now(),
    )


@transaction.atomic
def deliver(*, token: str, origin: str, authorization: str, encoding: str, ttl: str, urgency: str, body: bytes) -> None:
    """Take one notice. Refuses `push.unknown`, `push.gone`, `push.sender`, `push.headers`, `push.unreadable`."""
    browser = Browser.objects.filter(token=token).first()
    if browser is None:
        raise not_found("push.unknown")
    if browser.gone:
        raise not_found("push.gone")
    _require_sender(browser, origin, authorization)
    if encoding != "aes128gcm" or not ttl.isdecimal() or len(body) > 4096:
        raise invalid("push.headers")
    text = decrypted(browser, body)
    PushNotice.objects.create(
        browser=browser, text=printable(text), urgency=urgency[:10], ttl_s=min(int(ttl), 2**31 - 1), at=clock.now()
    )


def decrypted(browser: Browser, body: bytes) -> str:
    """RFC 8291: one record of aes128gcm for this browser's key and secret. Refuses `push.unreadable`."""
    try:
        salt, key_length = body[:SALT_BYTES], body[HEAD_BYTES - 1]
        sender_point, sealed = body[HEAD_BYTES : HEAD_BYTES + key_length], body[HEAD_BYTES + key_length :]
        if key_length != POINT_BYTES or len(sealed) <= TAG_BYTES:
            raise invalid("push.unreadable")
        private = ec.derive_private_key(int.from_bytes(_bytes(browser.private_key), "big"), CURVE)
        shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender_point))
        about = b"WebPush: info\0" + _bytes(browser.public_key) + sender_point
        secret = _derived(_bytes(browser.auth), shared, about, 32)
        key = _derived(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derived(salt, secret, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        if not plain.endswith(b"\2"):
            raise invalid("push.unreadable")
        return plain[:-1].decode()
    except (IndexError, ValueError, InvalidTag):
        raise invalid("push.unreadable") from None


def leave(token: str) -> None:
    """The browser is there no more."""
    Browser.objects.filter(token=token).update(gone=True)


def notices_of(token: str) -> Sequence[PushNotice]:
    """What a browser was told, oldest first."""
    return list(PushNotice.objects.filter(browser=token).order_by("id"))


def newest(count: int) -> Sequence[PushNotice]:
    """The latest notices of all browsers."""
    return list(PushNotice.objects.order_by("-id")[:count])


def _require_sender(browser: Browser, origin: str, authorization: str) -> None:
    """RFC 8292: `vapid t=<JWT by ES256>, k=<its key>`; for this origin, not over, and by the subscribed sender."""
    scheme, _, rest = authorization.partition(" ")
    given = dict(part.strip().split("=", 1) for part in rest.split(",") if "=" in part)
    try:
        head, claims, signature = given["t"].split(".")
        raw, point = _bytes(signature), _bytes(given["k"])
        r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
        key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        key.verify(encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
        told = json.loads(_bytes(claims))
        fits = scheme == "vapid" and json.loads(_bytes(head))["alg"] == "ES256" and len(raw) == 64
        in_time = time.time() < told["exp"] <= time.time() + TERM_S_MAX
        here = urlsplit(told["aud"])._replace(path="") == urlsplit(origin) and str(told["sub"]).startswith("mailto:")
    except (KeyError, ValueError, TypeError, InvalidSignature):
        raise forbidden("push.sender") from None
    if not (fits and in_time and here) or (browser.sender_key and _bytes(browser.sender_key) != point):
        raise forbidden("push.sender")


def _derived(salt: bytes, secret: bytes, about: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, about).derive(secret)


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
