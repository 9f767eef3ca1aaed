"""Addresses of the application."""

from django.urls import path

from demeu.portal.cases import views

app_name = "cases"
urlpatterns = [
    path("apply/", views.start, name="apply"),
    path("apply/for-other/", views.start_for_other, name="apply-for-other"),
    path("apply/<uuid:application>/check/", views.check, name="check"),
    path("apply/<uuid:application>/consent/sign/", views.consent_sign, name="consent-sign"),
    path("apply/<uuid:application>/<str:code>/", views.question_page, name="question"),
]
