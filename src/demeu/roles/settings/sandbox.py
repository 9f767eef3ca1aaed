"""Sandbox: imitations of the outside world over its real protocols. It refuses to start in production."""

from django.core.exceptions import ImproperlyConfigured

from demeu.kernel import env
from demeu.roles.settings import base

if base.PROFILE == "production":
    raise ImproperlyConfigured("the sandbox does not run in production: unset DEMEU_PROFILE=production")

APPS = [
    "django.contrib.staticfiles",
    "demeu.sandbox.identity",
    "demeu.sandbox.registries",
    "demeu.sandbox.faults",
    "demeu.sandbox.control",
    "demeu.sandbox.banks",
    "demeu.sandbox.messages",
    "demeu.sandbox.witness",
]
MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
]

globals().update(base.build("sandbox", apps=APPS, middleware=MIDDLEWARE))

STATIC_URL = "/static/"
STATIC_ROOT = base.VAR / "static" / "sandbox"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ]
        },
    }
]
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"default-src": ["'self'"], "form-action": ["'self'", "http://127.0.0.1:*"]}}
DEMEU_SANDBOX_NCALAYER_PORT = env.integer(
    "DEMEU_SANDBOX_NCALAYER_PORT", default=8010, help="port of the sandbox NCALayer WebSocket"
)
DEMEU_SANDBOX_SMS_INBOUND_URL = env.text(
    "DEMEU_SANDBOX_SMS_INBOUND_URL",
    default=f"{base.address('vault')}/inbound/sms",
    help="where the sandbox operator posts replies to SMS",
)
DEMEU_SANDBOX_FUND_IBAN = env.text(
    "DEMEU_SANDBOX_FUND_IBAN", default="KZ86125KZT5004100100", help="IBAN of the fund's account at the sandbox bank"
)
DEMEU_SANDBOX_EPAY_CLIENT_ID = env.text(
    "DEMEU_SANDBOX_EPAY_CLIENT_ID", default="demeu", help="client_id that the sandbox card gateway accepts"
)
DEMEU_SANDBOX_EPAY_CLIENT_SECRET = env.text(
    "DEMEU_SANDBOX_EPAY_CLIENT_SECRET", default="sandbox-epay-secret", help="client_secret of the sandbox card gateway"
)
DEMEU_SANDBOX_EPAY_TERMINAL = env.text(
    "DEMEU_SANDBOX_EPAY_TERMINAL",
    default="67e34d63-102f-4bd1-898e-370781d0074d",
    help="terminal id that the sandbox card gateway accepts",
)
DEMEU_SANDBOX_EPAY_MERCHANT = env.text(
    "DEMEU_SANDBOX_EPAY_MERCHANT", default="Demeu", help="merchant's name on the sandbox payment page"
)
DEMEU_SANDBOX_EPAY_FEE_BP = env.integer(
    "DEMEU_SANDBOX_EPAY_FEE_BP", default=0, help="acquirer's fee at settlement, basis points (1/100 %)"
)
DEMEU_SANDBOX_FREEDOM_MERCHANT = env.text(
    "DEMEU_SANDBOX_FREEDOM_MERCHANT", default="500001", help="pg_merchant_id that the sandbox Freedom Pay accepts"
)
DEMEU_SANDBOX_FREEDOM_SECRET = env.text(
    "DEMEU_SANDBOX_FREEDOM_SECRET",
    default="sandbox-freedom-secret",
    help="secret key of pg_sig at the sandbox Freedom Pay",
)
DEMEU_SANDBOX_KASPI_MERCHANT_URL = env.text(
    "DEMEU_SANDBOX_KASPI_MERCHANT_URL",
    default=f"{base.address('treasury')}/callbacks/kaspi/",
    help="where the sandbox Kaspi asks the merchant (check and pay)",
)
DEMEU_SANDBOX_TIPTOP_ID = env.text(
    "DEMEU_SANDBOX_TIPTOP_ID", default="pk_demeu", help="PublicId that the sandbox TipTop Pay accepts"
)
DEMEU_SANDBOX_TIPTOP_SECRET = env.text(
    "DEMEU_SANDBOX_TIPTOP_SECRET", default="sandbox-tiptop-secret", help="ApiSecret at the sandbox TipTop Pay"
)
DEMEU_SANDBOX_TIPTOP_WEBHOOKS_URL = env.text(
    "DEMEU_SANDBOX_TIPTOP_WEBHOOKS_URL",
    default=f"{base.address('treasury')}/callbacks/tiptop",
    help="where the sandbox TipTop Pay sends its webhooks (check, pay, fail)",
)
DEMEU_SANDBOX_BANK_KEY = env.text(
    "DEMEU_SANDBOX_BANK_KEY", default="sandbox-bank-key", help="X-Api-Key of the sandbox bank"
)
DEMEU_SANDBOX_MOBIZON_KEY = env.text(
    "DEMEU_SANDBOX_MOBIZON_KEY", default="sandbox-mobizon-key", help="apiKey of the sandbox SMS gateway"
)
DEMEU_SANDBOX_SMSC_LOGIN = env.text(
    "DEMEU_SANDBOX_SMSC_LOGIN", default="demeu", help="login that the sandbox smsc.kz accepts"
)
DEMEU_SANDBOX_SMSC_PASSWORD = env.text(
    "DEMEU_SANDBOX_SMSC_PASSWORD", default="sandbox-smsc-password", help="password of the sandbox smsc.kz"
)
DEMEU_SANDBOX_SMTP_PORT = env.integer(
    "DEMEU_SANDBOX_SMTP_PORT", default=2525, help="port of the sandbox mail server (SMTP)"
)
DEMEU_SANDBOX_SMS_INBOUND_KEY = env.text(
    "DEMEU_SANDBOX_SMS_INBOUND_KEY",
    default="sandbox-inbound-key",
    help="X-Inbound-Key that accompanies replies to SMS",
)
DEMEU_SANDBOX_WITNESS_LOG_KEY_URL = env.text(
    "DEMEU_SANDBOX_WITNESS_LOG_KEY_URL",
    default=f"{base.address('treasury')}/log/key",
    help="where the sandbox witness learns the key of the log it watches, at their first meeting",
)
