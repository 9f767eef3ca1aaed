"""Addresses of accounts."""

from django.urls import path

from demeu.portal.accounts import passkeys, phone, providers, views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/help/", views.keys_help, name="sign-in-help"),
    path("sign-in/passkey/", passkeys.second_step, name="passkey"),
    path("sign-in/by/<slug:name>/", providers.go, name="provider"),
    path("sign-in/by/<slug:name>/back/", providers.back, name="provider-back"),
    path("my/passkeys/", passkeys.mine, name="passkeys"),
    path("phone/code/", phone.code, name="phone-code"),
    path("phone/brought/<uuid:attempt>/", phone.brought, name="phone-brought"),
    path("egov/<str:token>/", phone.about, name="phone-about"),
    path("egov/<str:token>/document/", phone.document, name="phone-document"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("invitation/<str:word>/", views.invitation, name="invitation"),
]
