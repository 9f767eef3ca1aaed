"""Addresses of the portal: its pages, operations, health and figures."""

from importlib.util import find_spec

from django.urls import include, path

from demeu.portal.api import api
from demeu.portal.public_api.urls import api_urlpatterns

PAGES = (
    *("ui", "accounts", "legal", "cases", "verification", "catalogue", "statistics", "proofs", "maps", "organizations"),
    *("giving", "companies", "papers", "payments", "school_checks", "cabinets", "objections", "data_policy", "notices"),
    "anonymity",
    *("partners", "public_api", "webhooks", "open_data"),
    *("patron", "live", "searches"),
)

urlpatterns = [
    path("", include("demeu.kernel.urls")),
    *api_urlpatterns,
    path("api/", api.urls),
    *(path("", include(f"demeu.portal.{app}.urls")) for app in PAGES if find_spec(f"demeu.portal.{app}.urls")),
]
