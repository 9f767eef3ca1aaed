"""Operations that the vault serves; each handler only translates, and every reading leaves an access record."""

from demeu.contracts import vault as contract
from demeu.contracts.words import Purpose
from demeu.kernel.errors import forbidden
from demeu.kernel.operations import Empty
from demeu.kernel.serving import Call, operation_api
from demeu.vault.access.entrance import note_call
from demeu.vault.access.queries import PAGE_LINES, trail_of
from demeu.vault.consents import actions as consents
from demeu.vault.consents import api as consent_api
from demeu.vault.consents import queries as consent_queries
from demeu.vault.consents.rules import CATEGORY_ONLY
from demeu.vault.documents import actions as documents
from demeu.vault.documents.queries import document_content
from demeu.vault.documents.twins import twins_of
from demeu.vault.households import actions as households
from demeu.vault.households import api as households_api
from demeu.vault.households import queries as household_queries
from demeu.vault.households.assessing import assess_household, shown_assessment, shown_changes
from demeu.vault.households.showing import shown_facts
from demeu.vault.identity import api as identity
from demeu.vault.messages import api as messages
from demeu.vault.messages import codes
from demeu.vault.messages.rules import masked_mail
from demeu.vault.payees import actions as payees
from demeu.vault.payees import queries as payee_queries
from demeu.vault.people import actions as people
from demeu.vault.people import api as people_api
from demeu.vault.people import queries as people_queries
from demeu.vault.people.rules import masked_phone
from demeu.vault.people.viewing import view_for
from demeu.vault.rights import api as rights_api

api = operation_api("vault")
identity.serve(api)
consent_api.serve(api)
people_api.serve(api)
rights_api.serve(api)
households_api.serve(api)
messages.serve(api)


def _use(call: Call) -> Purpose:
    """The purpose of the call as a word of the policy; an unknown one may see nothing."""
    try:
        return Purpose(call.purpose)
    except ValueError:
        raise forbidden("consent.purpose_not_allowed", purpose=call.purpose[:40]) from None


def _use_of_facts(call: Call) -> Purpose:
    """The same, for a reading that shows facts: a use that may know the category only is refused."""
    use = _use(call)
    if use in CATEGORY_ONLY:
        raise forbidden("facts.category_only", purpose=use.value)
    return use


# ---- people ----


@api.serve(contract.PERSON_CARD)
def person_card(call: Call, body: contract.PersonQuestion) -> contract.PersonCard:
    """The card of a person for one request."""
    card = people_queries.person_card(body.person, view_for(call.purpose))
    note_call(call, contract.PERSON_CARD.name, body.person, "names", "masked_iin", "masked_phone")
    return contract.PersonCard(
        person=body.person,
        display_name=card.display_name,
        masked_iin=card.masked_iin,
        masked_phone=card.masked_phone,
        lang=card.lang,
        region_kato=card.region_kato,
    )


@api.serve(contract.PERSON_ENTER)
def person_enter(call: Call, body: contract.PersonEnter) -> contract.PersonEntered:
    """Enter a person for an institution."""
    person, known = people.enter_person(
        actor=call.actor,
        surname=body.surname,
        given_name=body.given_name,
        patronymic=body.patronymic,
        iin=body.iin,
        birth_date=body.birth_date,
        phone=body.phone,
        lang=body.lang,
        region_kato=body.region_kato,
    )
    return contract.PersonEntered(person=person, known_before=known)


@api.serve(contract.PERSON_BY_NUMBER)
def person_by_number(call: Call, body: contract.PersonByNumber) -> contract.PersonEntered:
    """Find or enter a person by a sealed number; the person sees that somebody did."""
    person, known = people.enter_by_number(actor=call.actor, sealed=body.sealed)
    note_call(call, contract.PERSON_BY_NUMBER.name, person, "iin")
    return contract.PersonEntered(person=person, known_before=known)


@api.serve(contract.CONTACT_SAVE)
def contact_save(call: Call, body: contract.ContactSave) -> Empty:
    """Keep a person's contact."""
    people.save_contact(person=body.person, actor=call.actor, phone=body.phone, email=body.email, lang=body.lang)
    return Empty()


@api.serve(contract.CODE_SEND)
def code_send(call: Call, body: contract.CodeSend) -> contract.CodeSent:
    """Send a one-time code."""
    code, phone, expires_at = codes.send_code(person=body.person, reason=body.reason, actor=call.actor)
    masked = masked_mail(phone) if "@" in phone else masked_phone(phone)
    return contract.CodeSent(code=code, masked_phone=masked, expires_at=expires_at)


