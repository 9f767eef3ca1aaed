"""Where a gift is begun from, as keyed hashes: enough to see a thief trying cards, too little to find a person."""

import hashlib
import hmac
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

V4_SUBNET_BITS, V6_SUBNET_BITS = 24, 48


def origin_of(request: HttpRequest) -> dict[str, str]:
    """`address`, `subnet` (/24 or /48) and `device` (the browser's CSRF cookie), each as HMAC-SHA-256 (hex)."""
    address = request.META.get("REMOTE_ADDR", "")
    device = request.META.get("CSRF_COOKIE") or ""
    return {
        "address": _hashed("address", address),
        "subnet": _hashed("subnet", subnet_of(address)),
        "device": _hashed("device", device) if device else "",
    }


def subnet_of(address: str) -> str:
    """The network around an address; the text itself when it is none."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    bits = V4_SUBNET_BITS if known.version == 4 else V6_SUBNET_BITS
    return str(ip_network(f"{address}/{bits}", strict=False))


def _hashed(kind: str, text: str) -> str:
    key = hashlib.sha256(b"gift-origin:" + str(settings.SECRET_KEY).encode()).digest()
    return hmac.new(key, f"{kind}:{text}".encode(), hashlib.sha256).hexdigest()
