"""Addresses of partners' pages."""

from django.urls import path

from demeu.portal.partners import views

app_name = "partners"
urlpatterns = [
    path("partner/keys/", views.keys, name="keys"),
    path("partner/keys/<uuid:key>/revoke/", views.revoke, name="revoke"),
]
