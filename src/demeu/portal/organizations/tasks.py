"""Keeping the registry: new organizations, owed reports and what follows, second visits. Each job may run twice."""

from demeu.kernel import clock
from demeu.kernel.jobs import task
from demeu.portal.organizations import actions


@task()
def keep_registry() -> None:
    """Enter new organizations, ask for reports, hide or show cases, draw second visits."""
    actions.register_all()
    actions.ask_for_reports(today=clock.today())
    actions.draw_second_visits()
