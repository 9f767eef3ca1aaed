"""Portal: all pages. Faces the Internet and holds no personal data."""

from django.utils.translation import gettext_lazy as _

from demeu.kernel import env
from demeu.roles.settings import base

APPS = [
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "demeu.portal.ui",
    "demeu.portal.accounts",
    "demeu.portal.entitlements",
    "demeu.portal.records",
    "demeu.portal.cases",
    "demeu.portal.wishes",
    "demeu.portal.verification",
    "demeu.portal.anonymity",
    "demeu.portal.catalogue",
    "demeu.portal.statistics",
    "demeu.portal.proofs",
    "demeu.portal.maps",
    "demeu.portal.organizations",
    "demeu.portal.giving",
    "demeu.portal.searches",
    "demeu.portal.companies",
    "demeu.portal.papers",
    "demeu.portal.payments",
    "demeu.portal.school_checks",
    "demeu.portal.cabinets",
    "demeu.portal.objections",
    "demeu.portal.data_policy",
    "demeu.portal.notices",
    "demeu.portal.live",
    "demeu.portal.patron",
    "demeu.portal.legal",
    "demeu.portal.partners",
    "demeu.portal.public_api",
    "demeu.portal.webhooks",
    "demeu.portal.open_data",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "demeu.portal.public_api.middleware.PublicApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "demeu.portal.accounts.middleware.ActorMiddleware",
    "demeu.portal.patron.keeping.KeepingMiddleware",
    "demeu.portal.ui.problems.RefusalMiddleware",
]

globals().update(base.build("portal", apps=APPS, middleware=MIDDLEWARE))

PRODUCTION = base.PROFILE == "production"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_AGE = 60 * 60 * 8
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "demeu.portal.ui.views.csrf_failed"

STATIC_URL = "/static/"
STATIC_ROOT = base.VAR / "static" / "portal"
STATICFILES_DIRS = [path for path in (base.ROOT / "web" / "dist",) if path.exists()]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# Names of built files carry a hash of their content.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/.+-[\w-]{8}\.\w+$"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "demeu.portal.ui.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "demeu.portal.ui.context.page",
            ],
        },
    }
]
DEMEU_NCALAYER_URL = env.text(
    "DEMEU_NCALAYER_URL",
    default="wss://127.0.0.1:13579" if PRODUCTION else "ws://127.0.0.1:8010",
    help="WebSocket address of NCALayer on the visitor's own machine",
)
DEMEU_SANDBOX_KEYS = (
    ()
    if PRODUCTION
    else (
        ("mother", _("A mother who asks for help")),
        ("donor", _("A donor")),
        ("curator", _("A curator")),
        ("volunteer", _("A volunteer of an NGO")),
        ("preparer", _("A finance officer who prepares")),
        ("approver", _("A finance officer who approves")),
        ("assistant", _("An assistant at an akimat")),
        ("auditor", _("An auditor")),
        ("pedagogue", _("A school pedagogue")),
        ("operator", _("The operator")),
        ("", _("The key picked on the sandbox's page of keys")),
    )
)
DEMEU_GATEWAY_ORIGIN = env.text(
    "DEMEU_GATEWAY_ORIGIN", default=base.address("sandbox"), help="origin of the payment gateway's script and page"
)
DEMEU_PORTAL_PASSKEY_REQUIRED = env.flag(
    "DEMEU_PORTAL_PASSKEY_REQUIRED",
    default=PRODUCTION,
    help="work in office needs a passkey of everybody; else only of those who have one",
)
DEMEU_PORTAL_ORGANISATION = env.text(
    "DEMEU_PORTAL_ORGANISATION", default="Demeu", help="name that eGov Mobile shows as the one who asks to sign"
)
DEMEU_PORTAL_ORGANISATION_BIN = env.text(
    "DEMEU_PORTAL_ORGANISATION_BIN", default="230940000019", help="its BIN, shown in eGov Mobile"
)
DEMEU_PORTAL_ORGANISATION_ID = env.text(
    "DEMEU_PORTAL_ORGANISATION_ID", help="its identifier by org-id.guide in open data; made of the BIN when empty"
)
DEMEU_PORTAL_PUBLIC_URL = env.text(
    "DEMEU_PORTAL_PUBLIC_URL", default=base.address("portal"), help="address of the site as visitors see it"
)
# Where a browser subscribes in the demo when its own push service is out of reach.
DEMEU_PUSH_TRAINING_URL = "" if PRODUCTION else f"{base.address('sandbox')}/push/subscribe"
TRAINING = [base.address("sandbox")] if DEMEU_PUSH_TRAINING_URL else []
DEMEU_PORTAL_LIVE_PORT = env.integer(
    "DEMEU_PORTAL_LIVE_PORT", default=8004, help="port of the process that holds the streams of live pages"
)
DEMEU_PORTAL_LIVE_URL = env.text(
    "DEMEU_PORTAL_LIVE_URL", help="origin of the streams of live pages; empty when a proxy serves them with the site"
)
DEMEU_PORTAL_LIVE_STREAMS = env.integer("DEMEU_PORTAL_LIVE_STREAMS", default=5000, help="most open streams in all")
DEMEU_PORTAL_LIVE_PER_ADDRESS = env.integer(
    "DEMEU_PORTAL_LIVE_PER_ADDRESS", default=100, help="most open streams from one address"
)
DEMEU_PORTAL_LIVE_BEHIND = env.text(
    "DEMEU_PORTAL_LIVE_BEHIND", help="addresses of proxies, by commas, whose X-Forwarded-For the streams believe"
).split(",")
DEMEU_PORTAL_ANDROID_PACKAGE = env.text(
    "DEMEU_PORTAL_ANDROID_PACKAGE", help="name of the Android package that shows this site, for assetlinks.json"
)
DEMEU_PORTAL_ANDROID_FINGERPRINTS = [
    one.strip()
    for one in env.text(
        "DEMEU_PORTAL_ANDROID_FINGERPRINTS", help="SHA-256 fingerprints of its signing certificates, by commas"
    ).split(",")
    if one.strip()
]
LIVE = [DEMEU_PORTAL_LIVE_URL] if DEMEU_PORTAL_LIVE_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'", DEMEU_GATEWAY_ORIGIN],
        "connect-src": ["'self'", DEMEU_NCALAYER_URL, "https://127.0.0.1:24680", *TRAINING, *LIVE],
        "img-src": ["'self'", "data:"],
        "form-action": ["'self'", DEMEU_GATEWAY_ORIGIN],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
