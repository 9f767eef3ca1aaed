"""Addresses of companies' pages."""

from django.urls import path, re_path

from demeu.portal.companies import views, views_cabinet

app_name = "companies"
urlpatterns = [
    path("company/", views.pledges, name="pledges"),
    path("company/pledge/", views.promise, name="promise"),
    path("company/<uuid:pledge>/invoice/", views.invoice, name="invoice"),
    path("company/year/", views_cabinet.year_page, name="year"),
    path("company/year/<int:year>/", views_cabinet.year_page, name="year-of"),
    re_path(r"^company/year/(?P<year>\d{4})/report\.(?P<kind>xlsx|pdf)$", views_cabinet.report, name="report"),
    path("company/people/", views_cabinet.people, name="people"),
    path("companies/<uuid:company>/", views_cabinet.public, name="public"),
    path("doubling/", views.doubling, name="doubling"),
]
