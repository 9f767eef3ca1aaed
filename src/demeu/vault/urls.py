"""Addresses of the vault: its operations, health and figures."""

from django.urls import include, path

from demeu.vault.api import api

urlpatterns = [
    path("", include("demeu.kernel.urls")),
    path("api/", api.urls),
]
