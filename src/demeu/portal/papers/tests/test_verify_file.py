"""The file that checks receipts is served whole, with the log's key, and lets nothing else in."""

import base64
import hashlib
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from demeu.contracts import treasury
from demeu.kernel.errors import unavailable
from demeu.portal.papers import asking

KEY = "example.org/log+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
WITNESS = "w.example+00000000+BAAA"


@pytest.fixture(autouse=True)
def treasury_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Treasury's side of the border; its own tests show that it answers so."""
    cache.clear()
    monkeypatch.setattr(asking, "ask", lambda *_, **__: treasury.LogHead(key=KEY, witnesses=(WITNESS,)))


def sha256(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def test_the_file_carries_the_keys_and_needs_no_other_file(client: Client) -> None:
    page = client.get("/verify.html").content.decode()
    assert f'name="log-key" content="{KEY}"' in page and f'name="witness-keys" content="{WITNESS}"' in page
    assert re.findall(r'(?:src|href)="([^"]+)"', page) == [], "nothing is loaded from elsewhere"
    assert re.findall(r"url\((?!data:)", page) == []


def test_its_policy_allows_exactly_its_own_script_and_style(client: Client) -> None:
    answer = client.get("/verify.html")
    page, policy = answer.content.decode(), answer["Content-Security-Policy"]
    [script] = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    [style] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert f"script-src {sha256(script)};" in policy and f"style-src {sha256(style)};" in policy
    assert policy.startswith("default-src 'none';") and "unsafe" not in policy and "frame-ancestors 'none'" in policy


def test_it_can_be_saved(client: Client) -> None:
    assert "attachment" not in client.get("/verify.html").get("Content-Disposition", "")
    saved = client.get("/verify.html?save=1")
    assert saved["Content-Disposition"] == 'attachment; filename="verify.html"' and KEY.encode() in saved.content


def test_without_treasury_it_still_comes_and_asks_for_the_key(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise unavailable("service.unavailable", service="treasury")

    monkeypatch.setattr(asking, "ask", away)
    page = client.get("/verify.html")
    assert page.status_code == 200 and 'name="log-key" content=""' in page.content.decode()


def test_the_page_of_checking_leads_to_it(client: Client) -> None:
    assert 'href="/verify.html"' in client.get("/verify/").content.decode()
