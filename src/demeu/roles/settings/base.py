"""What the settings of every role have in common. A role's module calls `build` and adds what is its own."""

from pathlib import Path
from typing import Any

import dj_database_url

from demeu.kernel import env
from demeu.kernel.logs import configure, logging_config
from demeu.roles import topology

ROOT = Path(__file__).resolve().parents[4]
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]

PROFILE = env.choice(
    "DEMEU_PROFILE",
    among=("demo", "production"),
    default="demo",
    help="demo runs against the sandbox; production refuses it",
)
VAR = env.folder("DEMEU_VAR", default=str(ROOT / "var"), help="folder of the platform's own data")
DISKS_HELP = "folders, by colons, whose disks are watched: intake stops at a tenth free; add the database server's"
SIGNING_HELP = "Django's secret; made at first start in the demo, set by the operator in production"


def database(role: str) -> dict[str, Any]:
    """The role's only database, from its own variable, with time limits so that a cut network cannot hang a request."""
    url = env.required(f"DEMEU_DATABASE_URL_{role.upper()}", help="postgresql://user:password@host:port/name")
    parsed: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    parsed["OPTIONS"] = {
        **parsed.get("OPTIONS", {}),
        "connect_timeout": 5,
        "tcp_user_timeout": 4000,
        "keepalives_idle": 2,
        "keepalives_interval": 1,
        "keepalives_count": 2,
        "application_name": f"demeu-{role}",
        "prepare_threshold": 5,
        "options": "-c statement_timeout=15000 -c lock_timeout=8000 -c idle_in_transaction_session_timeout=60000",
    }
    return parsed


def address(role: str) -> str:
    """Where a role answers."""
    port = 8000 + topology.PORT_OFFSETS[role]
    return env.text(f"DEMEU_URL_{role.upper()}", default=f"http://127.0.0.1:{port}", help=f"address of {role}")


def build(role: str, *, apps: list[str], store: bool = True, middleware: list[str] | None = None) -> dict[str, Any]:
    """Django settings of a role with these apps of its own."""
    configure()
    kernel_apps = ["pgtrigger", "procrastinate.contrib.django", "demeu.kernel"] if store else []
    return {
        "DEBUG": False,
        "SECRET_KEY": env.text("DEMEU_SECRET_KEY", default="not-secret-demo-only", help=SIGNING_HELP),
        "ALLOWED_HOSTS": env.text(
            "DEMEU_HOSTS", default="127.0.0.1,localhost", help="host names that the services answer to, by commas"
        ).split(","),
        "INSTALLED_APPS": [*kernel_apps, *apps],
        "DATABASES": {"default": database(role)} if store else {},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "ROOT_URLCONF": f"demeu.{role}.urls",
        "MIDDLEWARE": ["demeu.kernel.middleware.RequestMiddleware", *(middleware or [])],
        "LOGGING_CONFIG": "logging.config.dictConfig",
        "LOGGING": logging_config(role, env.text("DEMEU_LOG_LEVEL", default="INFO", help="least level that is logged")),
        "USE_TZ": True,
        "TIME_ZONE": "Asia/Almaty",
        "USE_I18N": True,
        "LANGUAGE_CODE": "ru",
        "LANGUAGES": LANGUAGES,
        "LOCALE_PATHS": sorted(str(path) for path in (ROOT / "locale").glob("*/")),
        "DEMEU_ROLE": role,
        "DEMEU_PROFILE": PROFILE,
        "DEMEU_VAR": VAR,
        "DEMEU_DISKS": [
            Path(folder) for folder in env.text("DEMEU_DISKS", default=str(VAR), help=DISKS_HELP).split(":")
        ],
        "DEMEU_KEYS": env.folder(
            "DEMEU_KEYS", default=str(VAR / "keys" / role), help="folder of the role's signing key and public keys"
        ),
        "DEMEU_ADDRESSES": {name: address(name) for name in topology.ROLES},
        "DEMEU_CALLERS": topology.callers_of(role),
        "DEMEU_LISTENERS": topology.HEARS,
        "DEMEU_DEPENDS_ON": topology.DEPENDS_ON[role],
        "DEMEU_REACTIONS": f"demeu.{role}.reactions" if store and role != "sandbox" else "",
        "PROCRASTINATE_IMPORT_PATHS": ["demeu.kernel.outbox"],
        "DEMEU_PERIODIC": [],
        "DEMEU_WORKER_PORT": env.integer("DEMEU_WORKER_PORT", default=0, help="port of the worker's health pages"),
        "DEMEU_WORKER_CONCURRENCY": env.integer("DEMEU_WORKER_CONCURRENCY", default=4, help="jobs run at once"),
        "DEMEU_METRICS_FROM": env.text(
            "DEMEU_METRICS_FROM", default="127.0.0.1", help="addresses that may read /metrics, by commas"
        ).split(","),
    }
