"""Addresses of webhooks' pages."""

from django.urls import path

from demeu.portal.webhooks import views

app_name = "webhooks"
urlpatterns = [
    path("partner/webhooks/", views.endpoints, name="endpoints"),
    path("partner/webhooks/<uuid:endpoint>/", views.endpoint, name="endpoint"),
    path("partner/webhooks/<uuid:endpoint>/secret/", views.secret, name="secret"),
    path("partner/webhooks/<uuid:endpoint>/state/", views.state, name="state"),
    path("partner/webhooks/<uuid:endpoint>/trial/", views.trial, name="trial"),
    path("partner/webhooks/<uuid:endpoint>/<uuid:delivery>/again/", views.again, name="again"),
]
