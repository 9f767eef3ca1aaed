"""Addresses that every process answers."""

from django.urls import path

from demeu.kernel import health

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
]
