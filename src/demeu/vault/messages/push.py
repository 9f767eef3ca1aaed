"""Web Push (RFC 8030) encrypted for the browser (RFC 8291) and signed as the sender (RFC 8292). Knows no people.

Only the push services of browsers are written to: an address that a page gives must not lead anywhere else.
"""

import base64
import binascii
import json
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import requests
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from py_vapid import Vapid
from pywebpush import WebPushException, webpush

from demeu.kernel.errors import invalid, unavailable
from demeu.kernel.secret_files import place_once

TIME_LIMIT_S = 6.0
LIFE_S = 4 * 3600
GONE = (404, 410)
POINT_BYTES, SECRET_BYTES = 65, 16
TEXT_CHARS_MAX = 600


def require_usable(endpoint: str, p256dh: str, auth: str) -> None:
    """Refuse `push.endpoint_not_allowed` and `push.key_invalid`."""
    try:
        parts = urlsplit(endpoint)
    except ValueError:
        raise invalid("push.endpoint_not_allowed") from None
    host = parts.netloc.lower()
    allowed = any(fits(host, one.strip().lower()) for one in settings.DEMEU_VAULT_PUSH_HOSTS.split(",") if one.strip())
    secure = parts.scheme == "https" or (settings.DEMEU_PROFILE == "demo" and parts.scheme == "http")
    if not allowed or not secure or "@" in host:
        raise invalid("push.endpoint_not_allowed")
    try:
        point, secret = _bytes_of(p256dh), _bytes_of(auth)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        raise invalid("push.key_invalid") from None
    if len(point) != POINT_BYTES or len(secret) != SECRET_BYTES:
        raise invalid("push.key_invalid")


def fits(host: str, allowed: str) -> bool:
    """Whether a host is the allowed one; «*.example.org» allows every name under it."""
    return host.endswith(allowed[1:]) if allowed.startswith("*.") else host == allowed


def kept_form(endpoint: str, p256dh: str, auth: str) -> str:
    """The subscription as text, in the form of the Push API."""
    return json.dumps({"endpoint": endpoint, "keys": {"p256dh": p256dh, "auth": auth}})


def send(subscription: dict[str, object], shown: dict[str, str], *, urgent: bool) -> None:
    """Hand one notice over to the browser's push service.

    Refuses `push.device_gone` and `push.refused` for good, `push.service_silent` for now.
    """
    content = json.dumps(shown | {"text": shown["text"][:TEXT_CHARS_MAX]}, ensure_ascii=False)
    try:
        webpush(
            subscription,
            data=content.encode(),
            vapid_private_key=_sender(),
            vapid_claims={"sub": f"mailto:{settings.DEMEU_VAULT_MAIL_FROM}"},
            ttl=LIFE_S,
            timeout=TIME_LIMIT_S,
            headers={"Urgency": "high" if urgent else "normal"},
            requests_session=_session(),
        )
    except WebPushException as fault:
        status = fault.response.status_code if fault.response is not None else 0
        if status in GONE:
            raise invalid("push.device_gone") from None
        if 400 <= status < 500 and status != 429:
            raise invalid("push.refused", status=status) from None
        raise unavailable("push.service_silent", status=status) from None
    except (requests.RequestException, ValueError):
        raise unavailable("push.service_silent") from None


def public_key() -> str:
    """The key that a page subscribes with (`applicationServerKey`), base64url."""
    point = (
        _key(Path(settings.DEMEU_VAULT_VAPID))
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


def _sender() -> Vapid:
    return Vapid(_key(Path(settings.DEMEU_VAULT_VAPID)))


@lru_cache(maxsize=1)
def _session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    return session


@lru_cache(maxsize=2)
def _key(path: Path) -> ec.EllipticCurvePrivateKey:
    """The sender's key, made at first start with mode 600; of two processes that make it the first wins."""
    if not path.exists():
        fresh = ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        place_once(path, fresh)
    loaded = serialization.load_pem_private_key(path.read_bytes(), None)
    assert isinstance(loaded, ec.EllipticCurvePrivateKey)
    return loaded


def _bytes_of(text: str) -> bytes:
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
