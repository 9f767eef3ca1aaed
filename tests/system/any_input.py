"""How generated input is sent to a running platform: the same each time, without minimizing what fails."""

from hypothesis import HealthCheck, Phase, settings


def any_input(examples_max: int) -> settings:
    """Settings of Hypothesis for at most so many examples of one endpoint."""
    return settings(
        max_examples=examples_max,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
