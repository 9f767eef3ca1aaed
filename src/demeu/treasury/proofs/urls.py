"""Public addresses of the log."""

from django.urls import path

from demeu.treasury.proofs.views import log_file

urlpatterns = [path("<path:path>", log_file, name="log-file")]
