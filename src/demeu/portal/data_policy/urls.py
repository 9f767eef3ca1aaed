"""Addresses of the policy of uses."""

from django.urls import path

from demeu.portal.data_policy import views

app_name = "data_policy"
urlpatterns = [path("desk/data-policy/", views.policy, name="policy")]
