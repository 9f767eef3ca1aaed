"""Words of the application: questions, choices, registries, states. Codes are in `questions` and `rules`."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from demeu.contracts.words import HOUSEHOLD_REGISTRIES
from demeu.portal.cases.fact_words import fact_name

QUESTION_TEXTS = {
    "for_whom": (_("Who needs help?"), _("You can apply for yourself or for someone close to you.")),
    "situation": (_("What has happened?"), _("Choose what is closest. Nobody outside will see your name.")),
    "place": (
        _("Where does the family live?"),
        _("Only the region is shown in public, never the town or the address."),
    ),
    "urgency": (_("How soon is help needed?"), _("An emergency is checked with the emergency services.")),
    "words": (
        _("Tell us in your own words"),
        _("What is missing most of all? Only the curator of your application reads this; donors never do."),
    ),
    "contact": (
        _("How can we reach you?"),
        _("We write when something changes, and ask you to confirm what was delivered."),
    ),
    "consent": (
        _("May we ask the state about your family?"),
        _("Then most of the application need not be filled in: the facts come by themselves, usually within minutes."),
    ),
}

CHOICE_TEXTS = {
    "for_whom": {
        "self": (_("Me and my family"), ""),
        "child": (_("My child"), ""),
        "relative": (_("A relative whom I look after"), ""),
        "other": (_("Another person"), _("You help them to apply; they agree by a code from an SMS.")),
    },
    "situation": {
        "children_youth": (_("Children or young people need help"), ""),
        "people_disability": (_("Disability"), ""),
        "older_people": (_("Old age"), ""),
        "poor_homeless": (_("Not enough for life, or no home"), ""),
        "emergency_violence_victims": (_("An emergency or violence"), _("Flood, fire, violence at home")),
        "severe_illness": (_("A severe illness"), ""),
        "ex_prisoners_addictions": (_("Starting again after prison or addiction"), ""),
    },
    "urgency": {
        "normal": (_("It can wait for a month"), ""),
        "high": (_("Needed in the coming weeks"), ""),
        "emergency": (_("An emergency has happened"), _("Flood, fire, no home from today")),
    },
}

REGISTRY_TEXTS = {
    "gbd_fl": (_("State database of persons"), _("family and address")),
    "cks": (_("Digital Family Card"), _("the family's situation and property")),
    "minfin": (_("Ministry of Finance"), _("official income of the last 12 months")),
    "gkb": (_("State Credit Bureau"), _("loans and overdue payments")),
    "pkb": (_("First Credit Bureau"), _("loans that the state bureau does not know")),
    "nobd": (_("Education database"), _("whether the children are at school or kindergarten")),
    "ipr": (_("Rehabilitation programme"), _("what the programme gives")),
    "mtszn": (_("Ministry of Labour"), _("disability, social status, the ministry's category")),
    "esocium": (_("Register of state support"), _("which support the family receives")),
    "social_services": (_("Social services given"), _("which social services were given before")),
    "mz": (_("Ministry of Health"), _("clinic and medical care; whether a severe illness is confirmed, yes or no")),
    "mts": (_("Ministry of Tourism and Sport"), _("whether a person asked not to be let gamble")),
    "mchs": (_("Ministry of Emergencies"), _("flood, fire or earthquake where the family lives")),
    "mvd": (_("Ministry of Internal Affairs"), _("incidents that left people without a home")),
    "gbd_ul": (_("State database of legal entities"), _("companies and funds")),
    "institution": (_("An institution, in person"), _("what was seen or decided by a human")),
}


def left_out_text(left: Mapping[str, Sequence[str]]) -> str:
    """What the consent is not about, one line a registry, as it is signed; empty when nothing is left out."""
    lines = [
        f"{REGISTRY_TEXTS[registry.value][0]}: {', '.join(fact_name(code) for code in left[registry.value])}"
        for registry in HOUSEHOLD_REGISTRIES
        if left.get(registry.value)
    ]
    return "\n".join([gettext("Not read, because I have left it out:"), *lines]) if lines else ""


STATE_TEXTS = {
    "draft": pgettext_lazy("application", "Draft"),
    "submitted": pgettext_lazy("application", "Sent"),
    "gathering": _("Asking the registries"),
    "waiting_registry": _("A registry has not answered yet"),
    "review": _("With the curator"),
    "visit": _("A visit is planned"),
    "approved": pgettext_lazy("application", "Approved"),
    "refused": pgettext_lazy("application", "Refused"),
    "withdrawn": pgettext_lazy("application", "Withdrawn"),
}

STEPS = (_("Application"), _("Registries"), _("Curator"), _("Visit"), _("Decision"))
STEP_OF_STATE = {
    "draft": 1,
    "submitted": 2,
    "gathering": 2,
    "waiting_registry": 2,
    "review": 3,
    "visit": 4,
    "approved": 6,
    "refused": 5,
    "withdrawn": 1,
}
