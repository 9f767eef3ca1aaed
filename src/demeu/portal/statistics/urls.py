"""Addresses of the statistics."""

from django.urls import path

from demeu.portal.statistics import views

app_name = "statistics"
urlpatterns = [
    path("stats/", views.statistics, name="statistics"),
    path("stats.csv", views.statistics_csv, name="csv"),
]
