"""Addresses of donors' pages and of the installable app."""

from django.urls import path

from demeu.portal.patron.views import app, own

app_name = "patron"
urlpatterns = [
    path("app.webmanifest", app.manifest, name="manifest"),
    path("sw.js", app.worker, name="worker"),
    path("offline/", app.offline, name="offline"),
    path("share/", app.share, name="share"),
    path(".well-known/assetlinks.json", app.asset_links, name="asset-links"),
    path("my/giving/", own.home, name="home"),
    path("my/impact/", own.impact_page, name="impact"),
    path("my/following/", own.following, name="following"),
    path("my/following/<str:number>/", own.follow, name="follow"),
    path("my/proposals/", own.proposals, name="proposals"),
]
