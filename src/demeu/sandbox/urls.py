"""Every address of the sandbox: the kernel's own, the outside world's imitations, and the controls."""

from django.templatetags.static import static
from django.urls import include, path
from django.views.generic import RedirectView

from demeu.kernel.urls import urlpatterns as kernel_urls
from demeu.sandbox.control.pages import key_page
from demeu.sandbox.identity.phone import page as egov_mobile_page

urlpatterns = [
    *kernel_urls,
    path("control/", include("demeu.sandbox.control.urls")),
    path("favicon.ico", RedirectView.as_view(url=static("sandbox/icon.svg"))),
    path("keys/", key_page, name="keys"),
    path("egov-mobile/", egov_mobile_page),
    path("ca/", include("demeu.sandbox.identity.urls")),
    path("witness/", include("demeu.sandbox.witness.urls")),
    path("shep/", include("demeu.sandbox.registries.urls")),
    path("", include("demeu.sandbox.banks.urls")),
    path("", include("demeu.sandbox.messages.urls")),
]