DEMEU_PORTAL_WEBHOOKS_PRIVATE = env.flag(
    "DEMEU_PORTAL_WEBHOOKS_PRIVATE",
    default=False,
    help="webhooks may go to plain http and to addresses inside a closed network; for tests only",
)
DEMEU_PORTAL_API_GUEST_PER_MINUTE = env.integer(
    "DEMEU_PORTAL_API_GUEST_PER_MINUTE", default=120, help="requests of the public API a minute from an address"
)
DEMEU_PORTAL_API_KEY_PER_MINUTE = env.integer(
    "DEMEU_PORTAL_API_KEY_PER_MINUTE", default=1200, help="requests of the public API a minute with one key"
)
DEMEU_PERIODIC = [
    ("*/5 * * * *", "demeu.portal.partners.tasks.forget_windows"),
    ("5 20 * * *", "demeu.portal.open_data.tasks.make_files"),
    ("*/10 * * * *", "demeu.portal.open_data.tasks.make_first_files"),
    ("* * * * *", "demeu.portal.patron.tasks.tell_followers"),
    ("*/10 * * * *", "demeu.portal.live.tasks.forget_old_changes"),
    ("23 * * * *", "demeu.portal.payments.tasks.follow_deliveries"),
    ("40 5 2-6 * *", "demeu.portal.payments.tasks.draw_again"),
    ("* * * * * */10", "demeu.portal.records.tasks.carry_records"),
    ("* * * * * */15", "demeu.portal.catalogue.tasks.keep_shelf"),
    ("35 4 * * *", "demeu.portal.catalogue.tasks.close_old_answers"),
    ("*/15 * * * *", "demeu.portal.searches.tasks.tell_searches"),
    ("* * * * * */30", "demeu.portal.statistics.tasks.count_tables"),
    ("*/5 * * * *", "demeu.portal.organizations.tasks.keep_registry"),
    ("*/10 * * * *", "demeu.portal.statistics.tasks.ask_months"),
    ("20 3 * * *", "demeu.portal.statistics.tasks.ask_all_months"),
]
