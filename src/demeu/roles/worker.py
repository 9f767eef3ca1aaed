"""The background worker of one role: runs its queue and its periodic jobs, answers health on DEMEU_WORKER_PORT."""

import django
from django.conf import settings


def main() -> None:
    """Work until told to stop (SIGTERM or SIGINT lets running jobs end)."""
    django.setup()
    from demeu.kernel.health import serve_health
    from demeu.kernel.jobs import register_periodic
    from demeu.kernel.working import work

    register_periodic()
    serve_health(settings.DEMEU_WORKER_PORT)
    work()


if __name__ == "__main__":
    main()
