"""Addresses of the scoring: its operations, health and figures."""

from django.urls import include, path

from demeu.scoring.api import api

urlpatterns = [
    path("", include("demeu.kernel.urls")),
    path("api/", api.urls),
]
