"""Addresses of the control API."""

from django.urls import path, re_path

from demeu.sandbox.control import views

urlpatterns = [
    path("families", views.families),
    re_path(r"^families/(?P<iin>[0-9]{12})$", views.family),
    path("keys", views.keys),
    path("keys/current", views.current_key),
    path("keys/certificate", views.key_certificate),
    path("keys/<uuid:key_id>/revoke", views.revoke_key),
    path("sign", views.sign),
    path("ncalayer", views.ncalayer),
    path("emergencies", views.emergencies),
    path("organizations", views.organizations),
    path("faults", views.faults),
]
