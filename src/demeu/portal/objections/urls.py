"""Addresses of objections."""

from django.urls import path

from demeu.portal.objections import views

app_name = "objections"
urlpatterns = [
    path("my/access/object/", views.make, name="make"),
    path("my/access/objections/<uuid:objection>/", views.own, name="own"),
    path("desk/objections/", views.desk, name="desk"),
    path("desk/objections/<uuid:objection>/", views.answer, name="answer"),
]
