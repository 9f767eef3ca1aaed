"""The installable app: manifest, worker, the page without a connection, what others share with us, the Android link.

Nothing here depends on who asks, and nothing of a person stands in any of it.
"""

import json
import re
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from demeu.kernel.errors import not_found
from demeu.portal.accounts.entrance import language
from demeu.portal.cases.queries import public_cases
from demeu.portal.legal.queries import current_version
from demeu.portal.patron.built import app_manifest, worker_files, worker_script, worker_version
from demeu.portal.patron.forms import SharedForm

CASE_NUMBER = re.compile(r"\b\d{2}-\d{5,7}\b")
WORDS_LENGTH_MAX = 80


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """`/app.webmanifest`: name, icons, shortcuts, what can be shared with us; in the reader's language."""
    words = _("Help you can see all the way from the gift to the doorstep.")
    answer = JsonResponse(app_manifest(language(), _("Demeu"), words), content_type="application/manifest+json")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """`/sw.js`: the built worker after the list of files that it keeps; from the root, so that it serves all pages."""
    files, offline = worker_files(), reverse("patron:offline")
    told = {
        "version": worker_version(files, current_version("offer")),
        "files": files,
        "offline": offline,
        "give": reverse("giving:give"),
        "signOut": reverse("accounts:sign-out"),
    }
    script = f"self.BUILT={json.dumps(told)};\n{worker_script()}"
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """`/offline/`: what can be read and written without a connection. The same page for everybody."""
    return render(request, "patron/offline.html", {"offer_version": current_version("offer")})


@require_safe
def share(request: HttpRequest) -> HttpResponse:
    """`/share/?title=&text=&url=`: a case that the words name, else the catalogue searched for them."""
    form = SharedForm(request.GET)
    shared = " ".join(str(form.data.get(name, "")) for name in ("url", "text", "title"))[:4000]
    for number in CASE_NUMBER.findall(shared):
        if public_cases().filter(number=number).exists():
            return redirect("catalogue:case", number=number)
    words = " ".join(re.sub(r"https?://\S+", " ", shared.replace("\x00", "")).split())[:WORDS_LENGTH_MAX]
    query = f"?{urlencode({'q': words})}" if words else ""
    return redirect(f"{reverse('catalogue:list')}{query}")


@require_safe
def asset_links(request: HttpRequest) -> HttpResponse:
    """`/.well-known/assetlinks.json`: the Android package whose window may show this site as its own."""
    package, fingerprints = settings.DEMEU_PORTAL_ANDROID_PACKAGE, settings.DEMEU_PORTAL_ANDROID_FINGERPRINTS
    if not package or not fingerprints:
        raise not_found("app.not_ours")
    target = {"namespace": "android_app", "package_name": package, "sha256_cert_fingerprints": fingerprints}
    links = [{"relation": ["delegate_permission/common.handle_all_urls"], "target": target}]
    return JsonResponse(links, safe=False)
