"""Vault: people, identity, consents, facts, messages. Nothing here is public."""

from demeu.kernel import env
from demeu.roles.settings import base

APPS = [
    "demeu.vault.sealing",
    "demeu.vault.access",
    "demeu.vault.people",
    "demeu.vault.identity",
    "demeu.vault.consents",
    "demeu.vault.documents",
    "demeu.vault.households",
    "demeu.vault.messages",
    "demeu.vault.payees",
    "demeu.vault.rights",
]

globals().update(base.build("vault", apps=APPS))

SANDBOX = base.address("sandbox")
DEMEU_VAULT_TRUST = env.folder(
    "DEMEU_VAULT_TRUST",
    default=str(base.VAR / "trust"),
    help="folder with trusted roots, issuing authorities, revocation lists and the vault's own ШЭП key",
)
DEMEU_VAULT_STATUS_REQUIRED = env.flag(
    "DEMEU_VAULT_STATUS_REQUIRED",
    default=False,
    help="refuse a citizen's signature when no fresh revocation list says that it is good; for staff always so",
)
DEMEU_VAULT_POLICIES = tuple(
    env.text(
        "DEMEU_VAULT_POLICIES",
        default="",
        help="OIDs of certificate policies, by commas, one of which a key needs (NUC RK: 1.2.398.3.3.2); empty = any",
    )
    .replace(",", " ")
    .split()
)
DEMEU_VAULT_OCSP_URL = env.text(
    "DEMEU_VAULT_OCSP_URL",
    default="http://ocsp.pki.gov.kz/" if base.PROFILE == "production" else f"{SANDBOX}/ca/ocsp/",
    help="address of the authority's OCSP responder; empty = only the lists of DEMEU_VAULT_TRUST are asked",
)
DEMEU_VAULT_STATUS_AGE_S = env.integer(
    "DEMEU_VAULT_STATUS_AGE_S",
    default=3600,
    help="how old, in seconds, an answer or list may be that says a key is good",
)
DEMEU_VAULT_OIDC_PROVIDERS = env.folder(
    "DEMEU_VAULT_OIDC_PROVIDERS",
    default=str(base.VAR / "keys" / "vault" / "providers.json"),
    help="file of the OpenID Connect providers (Digital ID) that people may sign in by; absent = none is offered",
)
DEMEU_VAULT_SHEP_URL = env.text(
    "DEMEU_VAULT_SHEP_URL", default=f"{SANDBOX}/shep/bip-sync-wss-gost/", help="address of the ШЭП SyncChannel"
)
DEMEU_VAULT_SMS_GATEWAYS = env.text(
    "DEMEU_VAULT_SMS_GATEWAYS",
    default="mobizon" if base.PROFILE == "production" else "mobizon,smsc",
    help="SMS gateways by commas: the first that takes a message has it, the next ones stand in",
)
SMSC = "smsc" in DEMEU_VAULT_SMS_GATEWAYS
DEMEU_VAULT_SHEP_ASYNC_URL = env.text(
    "DEMEU_VAULT_SHEP_ASYNC_URL",
    default=f"{SANDBOX}/shep/bip-async-wss-gost/",
    help="address of the ШЭП AsyncChannel: answers that come later, notices of emergencies",
)
DEMEU_VAULT_REGISTRIES = env.folder(
    "DEMEU_VAULT_REGISTRIES",
    default=str(base.VAR / "registries.toml"),
    help="file (TOML) that changes how registries are asked: service names, limits, words of КДП; absent = as built",
)
DEMEU_VAULT_SMS_URL = env.text(
    "DEMEU_VAULT_SMS_URL", default=f"{SANDBOX}/mobizon", help="address of the SMS operator (Mobizon protocol)"
)
DEMEU_VAULT_SMS_KEY = env.text("DEMEU_VAULT_SMS_KEY", default="sandbox-mobizon-key", help="API key at the SMS operator")
DEMEU_VAULT_SMS_SENDER = env.text(
    "DEMEU_VAULT_SMS_SENDER", default="Demeu", help="sender name on SMS, up to 11 letters"
)
DEMEU_VAULT_SMS_INBOUND_KEY = env.text(
    "DEMEU_VAULT_SMS_INBOUND_KEY", default="sandbox-inbound-key", help="key that the SMS operator shows on replies"
)
DEMEU_VAULT_SMSC_URL = env.text(
    "DEMEU_VAULT_SMSC_URL", default=f"{SANDBOX}/smsc" if SMSC else "", help="address of the SMS gateway smsc.kz"
)
DEMEU_VAULT_SMSC_LOGIN = env.text("DEMEU_VAULT_SMSC_LOGIN", default="demeu", help="login at smsc.kz")
DEMEU_VAULT_SMSC_PASSWORD = env.text(
    "DEMEU_VAULT_SMSC_PASSWORD", default="sandbox-smsc-password" if SMSC else "", help="password at smsc.kz"
)
DEMEU_VAULT_SMTP_URL = env.text(
    "DEMEU_VAULT_SMTP_URL",
    default="smtp://127.0.0.1:2525",
    help="mail server: smtp:// (plain), smtp+tls:// (STARTTLS demanded) or smtps://, with user:password@ if needed",
)
DEMEU_VAULT_MAIL_FROM = env.text(
    "DEMEU_VAULT_MAIL_FROM", default="no-reply@demeu.example", help="mail address that letters come from"
)
DEMEU_VAULT_PUBLIC_URL = env.text(
    "DEMEU_VAULT_PUBLIC_URL",
    default=base.address("portal"),
    help="address of the site as visitors see it, for the way to stop letters",
)
DEMEU_VAULT_VAPID = env.folder(
    "DEMEU_VAULT_VAPID",
    default=str(base.VAR / "keys" / "vault" / "vapid.pem"),
    help="file of the key that signs Web Push, made at first start",
)
DEMEU_VAULT_PUSH_HOSTS = env.text(
    "DEMEU_VAULT_PUSH_HOSTS",
    default="fcm.googleapis.com,updates.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com"
    + ("" if base.PROFILE == "production" else f",{SANDBOX.partition('://')[2]}"),
    help="push services of browsers that may be written to, by commas; *.host allows every name under it",
)
DEMEU_VAULT_QUIET_HOURS = env.text(
    "DEMEU_VAULT_QUIET_HOURS",
    default="22-8" if base.PROFILE == "production" else "",
    help="hours of Almaty in which nobody is disturbed unless they chose others; empty = none",
)
# What a reply is about, up to the colon → the job of ours that takes it; portal hears of every reply by its event.
DEMEU_VAULT_REPLY_TAKERS: dict[str, str] = {"consent": "demeu.vault.consents.tasks.take_reply"}
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DEMEU_VAULT_FIELD_KEYS = env.folder(
    "DEMEU_VAULT_FIELD_KEYS",
    default=str(base.VAR / "keys" / "vault" / "fields.json"),
    help="file of the field encryption and blind index keys, made at first start",
)
DEMEU_VAULT_INSTITUTION_BIN = env.text(
    "DEMEU_VAULT_INSTITUTION_BIN", default="", help="BIN under which the platform asks registries"
)
DEMEU_VAULT_FUND_IBAN = env.text(
    "DEMEU_VAULT_FUND_IBAN",
    default="KZ86125KZT5004100100",
    help="IBAN of the fund's account, to know its statements by",
)
DEMEU_VAULT_SANCTIONS = env.folder(
    "DEMEU_VAULT_SANCTIONS",
    default=str(base.VAR / "lists" / "sanctions.txt"),
    help="file of the sanctions list, lines «bin:…» and «name:…»; absent = nobody is listed",
)
DEMEU_PERIODIC = [
    ("* * * * *", "demeu.vault.access.tasks.close_access_head"),
    ("17 * * * *", "demeu.vault.identity.tasks.forget_old_attempts"),
    ("*/10 * * * *", "demeu.vault.people.tasks.index_unindexed"),
    ("41 2 * * *", "demeu.vault.rights.tasks.end_terms"),
    ("* * * * *", "demeu.vault.consents.tasks.expire_consents"),
    ("*/2 * * * *", "demeu.vault.households.tasks.announce_rule_sets"),
    ("*/20 * * * * *", "demeu.vault.households.tasks.collect_messages"),
    ("* * * * * */10", "demeu.vault.messages.tasks.fetch_receipts"),
    ("*/5 * * * *", "demeu.vault.messages.tasks.send_digests"),
]
