"""Addresses of the cabinet."""

from django.urls import path

from demeu.portal.cabinets import answering, details, disputing, entering, own_data, state_log, views

app_name = "cabinets"
urlpatterns = [
    path("my/", views.home, name="home"),
    path("my/applications/", views.applications, name="applications"),
    path("my/applications/<uuid:application>/", views.application, name="application"),
    path("my/applications/<uuid:application>/withdraw/", views.withdraw_application, name="withdraw"),
    path("my/applications/<uuid:application>/score/", views.score, name="score"),
    path("my/applications/<uuid:application>/changes/", disputing.changes, name="changes"),
    path("my/applications/<uuid:application>/dispute/", disputing.dispute, name="dispute"),
    path("my/applications/<uuid:application>/family/", entering.family, name="family"),
    path("my/applications/<uuid:application>/facts/", views.facts, name="facts"),
    path("my/applications/<uuid:application>/wishes/", views.wish_list, name="wishes"),
    path("my/consents/", views.consents, name="consents"),
    path("my/consents/<uuid:consent>/receipt/", views.consent_receipt, name="consent-receipt"),
    path("my/consents/<uuid:consent>/sign/", answering.sign, name="consent-answer"),
    path("my/access/", views.access, name="access"),
    path("my/access/state/", state_log.state_log, name="state-log"),
    path("my/details/", details.details, name="details"),
    path("my/data/", own_data.my_data, name="my-data"),
    path("my/data/my-data.json", own_data.export_json, name="my-data-json"),
    path("my/data/my-data.pdf", own_data.export_pdf, name="my-data-pdf"),
    path("my/data/erase/", own_data.erase, name="my-data-erase"),
]
