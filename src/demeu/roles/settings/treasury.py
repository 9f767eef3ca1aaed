"""Treasury: donations, ledger, payouts, transparency log. It never knows who a person is."""

from demeu.kernel import env
from demeu.roles.settings import base

APPS = [
    "demeu.treasury.ledger",
    "demeu.treasury.proofs",
    "demeu.treasury.donations",
    "demeu.treasury.gateways",
    "demeu.treasury.allocation",
    "demeu.treasury.pledges",
    "demeu.treasury.fallbacks",
    "demeu.treasury.monthly",
    "demeu.treasury.payouts",
    "demeu.treasury.monitoring",
    "demeu.treasury.reconciliation",
]

globals().update(base.build("treasury", apps=APPS))

SANDBOX = base.address("sandbox")
DEMEU_TREASURY_PUBLIC_URL = env.text(
    "DEMEU_TREASURY_PUBLIC_URL", default=base.address("treasury"), help="address at which gateways call back"
)
DEMEU_TREASURY_LOG = env.folder(
    "DEMEU_TREASURY_LOG", default=str(base.VAR / "log"), help="folder of the transparency log's public files"
)
DEMEU_TREASURY_LOG_KEY = env.folder(
    "DEMEU_TREASURY_LOG_KEY",
    default=str(base.VAR / "keys" / "treasury" / "log.key"),
    help="file of the log's Ed25519 signing key, made at first start",
)
DEMEU_TREASURY_SEAL = env.folder(
    "DEMEU_TREASURY_SEAL",
    default=str(base.VAR / "keys" / "treasury" / "seal.pem"),
    help="PEM file with key and certificate of the fund's seal on PDF; made self-signed at first use",
)
DEMEU_TREASURY_LOG_ORIGIN = env.text(
    "DEMEU_TREASURY_LOG_ORIGIN", default="demeu.local/log", help="origin line of the log's checkpoints"
)
DEMEU_TREASURY_HALYK_URL = env.text(
    "DEMEU_TREASURY_HALYK_URL", default=f"{SANDBOX}/epay", help="address of Halyk ePay 2.0 (OAuth, page, API)"
)
DEMEU_TREASURY_HALYK_CLIENT = env.text("DEMEU_TREASURY_HALYK_CLIENT", default="demeu", help="client_id at Halyk ePay")
DEMEU_TREASURY_HALYK_SECRET = env.text(
    "DEMEU_TREASURY_HALYK_SECRET", default="sandbox-epay-secret", help="client_secret at Halyk ePay"
)
DEMEU_TREASURY_HALYK_TERMINAL = env.text(
    "DEMEU_TREASURY_HALYK_TERMINAL", default="67e34d63-102f-4bd1-898e-370781d0074d", help="terminal at Halyk ePay"
)
DEMEU_TREASURY_KASPI_URL = env.text(
    "DEMEU_TREASURY_KASPI_URL", default=f"{SANDBOX}/kaspi/pay/", help="address that opens our service in the Kaspi app"
)
DEMEU_TREASURY_KASPI_SERVICE = env.text(
    "DEMEU_TREASURY_KASPI_SERVICE", default="demeu", help="name of our service in the Kaspi app"
)
DEMEU_TREASURY_KASPI_NETWORKS = env.text(
    "DEMEU_TREASURY_KASPI_NETWORKS",
    default="" if base.PROFILE == "production" else "127.0.0.1/32",
    help="networks (CIDR, separated by spaces) from which Kaspi's check and pay are answered",
)
DEMEU_TREASURY_FREEDOM_URL = env.text(
    "DEMEU_TREASURY_FREEDOM_URL", default=f"{SANDBOX}/freedom", help="address of Freedom Pay"
)
DEMEU_TREASURY_FREEDOM_MERCHANT = env.text(
    "DEMEU_TREASURY_FREEDOM_MERCHANT", default="500001", help="pg_merchant_id at Freedom Pay"
)
DEMEU_TREASURY_FREEDOM_SECRET = env.text(
    "DEMEU_TREASURY_FREEDOM_SECRET", default="sandbox-freedom-secret", help="secret key of pg_sig at Freedom Pay"
)
DEMEU_TREASURY_TIPTOP_URL = env.text(
    "DEMEU_TREASURY_TIPTOP_URL", default=f"{SANDBOX}/tiptop", help="address of TipTop Pay's API"
)
DEMEU_TREASURY_TIPTOP_ID = env.text("DEMEU_TREASURY_TIPTOP_ID", default="pk_demeu", help="PublicId at TipTop Pay")
DEMEU_TREASURY_TIPTOP_SECRET = env.text(
    "DEMEU_TREASURY_TIPTOP_SECRET", default="sandbox-tiptop-secret", help="ApiSecret at TipTop Pay"
)
DEMEU_TREASURY_BANK_URL = env.text(
    "DEMEU_TREASURY_BANK_URL", default=f"{SANDBOX}/bank", help="address of the fund's bank (ISO 20022 files)"
)
DEMEU_TREASURY_BANK_KEY = env.text("DEMEU_TREASURY_BANK_KEY", default="sandbox-bank-key", help="API key at the bank")
DEMEU_TREASURY_PAYOUT_WAY = env.choice(
    "DEMEU_TREASURY_PAYOUT_WAY",
    among=("bank", "freedom"),
    default="bank",
    help="how approved payouts are handed over: the bank's pain.001, or Freedom Pay's to_iban",
)
DEMEU_TREASURY_FUND_IBAN = env.text(
    "DEMEU_TREASURY_FUND_IBAN", default="KZ86125KZT5004100100", help="IBAN of the fund's account"
)
DEMEU_TREASURY_FUND_NAME = env.text(
    "DEMEU_TREASURY_FUND_NAME", default="Demeu", help="name of the fund in payment instructions and receipts"
)
DEMEU_TREASURY_FUND_BIC = env.text(
    "DEMEU_TREASURY_FUND_BIC", default="DEMUKZK0", help="BIC of the bank that keeps the fund's account"
)
DEMEU_TREASURY_FUND_KNP = env.text(
    "DEMEU_TREASURY_FUND_KNP", default="119", help="payment purpose code (КНП) of payouts, three digits"
)
DEMEU_TREASURY_STATEMENT_S = env.integer(
    "DEMEU_TREASURY_STATEMENT_S", default=5, help="seconds between two readings of the bank's statement (1–59)"
)
DEMEU_TREASURY_LOG_S = env.integer(
    "DEMEU_TREASURY_LOG_S", default=2, help="seconds between two publications of the transparency log (1–59)"
)
SANDBOX_WITNESS = "witness.sandbox.demeu.local+b8668c26+BEPDK8jry/Owr2F9MnmqxJFsr/rDOxddXDK5vJjjlj58"
DEMEU_TREASURY_WITNESSES = env.text(
    "DEMEU_TREASURY_WITNESSES",
    default="" if base.PROFILE == "production" else f"{SANDBOX_WITNESS}@{SANDBOX}/witness",
    help="witnesses of the log that are asked to cosign, each KEY@ADDRESS (key as name+hash+base64), spaces between",
)
DEMEU_TREASURY_WITNESSES_S = env.integer(
    "DEMEU_TREASURY_WITNESSES_S", default=5, help="seconds between two rounds of asking the log's witnesses (1–59)"
)
DEMEU_PERIODIC = [
    (f"* * * * * */{DEMEU_TREASURY_LOG_S}", "demeu.treasury.proofs.tasks.publish"),
    (f"* * * * * */{DEMEU_TREASURY_STATEMENT_S}", "demeu.treasury.reconciliation.tasks.reconcile"),
    (f"* * * * * */{DEMEU_TREASURY_WITNESSES_S}", "demeu.treasury.proofs.tasks.cosign"),
    ("*/5 * * * *", "demeu.treasury.payouts.tasks.release_payouts"),
    ("*/10 * * * *", "demeu.treasury.payouts.tasks.follow_payouts"),
    ("55 18 * * *", "demeu.treasury.reconciliation.tasks.keep_bank_day"),
    ("*/15 * * * *", "demeu.treasury.monitoring.tasks.scan_movements"),
    ("* * * * *", "demeu.treasury.gateways.tasks.sweep_gifts"),
    ("* * * * *", "demeu.treasury.gateways.tasks.send_refunds"),
    ("* * * * *", "demeu.treasury.monthly.tasks.follow_plans"),
    ("* * * * *", "demeu.treasury.pledges.tasks.follow_pledges"),
    ("*/5 * * * *", "demeu.treasury.fallbacks.tasks.follow_surplus"),
    ("20 3 * * *", "demeu.treasury.gateways.defence.forget_attempts"),
    ("* * * * *", "demeu.treasury.ledger.tasks.roll_up_balances"),
    ("* * * * *", "demeu.treasury.ledger.tasks.check_books"),
]
DEMEU_TREASURY_RECEIPT_URL = env.text(
    "DEMEU_TREASURY_RECEIPT_URL",
    default=base.address("portal") + "/verify/",
    help="public page where a receipt is checked; its address stands in the receipt's QR code",
)
