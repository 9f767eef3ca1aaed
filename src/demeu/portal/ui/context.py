"""What the frame of every page needs: language, theme, navigation, profile. Reads no database."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from demeu.portal.ui import places
from demeu.portal.ui.money_states import STATES
from demeu.portal.ui.wording import language

TONGUES = (("kk", "Қаз", "Қазақша"), ("ru", "Рус", "Русский"), ("en", "Eng", "English"))
THEMES = ("light", "dark")
SIGNING_WORDS = (
    ("connecting", _("Looking for NCALayer on your computer…")),
    ("choose", _("Choose your key in the NCALayer window.")),
    ("sending", _("Signed. Checking the signature…")),
    ("offline", _("NCALayer does not answer. Start it and press the button again.")),
    ("cancelled", _("You closed the window without signing. Nothing has been sent.")),
    ("phone", _("Scan the code in eGov Mobile or eGov Business and sign there. This page goes on by itself.")),
    ("over", _("The code is over. Press the button for a new one, or open the page again.")),
    ("failed", _("NCALayer could not sign. Check the key and its password, then press the button again.")),
)


def tongues(request: HttpRequest) -> list[dict[str, Any]]:
    """The language switch; each link comes back to this page."""
    here = request.get_full_path() if request.method == "GET" else "/"
    query = urlencode({"next": here})
    return [
        {
            "code": code,
            "short": short,
            "name": name,
            "now": code == language(),
            "href": f"{reverse('ui:language', args=[code])}?{query}",
        }
        for code, short, name in TONGUES
    ]


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor of every portal template."""
    theme = request.COOKIES.get("theme", "")
    return {
        "lang": language(),
        "theme": theme if theme in THEMES else "",
        "profile": settings.DEMEU_PROFILE,
        "nav": places.links(places.NAV, request.path),
        "foot": places.foot(),
        "tongues": tongues(request),
        "own_place": places.own_place(request),
        "sign_out_href": places.href_of(places.SIGN_OUT),
        "ncalayer_url": getattr(settings, "DEMEU_NCALAYER_URL", ""),
        "sandbox_keys": getattr(settings, "DEMEU_SANDBOX_KEYS", ()),
        "signing_words": SIGNING_WORDS,
        "money_words": list(STATES.items()),
    }
