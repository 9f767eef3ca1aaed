"""Addresses of the portal: its operations, health and figures."""

from django.urls import include, path

from demeu.portal.api import api

urlpatterns = [
    path("", include("demeu.kernel.urls")),
    path("api/", api.urls),
    path("", include("demeu.portal.ui.urls")),
    path("", include("demeu.portal.legal.urls")),
]
