"""Addresses of the map."""

from django.urls import path, re_path

from demeu.portal.maps import views

app_name = "maps"
urlpatterns = [
    path("map/", views.country, name="map"),
    re_path(r"^map/(?P<code>\d\d)/$", views.region, name="region"),
    re_path(r"^map/shapes/(?P<level>regions|districts)/(?P<edition>[0-9a-f]{12})\.svg$", views.shapes, name="shapes"),
    re_path(
        r"^map/shapes/(?P<level>districts)/(?P<edition>[0-9a-f]{12})/(?P<code>\d\d)\.svg$",
        views.shapes,
        name="districts",
    ),
]
