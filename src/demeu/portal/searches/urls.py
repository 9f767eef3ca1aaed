"""Addresses of kept searches."""

from django.urls import path

from demeu.portal.searches import views

app_name = "searches"
urlpatterns = [
    path("my/searches/", views.mine, name="mine"),
    path("my/searches/keep/", views.keep, name="keep"),
    path("my/searches/<uuid:search>/", views.change, name="change"),
]
