"""Addresses of live pages; `/live/stream/` itself is served by the process of streams."""

from django.urls import path

from demeu.portal.live import views

app_name = "live"
urlpatterns = [path("live/now/", views.now, name="now")]
