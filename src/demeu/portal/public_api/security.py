"""How a program says who it is: a key as a bearer token. The key itself was read by the middleware."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from demeu.portal.partners.models import ApiKey


class PartnerKey(HttpBearer):
    """`Authorization: Bearer demeu_live_…`"""

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        """The key that the middleware found behind this word."""
        found: ApiKey | None = getattr(request, "api_key", None)
        return found
