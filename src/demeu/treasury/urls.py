"""Addresses of the treasury: its operations, health and figures."""

from django.urls import include, path

from demeu.treasury.api import api

urlpatterns = [
    path("", include("demeu.kernel.urls")),
    path("api/", api.urls),
]
