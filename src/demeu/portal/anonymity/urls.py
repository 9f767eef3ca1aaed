"""Addresses of the decisions by two people."""

from django.urls import path

from demeu.portal.anonymity import views

app_name = "anonymity"
urlpatterns = [
    path("desk/overrides/", views.waiting, name="waiting"),
    path("desk/overrides/<uuid:override>/", views.decide, name="decide"),
]
