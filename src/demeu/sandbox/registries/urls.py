"""ШЭП's two addresses."""

from django.urls import path

from demeu.sandbox.registries import views

urlpatterns = [path("bip-sync-wss-gost/", views.sync_channel), path("bip-async-wss-gost/", views.async_channel)]
