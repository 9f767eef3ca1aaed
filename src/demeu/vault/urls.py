"""Addresses of the vault: its operations, health and figures, and the operator's replies."""

from django.urls import include, path

from demeu.vault.api import api
from demeu.vault.messages.views import inbound_sms

urlpatterns = [
    path("", include("demeu.kernel.urls")),
    path("api/", api.urls),
    path("inbound/sms", inbound_sms),
]
