"""Addresses of accounts."""

from django.urls import path

from demeu.portal.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/help/", views.keys_help, name="sign-in-help"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("invitation/<str:word>/", views.invitation, name="invitation"),
]
