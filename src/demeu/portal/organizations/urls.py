"""Addresses of the registry and its desks."""

from django.urls import path

from demeu.portal.organizations import desks, views

app_name = "organizations"
urlpatterns = [
    path("organizations/", views.registry, name="registry"),
    path("organizations.csv", views.registry_csv, name="csv"),
    path("organizations/<uuid:identifier>/", views.organization, name="organization"),
    path("desk/organizations/", desks.desk, name="desk"),
    path("desk/organizations/<uuid:identifier>/", desks.look, name="look"),
    path("desk/quarters/", desks.reports, name="reports"),
    path("desk/second-visits/", desks.second_visits, name="second-visits"),
]
