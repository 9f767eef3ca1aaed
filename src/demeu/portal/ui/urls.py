"""Addresses of the frame: language switch, static pages, and in the demo the living style page."""

from django.conf import settings
from django.urls import URLPattern, path

from demeu.portal.ui import style_page, views

app_name = "ui"
urlpatterns: list[URLPattern] = [
    path("language/<str:code>/", views.language, name="language"),
    path("how/", views.static_page, {"name": "how"}, name="how"),
    path("about/", views.static_page, {"name": "about"}, name="about"),
    path("questions/", views.static_page, {"name": "questions"}, name="questions"),
    path("accessibility/", views.static_page, {"name": "accessibility"}, name="accessibility"),
]
if settings.DEMEU_PROFILE == "demo":
    urlpatterns += [
        path("ui/", style_page.components, name="components"),
        path("ui/<str:layout>/", style_page.layout, name="layout"),
    ]
