"""What the authority publishes."""

from django.urls import path

from demeu.sandbox.identity import views

urlpatterns = [
    path("ocsp/", views.ocsp),
    path("<slug:file>.cer", views.certificate),
    path("<slug:file>.crl", views.revocation_list),
]
