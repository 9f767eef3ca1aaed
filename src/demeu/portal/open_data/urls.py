"""Addresses of open data, the dictionary, the map of the site."""

from django.urls import path

from demeu.portal.open_data import views

app_name = "open-data"
urlpatterns = [
    path("open-data/", views.index, name="index"),
    path("open-data/<slug:name>/<str:file>", views.file, name="file"),
    path("data-dictionary/", views.dictionary, name="dictionary"),
    path("data-dictionary.csv", views.dictionary_csv, name="dictionary-csv"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap_index, name="sitemap"),
    path("sitemap-pages.xml", views.sitemap_pages, name="sitemap-pages"),
    path("sitemap-cases-<str:first>.xml", views.sitemap_cases, name="sitemap-cases"),
]