@api.serve(contract.CODE_CHECK)
def code_check(call: Call, body: contract.CodeCheck) -> Empty:
    """Check a one-time code."""
    codes.check_code(code=body.code, digits=body.digits, actor=call.actor)
    return Empty()


# ---- consents ----


@api.serve(contract.CONSENT_ASK)
def consent_ask(call: Call, body: contract.ConsentAsk) -> contract.Consent:
    """Ask for a consent."""
    consent = consents.ask_consent(
        person=body.person,
        subject=body.subject,
        purpose=body.purpose,
        registries=body.registries,
        fields=body.fields,
        term_days=body.term_days,
        text_version=body.text_version,
        lang=body.lang,
        actor=call.actor,
    )
    return consent_queries.consent_card(consent)


@api.serve(contract.CONSENT_GRANT)
def consent_grant(call: Call, body: contract.ConsentAnswer) -> contract.Consent:
    """Grant a consent by signature or code."""
    consents.grant_consent(
        consent=body.consent, person=body.person, signature=body.signature, code=body.code, actor=call.actor
    )
    return consent_queries.consent_card(body.consent)


@api.serve(contract.CONSENT_REFUSE)
def consent_refuse(call: Call, body: contract.ConsentAnswer) -> contract.Consent:
    """Refuse a consent."""
    consents.refuse_consent(consent=body.consent, person=body.person, actor=call.actor)
    return consent_queries.consent_card(body.consent)


@api.serve(contract.CONSENT_WITHDRAW)
def consent_withdraw(call: Call, body: contract.ConsentAnswer) -> contract.Consent:
    """Withdraw a consent."""
    consents.withdraw_consent(consent=body.consent, person=body.person, actor=call.actor)
    return consent_queries.consent_card(body.consent)


@api.serve(contract.CONSENT_LIST)
def consent_list(call: Call, body: contract.PersonQuestion) -> contract.Consents:
    """All consents of a person."""
    return contract.Consents(consents=consent_queries.consents_of(body.person))


@api.serve(contract.CONSENT_RECEIPT)
def consent_receipt(call: Call, body: contract.ConsentQuestion) -> contract.ConsentReceipt:
    """The receipt of a consent."""
    return contract.ConsentReceipt(json_ld=consent_queries.consent_receipt(body.consent))


# ---- households, facts, assessment ----


@api.serve(contract.FACTS_GATHER)
def facts_gather(call: Call, body: contract.GatherFacts) -> contract.Gathering:
    """Start asking the consented registries."""
    gathering = households.gather_facts(
        person=body.person, subject=body.subject, consent=body.consent, purpose=body.purpose, actor=call.actor
    )
    note_call(call, contract.FACTS_GATHER.name, body.person, "registries")
    return household_queries.gathering_card(gathering)


@api.serve(contract.FACTS_STATUS)
def facts_status(call: Call, body: contract.GatheringQuestion) -> contract.Gathering:
    """How far a gathering is."""
    return household_queries.gathering_card(body.gathering)


@api.serve(contract.FACTS_SHOW)
def facts_show(call: Call, body: contract.HouseholdQuestion) -> contract.Facts:
    """Released facts with sources."""
    use = _use_of_facts(call)
    row, released = household_queries.released_gathering(body.household, body.consent, use)
    facts = shown_facts(row, released, use)
    codes_shown = sorted({fact.code for fact in facts.facts})
    note_call(call, contract.FACTS_SHOW.name, household_queries.person_of(body.household), *codes_shown)
    return facts


@api.serve(contract.FACTS_NEEDS)
def facts_needs(call: Call, body: contract.HouseholdQuestion) -> contract.NeedFacts:
    """Needs that the released facts show."""
    row, released = household_queries.released_gathering(body.household, body.consent, _use_of_facts(call))
    found = household_queries.shown_needs(row, released)
    note_call(call, contract.FACTS_NEEDS.name, household_queries.person_of(body.household), "needs", "attributes")
    return found


@api.serve(contract.ASSESS)
def households_assess(call: Call, body: contract.HouseholdQuestion) -> contract.Assessed:
    """Assess a household by scoring."""
    assessed = assess_household(household=body.household, consent=body.consent, use=_use(call), actor=call.actor)
    note_call(call, contract.ASSESS.name, household_queries.person_of(body.household), "scoring_facts", "category")
    return assessed


