"""Certificates, revocation lists and OCSP answers over plain HTTP, as an authority publishes them."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from demeu.sandbox.identity import lists, queries
from demeu.sandbox.identity.actions import FILES

_NAMES = {file: name for name, file in FILES.items()}


@require_safe
def certificate(request: HttpRequest, file: str) -> HttpResponse:
    """An authority's certificate in DER."""
    if file not in _NAMES:
        raise Http404
    content = queries.authority_certificate(_NAMES[file]).dump()
    return HttpResponse(content, content_type="application/pkix-cert")


@require_safe
def revocation_list(request: HttpRequest, file: str) -> HttpResponse:
    """A fresh revocation list in DER."""
    if _NAMES.get(file) not in lists.ALGORITHMS:
        raise Http404
    return HttpResponse(lists.fresh_list(_NAMES[file]), content_type="application/pkix-crl")


@csrf_exempt
@require_POST
def ocsp(request: HttpRequest) -> HttpResponse:
    """The status of certificates now (RFC 6960, appendix A)."""
    try:
        return HttpResponse(lists.status_answer(request.body), content_type="application/ocsp-response")
    except ValueError:
        return HttpResponseBadRequest()
