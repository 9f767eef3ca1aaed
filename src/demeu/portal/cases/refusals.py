"""Words for the refusals of applications and cases."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "application.unknown": _("There is no such application, or it is not yours."),
    "application.already_sent": _("The application has been sent and cannot be changed. The curator can add to it."),
    "application.no_consent": _(
        "Without your consent we may not ask the registries. You can give it on the last page."
    ),
    "application.unanswered": _("One question has no answer yet."),
    "application.unknown_choice": _("Choose one of the answers."),
    "application.words_length": _("Write a few words, up to %(most)s characters."),
    "dispute.unknown_fact": _("There is no such fact in this application."),
    "dispute.too_early": _("There are no facts to dispute here."),
    "dispute.open": _("The family disputes a fact. Decide about it first: until then nothing may be taken from them."),
    "dispute.too_many_papers": _("Add up to %(most)s papers."),
    "contest.unknown": _("The family's words are still on their way. Try again in a minute."),
    "contest.decided": _("This has been decided already. Open the page again."),
    "contest.foreign": _("A fact can be disputed by the family that it is about."),
    "contest.foreign_evidence": _("This paper belongs to somebody else."),
    "contest.same_person": _("Nobody decides about their own dispute."),
    "contest.unusable_value": _("Such an answer does not fit this fact."),
    "facts.own_entry": _("Nobody enters facts about their own family here."),
    "facts.entry_closed": _("Nothing can be told about this application now."),
    "facts.no_basis": _("Add the paper on which this rests."),
    "facts.unusable_entry": _("Some of the answers do not fit. Check them, please."),
    "facts.own_log_only": _("Only the person themselves sees this."),
    "organization.unusable_bin": _("There is no such BIN."),
    "registry.silent": _("The registry does not answer just now. Try again later."),
    "case.unknown": _("There is no such case, or it is not public."),
    "case.same_person": _("One person cannot do both parts of this work. Another person must do this step."),
    "state.no_such_move": _("This step is not possible now: things have moved on. Open the page again."),
    "consent.missing": _("There is no consent for this. Registries are asked only with a consent in force."),
    "consent.expired": _("The question stood open too long. Go back and give your consent again."),
    "consent.foreign_signature": _("The signature is under another document. Please sign this very consent."),
    "consent.no_proof": _("A consent needs a signature or the code from the SMS."),
    "consent.no_registries": _("Name at least one registry that we may ask."),
    "consent.purpose_not_allowed": _("The registries may not be asked for this. Nothing has been asked."),
    "consent.unknown": _("There is no such consent, or it is not yours."),
    "consent.wrong_state": _("This consent has been answered or withdrawn already. Open the page again."),
    "consent.foreign": _("This consent belongs to another person."),
}
