"""Signing as the page's script does: NCALayer's public protocol over WebSocket, module `kz.gov.pki.knca.basics`."""

import json
import re
from urllib.parse import urlencode

from websockets.sync.client import connect

from demeu.cli.story.browser import Browser, Page, Unexpected

ANSWER_S_MAX = 20


def sign_form(browser: Browser, page: Page, key: str, *, expect: int = 200, **fields: str) -> Page:
    """Sign what the page's signing form shows with the key of that person and send the form."""
    form = page.one("form[data-signing]")
    signed = signature(form.get("data-ncalayer-url"), key, form.fields["to_sign"])
    return browser.send(page, form, cms=signed, expect=expect, **fields)


def signature(address: str, key: str, to_sign_b64: str) -> str:
    """CMS with the content inside, base64 without armour."""
    asked = {
        "module": "kz.gov.pki.knca.basics",
        "method": "sign",
        "args": {
            "allowedStorages": None,
            "format": "cms",
            "data": to_sign_b64,
            "signingParams": {"decode": True, "encapsulate": True, "digested": False},
            "signerParams": {"extKeyUsageOids": [], "chain": []},
            "locale": "ru",
        },
    }
    with connect(f"{address}/?{urlencode({'key': key})}", open_timeout=5, proxy=None) as layer:
        greeting = json.loads(layer.recv(timeout=ANSWER_S_MAX))
        if "version" not in greeting.get("result", {}):
            raise Unexpected(f"NCALayer did not greet: {greeting}")
        layer.send(json.dumps(asked))
        answer = json.loads(layer.recv(timeout=ANSWER_S_MAX))
    result = answer.get("body", {}).get("result")
    if not answer.get("status") or not result:
        raise Unexpected(f"NCALayer did not sign: {answer}")
    armoured = result[0] if isinstance(result, list) else result
    return re.sub(r"-----[A-Z ]+-----|\s", "", armoured)
