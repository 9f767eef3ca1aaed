"""Addresses of papers."""

from django.urls import path

from demeu.portal.papers import views

app_name = "papers"
urlpatterns = [
    path("verify.html", views.verify_file, name="verify-file"),
]
