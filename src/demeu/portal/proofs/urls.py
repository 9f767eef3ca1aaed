"""Address of the check."""

from django.urls import path

from demeu.portal.proofs import views

app_name = "proofs"
urlpatterns = [path("verify/", views.verify, name="verify")]
