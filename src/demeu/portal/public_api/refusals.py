"""Words for the refusals of the public API."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "api.unknown_path": _("There is nothing at this address of the API. Look at its page: /developers/."),
    "api.unknown_method": _("This address does not take this method. The header Allow names those it takes."),
    "api.forbidden": _("This is not open to you."),
    "api.unacceptable": _("We answer in JSON only."),
    "api.too_long": _("The request is too long. Nothing was changed and no money was taken."),
    "api.too_often": _("That was more than %(limit)s requests a minute. Ask again in %(retry_after_s)s s."),
    "api.bad_cursor": _("This cursor is not from this list. Begin without one, then pass on what «next» says."),
    "api.no_idempotency_key": _("Send the header Idempotency-Key with 8 to 80 signs. Nothing was begun."),
    "api.fallback": _("This choice for money that is not needed does not fit this purpose. Nothing was begun."),
    "api.addition": _("The addition must be less than the whole sum, and none for running costs. Nothing was begun."),
    "api.bug": _("Something broke on our side. Ask again; the same Idempotency-Key never makes a second gift."),
    "key.needed": _("This needs a key: send it as «Authorization: Bearer …»."),
    "key.unknown": _("This key is not known, or it was revoked. Nothing was done with it."),
    "key.scope_missing": _("This key does not open it: the scope %(scope)s is missing."),
    "key.test_only": _("A test key makes no real gifts. Nothing was begun; use a live key."),
}
