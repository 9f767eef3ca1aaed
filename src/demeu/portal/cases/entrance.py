"""What the application's pages ask of vault: contact, consent, people entered by an institution. Translates only."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from demeu.contracts import vault
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.portal.accounts.entrance import actor_of_request, begin_signature, complete_signature, language
from demeu.portal.cases import actions, narrowing
from demeu.portal.cases.models import Application
from demeu.portal.cases.wording import left_out_text
from demeu.portal.legal import queries as legal

CONSENT_DAYS = 90


def save_contact(request: HttpRequest, row: Application, phone: str, lang: str) -> None:
    """Hand phone and language to vault; portal keeps only that it was done."""
    actor = actor_of_request(request)
    body = vault.ContactSave(person=row.person, phone=phone, lang=lang)
    ask("vault", vault.CONTACT_SAVE, body, actor=actor.name, purpose=Purpose.NOTICE)
    actions.answer_codes(application=row.id, by=actor.name, contact_saved=True, lang=lang)


def asked_consent(request: HttpRequest, row: Application) -> vault.Consent:
    """The consent that this application asks for: the same one however often the page is opened."""
    version = legal.current_version("consent")
    registries, fields = narrowing.asked_fields(row.left_out)
    body = vault.ConsentAsk(
        person=row.person,
        subject=f"application:{row.id}",
        purpose=Purpose.ASSESSMENT,
        registries=registries,
        fields=fields,
        term_days=CONSENT_DAYS,
        text_version=version,
        lang=language(),
    )
    actor = actor_of_request(request)
    key = f"consent-{row.id}-{version}-{language()}{narrowing.mark(row.left_out)}"
    return ask("vault", vault.CONSENT_ASK, body, actor=actor.name, purpose=Purpose.ASSESSMENT, idempotency_key=key)


def begin_consent(request: HttpRequest, row: Application) -> dict[str, Any]:
    """What the consent page shows: bytes to sign, or for an assistant the code that went to the person's phone."""
    consent = asked_consent(request, row)
    actor = actor_of_request(request)
    if actor.person != row.person:
        body = vault.CodeSend(person=row.person, reason="consent")
        sent = ask("vault", vault.CODE_SEND, body, actor=actor.name, purpose=Purpose.ASSESSMENT)
        return {"consent": consent, "code": sent}
    text = "\n\n".join(part for part in (legal.text("consent", language()).plain, left_out_text(row.left_out)) if part)
    begun = begin_signature(request, kind="consent", subject=f"consent:{consent.consent}", text=text)
    return {"consent": consent, "begun": begun}


def grant_consent(request: HttpRequest, row: Application) -> Application:
    """Grant by the person's own signature, or by the code that the person read to the assistant."""
    consent = asked_consent(request, row)
    actor = actor_of_request(request)
    if "cms" in request.POST:
        kept = complete_signature(request)
        answer = vault.ConsentAnswer(consent=consent.consent, person=row.person, signature=kept.signature)
    else:
        code = UUID(request.POST["code"])
        check = vault.CodeCheck(code=code, digits=request.POST.get("digits", "")[:12])
        ask("vault", vault.CODE_CHECK, check, actor=actor.name, purpose=Purpose.ASSESSMENT)
        answer = vault.ConsentAnswer(consent=consent.consent, person=row.person, code=code)
    granted = ask("vault", vault.CONSENT_GRANT, answer, actor=actor.name, purpose=Purpose.ASSESSMENT)
    return actions.note_consent(application=row.id, consent=granted, by=actor.name)


def refuse_consent(request: HttpRequest, row: Application) -> Application:
    """The person says no: nothing is asked of any registry."""
    consent = asked_consent(request, row)
    actor = actor_of_request(request)
    answer = vault.ConsentAnswer(consent=consent.consent, person=row.person)
    refused = ask("vault", vault.CONSENT_REFUSE, answer, actor=actor.name, purpose=Purpose.ASSESSMENT)
    return actions.note_consent(application=row.id, consent=refused, by=actor.name)


def enter_person(request: HttpRequest, cleaned: dict[str, Any]) -> UUID:
    """Make an institution's person known to vault; the reference."""
    actor = actor_of_request(request)
    body = vault.PersonEnter(
        surname=cleaned["surname"],
        given_name=cleaned["given_name"],
        patronymic=cleaned["patronymic"],
        iin=cleaned["iin"] or None,
        birth_date=cleaned["birth_date"],
        phone=cleaned["phone"] or None,
        lang=language(),
    )
    key = f"enter-{cleaned['application']}"
    entered = ask("vault", vault.PERSON_ENTER, body, actor=actor.name, purpose=Purpose.ASSESSMENT, idempotency_key=key)
    return entered.person
