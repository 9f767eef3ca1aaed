"""Addresses of school checks."""

from django.urls import path

from demeu.portal.school_checks.views import desk, figures, lists

app_name = "school_checks"
urlpatterns = [
    path("school-checks/", figures.public, name="figures"),
    path("school-checks/figures.csv", figures.public_csv, name="figures-csv"),
    path("desk/school-checks/", desk.desk, name="desk"),
    path("desk/school-checks/template.csv", lists.template, name="template"),
    path("desk/school-checks/figures.csv", figures.own_csv, name="own-figures-csv"),
    path("desk/school-checks/upload/", lists.upload, name="upload"),
    path("desk/school-checks/upload/<uuid:request_list>/", lists.confirm, name="list"),
    path("desk/school-checks/<uuid:check>/", desk.check, name="check"),
    path("desk/school-checks/<uuid:check>/print/", desk.printout, name="print"),
]
