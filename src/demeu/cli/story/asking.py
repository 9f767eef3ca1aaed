"""The mother's part: sign in, apply, consent, facts, category, wish list, what the state gives first."""

import re

from demeu.cli.story.browser import Page, Unexpected
from demeu.cli.story.ncalayer import sign_form, signature
from demeu.cli.story.stage import Stage

Told = tuple[dict[str, str], str]
REGISTRIES_LEAST = 6
INDICATORS = 23
WORDS = "Сыну тесна коляска, к зиме нет тёплой одежды. Долг вырос, пока я искала работу на дому."


def sign_in(stage: Stage) -> Told:
    """A new mother signs in with ЭЦП; the same signature again, and another's, are refused."""
    stage.family = stage.control("POST", "/control/families", {})
    mother = stage.browser()
    page = mother.open("/sign-in/?next=/my/")
    form = page.one("form[data-signing]")
    signed = signature(form.get("data-ncalayer-url"), stage.family["key_id"], form.fields["to_sign"])
    home = mother.send(page, form, cms=signed)
    if not home.url.endswith("/my/"):
        raise Unexpected(f"signing in led to {home.url}")
    stage.people["mother"] = mother
    mother.send(page, form, cms=signed, expect=403)
    thief = stage.guest()
    elsewhere = thief.open("/sign-in/")
    thief.send(elsewhere, elsewhere.one("form[data-signing]"), cms=signed, expect=403)
    if thief.open("/my/").url.endswith("/my/"):
        raise Unexpected("a foreign signature opened a session")
    return {"key": stage.family["key_id"]}, "signed in by ЭЦП; a replayed and a foreign signature were refused"


def consent(stage: Stage) -> Told:
    """She answers one question a page; without consent sending is refused; then she signs it."""
    mother = stage.people["mother"]
    page = mother.open("/apply/")
    form = page.form("application")
    stage.application = form.fields["application"]
    page = mother.send(page, form)
    answers = (
        ("answer", {"answer": "self"}),
        ("answer", {"answer": "children_youth"}),
        ("region", {"region": stage.region}),
        ("answer", {"answer": "high"}),
        ("words", {"words": WORDS}),
        ("phone", {"phone": stage.family["phone"], "lang": "ru"}),
    )
    for field, answer in answers:
        page = mother.send(page, page.form(field), **answer)
    early = mother.open(f"/apply/{stage.application}/check/")
    mother.send(early, _sending_form(early), expect=422)
    page = mother.send(page, page.form("answer"), answer="yes")
    sign_form(mother, page, stage.family["key_id"])
    consents = mother.open("/my/consents/")
    receipt = mother.open(consents.links("/receipt/")[0])
    if b'"@context"' not in receipt.content:
        raise Unexpected("the consent's receipt is not JSON-LD")
    return {"application": stage.application}, "consent signed and its receipt kept; without it sending was refused"


def _sending_form(page: Page) -> object:
    """The form of the check page: it has nothing but the token."""
    return page.document.cssselect("main form[method=post]")[-1]


def facts(stage: Stage) -> Told:
    """She sends the application; the registries answer over ШЭП."""
    mother = stage.people["mother"]
    page = mother.open(f"/apply/{stage.application}/check/")
    mother.send(page, _sending_form(page))
    address = f"/my/applications/{stage.application}/"
    stage.wait_page(mother, address, f'a[href$="{stage.application}/score/"]', "the registries' answers", 60)
    rows = mother.open(f"{address}facts/").every("tr[data-source]")
    sources = {row.get("data-source") for row in rows}
    if len(sources) < REGISTRIES_LEAST:
        raise Unexpected(f"only {len(sources)} registries answered: {sorted(sources)}")
    if not all(row.get("data-message") for row in rows):
        raise Unexpected("a fact has no message id")
    return {
        "application": stage.application
    }, f"{len(rows)} facts from {len(sources)} registries: {', '.join(sorted(sources))}"


def score(stage: Stage) -> Told:
    """The category with 23 reasons."""
    page = stage.people["mother"].open(f"/my/applications/{stage.application}/score/")
    category = int(page.one("[data-category]").get("data-category"))
    rows = page.every("tr[data-indicator]")
    if not 1 <= category <= 6 or len(rows) != INDICATORS:
        raise Unexpected(f"category {category} with {len(rows)} indicators")
    rules = page.one("[data-rules]").get("data-rules")
    return {"rules": rules}, f"category {category} of 6 by {rules}, {len(rows)} indicators with reasons"


def wishes(stage: Stage) -> Told:
    """The list has formed itself; one edit is refused with its reason, one is taken, one item is removed."""
    mother = stage.people["mother"]
    address = f"/my/applications/{stage.application}/wishes/"
    page = mother.open(address)
    editable = [form for form in page.document.forms if "quantity" in dict(form.form_values())]
    if len(editable) < 2:
        raise Unexpected(f"only {len(editable)} items can be edited")
    refused = mother.send(page, editable[0], do="edit", quantity="999", expect=422)
    price = re.sub(r"\D", "", editable[0].fields["unit_price"])
    lower = str(max(1, int(price) - 1000))
    mother.send(page, editable[0], do="edit", unit_price=lower)
    page = mother.open(address)
    removable = [form for form in page.document.forms if "quantity" in dict(form.form_values())]
    mother.send(page, removable[-1], do="remove")
    left = len([form for form in mother.open(address).document.forms if "quantity" in dict(form.form_values())])
    reason = " ".join(refused.one("[data-look=error]").text_content().split())
    return {"application": stage.application}, f"{left} items asked for, 1 edited, 1 removed; refused edit: {reason}"


def state_first(stage: Stage) -> Told:
    """What a state service covers is not asked of donors."""
    page = stage.people["mother"].open(f"/my/applications/{stage.application}/wishes/")
    covered = [row.get("data-services") for row in page.every("[data-state=covered_by_state]")]
    if not covered:
        raise Unexpected("no item was found covered by a state service")
    return {"application": stage.application}, f"{len(covered)} item(s) left to state service № {', '.join(covered)}"
