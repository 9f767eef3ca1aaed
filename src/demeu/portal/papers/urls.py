"""Addresses of papers."""

from django.urls import path, re_path

from demeu.portal.papers import views, views_own

app_name = "papers"
urlpatterns = [
    path("verify.html", views.verify_file, name="verify-file"),
    path("my/papers/", views_own.mine, name="mine"),
    re_path(r"^my/papers/(?P<year>\d{4})/statement\.(?P<kind>pdf|csv|xlsx)$", views_own.statement, name="statement"),
    path("my/papers/<int:year>/tax/", views_own.company, name="tax"),
]