@api.serve(contract.ASSESSMENT_SHOW)
def assessments_show(call: Call, body: contract.AssessmentQuestion) -> contract.Assessed:
    """A stored verdict."""
    found = shown_assessment(assessment=body.assessment, lang=body.lang, actor=call.actor, use=_use(call))
    note_call(call, contract.ASSESSMENT_SHOW.name, household_queries.person_of(found.household), "category", "reasons")
    return found


@api.serve(contract.ASSESSMENT_CHANGES)
def assessments_changes(call: Call, body: contract.AssessmentQuestion) -> contract.AssessmentChanges:
    """What would change a stored verdict."""
    found = shown_changes(assessment=body.assessment, lang=body.lang, actor=call.actor, use=_use_of_facts(call))
    person = household_queries.person_of(found.household)
    note_call(call, contract.ASSESSMENT_CHANGES.name, person, "category", "scoring_facts")
    return found


# ---- documents ----


@api.serve(contract.DOCUMENT_PUT)
def document_put(call: Call, body: contract.DocumentPut) -> contract.DocumentKept:
    """Keep a text document."""
    kept = documents.keep_text(
        subject=body.subject,
        kind=body.kind,
        person=body.person,
        text=body.text,
        actor=call.actor,
        sealed=body.sealed,
    )
    return contract.DocumentKept(document=kept.document, sha256=kept.sha256, state=kept.state)


@api.serve(contract.FILE_PUT)
def document_upload(call: Call, body: contract.FilePut) -> contract.DocumentKept:
    """Keep an uploaded file; its name is not kept."""
    kept = documents.keep_file(
        subject=body.subject, kind=body.kind, person=body.person, content_b64=body.content_b64, actor=call.actor
    )
    return contract.DocumentKept(document=kept.document, sha256=kept.sha256, state=kept.state)


@api.serve(contract.DOCUMENT_GET)
def document_get(call: Call, body: contract.DocumentQuestion) -> contract.Document:
    """A document with its content."""
    document, person = document_content(body.document)
    note_call(call, contract.DOCUMENT_GET.name, person or body.document, f"document:{document.kind}")
    return document


@api.serve(contract.DOCUMENT_TWINS)
def document_twins(call: Call, body: contract.DocumentsQuestion) -> contract.DocumentTwins:
    """Documents that were used before, as references."""
    return contract.DocumentTwins(twins=tuple(twins_of(body.documents)))


# ---- access ----


@api.serve(contract.ACCESS_TRAIL)
def access_trail(call: Call, body: contract.TrailQuestion) -> contract.AccessTrail:
    """A page of who read a person's data."""
    lines = trail_of(body.person, body.before, PAGE_LINES + 1)
    return contract.AccessTrail(lines=lines[:PAGE_LINES], older=len(lines) > PAGE_LINES)


# ---- payees and bank files ----


@api.serve(contract.PAYEE_REGISTER)
def payee_register(call: Call, body: contract.PayeeRegister) -> contract.PayeeCard:
    """Register a payee."""
    return payees.register_payee(
        payee=body.payee,
        name=body.name,
        number=body.bin,
        iban=body.iban,
        actor=call.actor,
        state_names=body.state_names,
    )


@api.serve(contract.PAYEE_CHECK)
def payee_check(call: Call, body: contract.PayeeChecked) -> contract.PayeeCard:
    """A changed account was checked."""
    return payees.check_payee(payee=body.payee, how=body.how, actor=call.actor)


@api.serve(contract.PAYEE_LIST)
def payee_list(call: Call, body: Empty) -> contract.Payees:
    """All payees."""
    return contract.Payees(payees=payee_queries.all_payees())


@api.serve(contract.PAYEE_SCREEN)
def payee_screen(call: Call, body: contract.PayeeQuestion) -> contract.PayeeScreened:
    """What the lists say of a payee."""
    return payee_queries.screening(body.payee, officers=body.officers, donors=body.donors)


@api.serve(contract.INSTRUCTION_FILL)
def instruction_fill(call: Call, body: contract.InstructionFill) -> contract.InstructionFilled:
    """Fill a payment instruction."""
    xml = payees.fill_instruction(payout=body.payout, payee=body.payee, xml=body.xml, actor=call.actor)
    note_call(call, contract.INSTRUCTION_FILL.name, body.payee, "name", "iban")
    return contract.InstructionFilled(xml=xml)


@api.serve(contract.STATEMENT_EXTRACT)
def statement_extract(call: Call, body: contract.StatementExtract) -> contract.StatementLines:
    """Lines of a bank statement without names."""
    return payees.extract_statement(xml=body.xml)
