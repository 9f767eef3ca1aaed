"""The background worker of one role: runs its queue and its periodic jobs, answers health on DEMEU_WORKER_PORT."""

import django
from django.conf import settings


def main() -> None:
    """Work until told to stop (SIGTERM or SIGINT lets running jobs end)."""
    django.setup()
    from procrastinate.contrib.django import app

    from demeu.kernel.health import serve_health
    from demeu.kernel.jobs import register_periodic

    register_periodic()
    serve_health(settings.DEMEU_WORKER_PORT)
    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        working.run_worker(
            concurrency=settings.DEMEU_WORKER_CONCURRENCY,
            fetch_job_polling_interval=2.0,
            delete_jobs="successful",
            shutdown_graceful_timeout=5,
            install_signal_handlers=True,
        )


if __name__ == "__main__":
    main()
