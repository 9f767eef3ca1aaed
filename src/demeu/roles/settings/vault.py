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
DEMEU_VAULT_SHEP_URL = env.text(
    "DEMEU_VAULT_SHEP_URL", default=f"{SANDBOX}/shep/bip-sync-wss-gost/", help="address of the ШЭП SyncChannel"
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
    ("* * * * *", "demeu.vault.consents.tasks.expire_consents"),
    ("*/2 * * * *", "demeu.vault.households.tasks.announce_rule_sets"),
]
