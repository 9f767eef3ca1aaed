"""ШЭП's one address."""

from django.urls import path

from demeu.sandbox.registries import views

urlpatterns = [path("bip-sync-wss-gost/", views.sync_channel)]
