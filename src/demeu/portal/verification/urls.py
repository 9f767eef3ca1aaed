"""Addresses of the curator's and the volunteer's desks."""

from django.urls import path

from demeu.portal.verification import decision_signing, views

app_name = "verification"
urlpatterns = [
    path("desk/review/", views.reviews, name="reviews"),
    path("desk/review/<uuid:application>/", views.review, name="review"),
    path("desk/review/<uuid:application>/sign/", decision_signing.sign_decision, name="sign-decision"),
    path("desk/visits/", views.visits, name="visits"),
    path("desk/visits/<uuid:application>/", views.visit, name="visit"),
    path("desk/visits/<uuid:application>/sign/", views.sign, name="sign"),
]
