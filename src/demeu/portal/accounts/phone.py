"""Signing on the phone: the QR code of a browser, and the two addresses that eGov Mobile asks (API 1 and API 2).

The phone's addresses are open to the Internet and know nothing of browsers: vault judges every word and signature.
The form of the answers follows the published description of the national mobile application; its operator must put
the site's address on a list. Not confirmed with the operator.
"""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from demeu.contracts import vault
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.errors import Refusal
from demeu.portal.accounts import sessions
from demeu.portal.ui.refusals import text_of

BEARER = "Bearer "
BODY_BYTES_MAX = 400_000


@never_cache
@require_POST
def code(request: HttpRequest) -> JsonResponse:
    """The QR code for an open attempt of this browser: a picture, the address in it, and until when it works."""
    try:
        body = vault.QrOpen(attempt=UUID(request.POST.get("attempt", "")), session=sessions.binding(request))
        opened = ask("vault", vault.QR_OPEN, body, actor="guest", purpose=Purpose.SIGN_IN)
    except ValueError:
        return JsonResponse({"problem": "identity.unknown_attempt"}, status=400)
    except Refusal as refusal:
        return JsonResponse({"problem": refusal.code, "words": text_of(refusal)}, status=403)
    address = f"{sessions.origin(request)}{reverse('accounts:phone-about', args=[opened.token])}"
    link = f"mobileSign:{address}"
    picture = segno.make(link, error="m", micro=False).svg_data_uri(scale=5, border=4, light="#fff")
    return JsonResponse({"link": link, "picture": picture, "until": opened.expires_at.isoformat()})


@never_cache
@require_GET
def brought(request: HttpRequest, attempt: UUID) -> JsonResponse:
    """What the phone has brought for this browser's attempt; an empty `cms` while there is nothing."""
    body = vault.QrOpen(attempt=attempt, session=sessions.binding(request))
    try:
        found = ask("vault", vault.QR_COLLECT, body, actor="guest", purpose=Purpose.SIGN_IN)
    except Refusal as refusal:
        return JsonResponse({"problem": refusal.code}, status=403)
    return JsonResponse({"cms": found.cms})


@never_cache
@require_GET
def about(request: HttpRequest, token: str) -> JsonResponse:
    """API 1: who asks for a signature, until when, and where the document is."""
    try:
        shown = _shown(token)
    except Refusal as refusal:
        return _refused(refusal, 404)
    uri = f"{sessions.origin(request)}{reverse('accounts:phone-document', args=[token])}"
    organisation = {
        "nameRu": settings.DEMEU_PORTAL_ORGANISATION,
        "nameKz": settings.DEMEU_PORTAL_ORGANISATION,
        "nameEn": settings.DEMEU_PORTAL_ORGANISATION,
        "bin": settings.DEMEU_PORTAL_ORGANISATION_BIN,
    }
    return JsonResponse(
        {
            "description": shown.names["ru"],
            "expiry_date": _moment(shown.expires_at),
            "organisation": organisation,
            "document": {"uri": uri, "auth_type": "Token", "auth_token": shown.bearer},
        }
    )


@never_cache
@csrf_exempt
@require_http_methods(["GET", "PUT"])
def document(request: HttpRequest, token: str) -> HttpResponse:
    """API 2: GET gives the exact bytes to sign, PUT brings the signature in their place."""
    bearer = request.headers.get("Authorization", "").removeprefix(BEARER)
    try:
        if request.method == "PUT":
            body = vault.QrPut(token=token, bearer=bearer[:100], cms=_signature(request.body))
            ask("vault", vault.QR_PUT, body, actor="guest", purpose=Purpose.SIGN_IN)
            return HttpResponse(status=200)
        shown = _shown(token, bearer[:100])
    except Refusal as refusal:
        return _refused(refusal, 403)
    except (ValueError, LookupError, TypeError, AttributeError):
        return JsonResponse({"message": "unreadable"}, status=403)
    return JsonResponse({"signMethod": "CMS_SIGN_ONLY", "documentsToSign": [_document(shown)]})


def _shown(token: str, bearer: str | None = None) -> vault.QrShown:
    body = vault.QrShow(token=token[:100], bearer=bearer)
    return ask("vault", vault.QR_SHOW, body, actor="guest", purpose=Purpose.SIGN_IN)


def _document(shown: vault.QrShown) -> dict[str, Any]:
    return {
        "id": 1,
        "nameRu": shown.names["ru"],
        "nameKz": shown.names["kk"],
        "nameEn": shown.names["en"],
        "meta": [],
        "document": {"file": {"mime": "", "data": shown.to_sign_b64}},
    }


def _signature(body: bytes) -> str:
    """The signature in the place of the document; the CMS in PEM or base64."""
    if len(body) > BODY_BYTES_MAX:
        raise ValueError("too large")
    (signed,) = json.loads(body)["documentsToSign"]
    found = signed["document"]["file"]["data"]
    if not isinstance(found, str) or not found or len(found) > 200_000:
        raise ValueError("no signature")
    return found


def _refused(refusal: Refusal, status: int) -> JsonResponse:
    return JsonResponse({"message": text_of(refusal)}, status=status)


def _moment(moment: datetime) -> str:
    """ISO 8601 with milliseconds and offset, as the description asks."""
    return moment.isoformat(timespec="milliseconds")
