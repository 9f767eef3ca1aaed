"""Addresses of the witness."""

from django.urls import path

from demeu.sandbox.witness import views

urlpatterns = [
    path("", views.remembered, name="witness"),
    path("key", views.key, name="witness-key"),
    path("add-checkpoint", views.add, name="witness-add-checkpoint"),
]
