"""Addresses of the public API and of the page about it."""

from django.urls import path, re_path

from demeu.portal.public_api import views
from demeu.portal.public_api.api import api

app_name = "public-api"
urlpatterns = [
    path("developers/", views.about, name="about"),
]
# Outside this namespace: the document of the API names its own addresses.
api_urlpatterns = [
    path("api/v1/", api.urls),
    re_path(r"^api/v1(?:/.*)?$", views.unknown_path),
]
