"""Addresses of the statistics, their files, widgets and feeds."""

from django.urls import path

from demeu.portal.statistics import feeds, views, views_widgets

app_name = "statistics"
urlpatterns = [
    path("stats/", views.statistics, name="statistics"),
    path("stats.csv", views.statistics_csv, name="csv"),
    path("stats/<slug:name>.csv", views.report_csv, name="report-csv"),
    path("stats/<slug:name>.xlsx", views.report_xlsx, name="report-xlsx"),
    path("stats/<slug:name>.json", views.report_json, name="report-json"),
    path("widgets/", views_widgets.widgets, name="widgets"),
    path("widgets/<slug:name>/", views_widgets.widget, name="widget"),
    path("feeds/<slug:name>.<slug:form>", feeds.feed, name="feed"),
]
