"""Addresses of notices."""

from django.urls import path

from demeu.portal.notices.views import desk, own, public

app_name = "notices"
urlpatterns = [
    path("my/notices/", own.inbox, name="inbox"),
    path("my/notices/settings/", own.settings, name="settings"),
    path("notices/check/", public.check, name="check"),
    path("notices/figures/", public.figures, name="figures"),
    path("notices/stop/<str:token>/", public.stop, name="stop"),
    path("desk/messages/", desk.templates, name="templates"),
]
