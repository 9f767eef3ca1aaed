"""Words of the public pages: filters, item states, steps of money, history lines. gettext only."""

from django.utils.translation import gettext_lazy as _

TAGS = {
    "children": _("Children in the family"),
    "emergencies": _("An emergency"),
    "debts": _("Debts"),
    "disability": _("Disability"),
}
WAITING = {
    "30": _("Waits for more than 30 days"),
    "90": _("Waits for more than 90 days"),
    "180": _("Waits for more than 180 days"),
}
KINDS = {
    "devices": _("Wheelchair, hearing aid, special shoes"),
    "treatment": _("Treatment and rehabilitation"),
    "school": _("School and learning"),
    "clothes": _("Warm clothes"),
    "food": _("Food"),
    "warmth": _("Coal, stove, heater"),
    "housing": _("Rent"),
    "debt": _("Paying off a debt"),
    "other": _("Something else needed"),
}
SUBGROUPS = {
    "orphans_no_parental_care": _("Orphans and children left without parental care"),
    "children_low_income": _("Children from families with a low income"),
    "children_disability": _("Children with disabilities"),
    "young_pregnant_mothers": _("Young mothers-to-be in a difficult situation"),
    "disability_any_group": _("People with a disability of any group"),
    "rare_diseases": _("People with rare diseases"),
    "mental_disorders": _("People with mental disorders"),
    "lone_pensioners": _("Pensioners who are alone"),
    "older_in_care_homes": _("Older people in care homes"),
    "grandparents_raising": _("Grandparents raising grandchildren without the parents"),
    "families_below_poverty": _("Families below the poverty line"),
    "homeless": _("People without a home"),
    "refugees_displaced": _("Refugees and forced migrants"),
    "natural_disaster_victims": _("People hit by fires, floods and other disasters"),
    "domestic_violence_victims": _("People who suffered violence at home"),
}
LEFT = {"to50": _("Up to 50 000 ₸"), "to200": _("50 000–200 000 ₸"), "over200": _("More than 200 000 ₸")}
URGENCY = {
    "emergency": _("An emergency has happened"),
    "high": _("Needed in the coming weeks"),
    "normal": _("Can wait for a month"),
}
SORTS = {
    "fair": _("Fair order"),
    "waiting": _("Waiting longest first"),
    "least": _("Least given first"),
    "new": _("Newest first"),
}
STAGES = {"open": _("Raising"), "way": _("Help is on its way"), "done": _("Completed")}
ITEM_STATES = {
    "open": ("received", _("Being raised")),
    "reserved": ("received", _("Being raised")),
    "funded": ("held", _("Raised, to be ordered")),
    "ordered": ("held", _("Ordered")),
    "paid": ("paid", _("Paid, on its way")),
    "delivered": ("delivered", _("Delivered")),
    "confirmed": ("delivered", _("Delivered, the family confirmed")),
}
UPDATES = {
    "visited": _("A volunteer visited the family"),
    "published": _("The case was published"),
    "item_funded": _("Raised in full: %(item)s"),
    "case_funded": _("All the money has been raised"),
    "item_ordered": _("The supplier’s bill is on its way to the bank: %(item)s"),
    "item_paid": _("Paid to the supplier: %(item)s"),
    "item_delivered": _("Delivered: %(item)s"),
    "item_confirmed": _("The family confirmed: %(item)s"),
    "completed": _("The story is complete"),
}
TERMS = {
    "publication": (_("Publication"), _("3 days after the visit")),
    "payment": (_("Payment"), _("5 days after the sum is raised")),
    "delivery": (_("Delivery"), _("20 days after payment")),
    "report": (_("Report"), _("7 days after delivery")),
}
STEP_TITLES = {
    "received": _("Received %(sum)s"),
    "held": _("In reserve: %(sum)s"),
    "paid": _("The supplier’s bill is paid: %(sum)s"),
    "delivered": _("The family has it"),
}
STEP_TEXTS = {
    "received": _("The gateway confirmed the gifts; they are written into the open journal."),
    "held": _("The bank has matched the money. It cannot be spent on anything else without the givers’ consent."),
    "paid": _("Two signatures: one officer prepared, another approved. Money goes to the supplier, not into hands."),
    "delivered": _("The act is signed and the family confirmed by a message."),
}
AHEAD = {
    "received": (_("Gifts"), _("Each one is written into the open journal at once.")),
    "held": (_("In reserve"), _("Promised: within 2 working days, when the bank’s statement matches.")),
    "paid": (_("Payment to the supplier"), _("Promised: 5 days after the sum is raised.")),
    "delivered": (_("Delivery to the family"), _("Promised: 20 days after payment.")),
}
MOVEMENTS = {
    "received": ("received", _("A gift")),
    "held": ("held", _("The bank confirmed a gift")),
    "allocated": ("held", _("Allotted to a thing")),
    "payout_prepared": ("held", _("A payment was prepared")),
    "payout_approved": ("held", _("A payment was approved")),
    "paid": ("paid", _("The supplier was paid")),
    "delivered": ("delivered", _("Help was delivered")),
    "confirmed": ("delivered", _("The family confirmed")),
}
REGISTRIES = {
    "gbd_fl": _("Family: State database of persons"),
    "cks": _("Situation: Digital Family Card"),
    "minfin": _("Income: Ministry of Finance"),
    "gkb": _("Debts: State Credit Bureau"),
    "pkb": _("Debts: First Credit Bureau"),
    "nobd": _("School: Education database"),
    "ipr": _("Disability: Rehabilitation programme"),
    "mtszn": _("Disability and status: Ministry of Labour"),
    "esocium": _("State support: Register of state support"),
    "social_services": _("Social services: Ministry of Labour"),
    "mz": _("Health: Ministry of Health"),
    "mchs": _("Emergency: Ministry of Emergencies"),
    "mvd": _("Emergency: Ministry of Internal Affairs"),
    "institution": _("Seen in person by an institution"),
}
COMPLAINTS = {
    "not_arrived": _("The thing has not arrived"),
    "wrong_facts": _("The facts are not right"),
    "recognisable": _("The family can be recognised"),
    "other": _("Something else"),
}
FINDINGS = {
    "name": _("a name"),
    "iin": _("an identity number (12 digits)"),
    "phone": _("a phone number"),
    "card": _("a card number"),
    "long_number": _("a long number"),
    "iban": _("a bank account"),
    "email": _("an e-mail address"),
    "link": _("a link or an account in a network"),
    "address": _("an address"),
    "place": _("a town or village"),
    "school": _("a school or kindergarten"),
    "diagnosis": _("a diagnosis that may lead to one family"),
    "date": _("an exact date"),
}
FIELDS = {
    "title_kk": _("Title in Kazakh"),
    "title_ru": _("Title in Russian"),
    "title_en": _("Title in English"),
    "story_kk": _("Story in Kazakh"),
    "story_ru": _("Story in Russian"),
    "story_en": _("Story in English"),
}
HOUSEHOLDS = {
    "single": _("lives alone"),
    "couple": _("a couple"),
    "two_parent": _("two parents with children"),
    "single_parent": _("one parent with children"),
    "large_family": _("a large family"),
    "grandparents": _("grandparents raising grandchildren"),
    "other": _("another household"),
}
AGES = {
    "0-5": _("0–5 years"),
    "6-11": _("6–11 years"),
    "12-17": _("12–17 years"),
    "18-59": _("18–59 years"),
    "60+": _("60 and older"),
    "0-17": _("under 18"),
    "18+": _("18 and older"),
}
AREAS = {
    "ledger": _("The books"),
    "donations": _("Gifts"),
    "gateways": _("Ways to pay, refunds"),
    "monthly": _("Monthly gifts"),
    "pledges": _("Gifts of companies"),
    "fallbacks": _("Money that was not needed"),
    "allocation": _("Which need gets which gift"),
    "payouts": _("Payments to suppliers"),
    "monitoring": _("Financial monitoring"),
    "reconciliation": _("The bank’s statements"),
    "proofs": _("The public journal"),
}
COMPLAINT_STATES = {
    "received": _("We have it. A person will take it."),
    "assigned": _("A person is looking into it."),
    "answered": _("Answered."),
    "closed": _("Settled."),
    "appealed": _("You disagreed. Another person looks again."),
}
