"""Addresses of the treasury: its operations, the callbacks of gateways, the public log, health and figures."""

from django.urls import include, path

from demeu.treasury.api import api
from demeu.treasury.gateways.kaspi.views import check_pay
from demeu.treasury.gateways.views import callback

urlpatterns = [
    path("", include("demeu.kernel.urls")),
    path("api/", api.urls),
    path("callbacks/kaspi/", check_pay, name="kaspi-check-pay"),
    path("callbacks/<slug:gateway>/<slug:kind>/", callback, name="gateway-callback"),
    path("callbacks/<slug:gateway>/<slug:kind>", callback),
    path("log/", include("demeu.treasury.proofs.urls")),
]
