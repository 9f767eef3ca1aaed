"""Addresses of the public pages and of publication."""

from django.urls import path

from demeu.portal.catalogue.views import case, home, journal, letters, listing, promises, publish

app_name = "catalogue"
urlpatterns = [
    path("", home.home, name="home"),
    path("cases/", listing.cases, name="list"),
    path("check/", home.check, name="check"),
    path("cases/order/", listing.fair_order, name="fair-order"),
    path("cases.csv", listing.cases_csv, name="csv"),
    path("cases/<str:number>/", case.case, name="case"),
    path("cases/<str:number>/trail/", case.trail, name="trail"),
    path("cases/<str:number>/records.json", case.records, name="records"),
    path("cases/<str:number>/trail.csv", case.trail_csv, name="trail-csv"),
    path("cases/<str:number>/report/", case.report, name="report"),
    path("cases/<str:number>/report/<uuid:complaint>/", letters.report_state, name="report-state"),
    path("cases/<str:number>/ask/", letters.ask_curator, name="ask"),
    path("cases/<str:number>/share-<str:lang>.png", case.share, name="share"),
    path("desk/questions/", letters.questions, name="questions"),
    path("desk/questions/<uuid:letter>/", letters.question, name="question"),
    path("desk/reports/", letters.reports, name="reports"),
    path("desk/reports/<uuid:letter>/", letters.report_desk, name="report-desk"),
    path("items/<uuid:item>/", case.item_address, name="item"),
    path("log/", journal.journal, name="journal"),
    path("promises/", promises.promises, name="promises"),
    path("promises.csv", promises.promises_csv, name="promises-csv"),
    path("desk/publish/", publish.queue, name="publish-queue"),
    path("desk/publish/<uuid:case>/", publish.publish, name="publish"),
]
