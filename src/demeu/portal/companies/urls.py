"""Addresses of companies' pages."""

from django.urls import path

from demeu.portal.companies import views

app_name = "companies"
urlpatterns = [
    path("company/", views.pledges, name="pledges"),
    path("company/pledge/", views.promise, name="promise"),
    path("company/<uuid:pledge>/invoice/", views.invoice, name="invoice"),
    path("doubling/", views.doubling, name="doubling"),
]
