"""Addresses of the legal texts."""

from django.urls import path

from demeu.portal.legal import views

app_name = "legal"
urlpatterns = [
    path("legal/offer/", views.show, {"kind": "offer"}, name="offer"),
    path("legal/privacy/", views.show, {"kind": "privacy"}, name="privacy"),
    path("legal/consent/", views.show, {"kind": "consent"}, name="consent"),
    path("legal/<str:kind>/", views.show, name="text"),
    path("legal/<str:kind>/<str:version>/", views.show, name="version"),
]
