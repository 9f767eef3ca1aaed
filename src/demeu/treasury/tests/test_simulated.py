"""A million steps of a treasury's life by its pure rules; a failing seed is named."""

import os

import pytest

from demeu.treasury.tests.simulated import World

STEPS = int(os.environ.get("DEMEU_SIMULATED_STEPS", "1000000"))
STEPS_EACH = 50_000
CHECKED_EVERY = 500


def play(seed: int, steps: int, *, forgetful: bool = False) -> World:
    """A history of so many steps; an assertion error names its seed and step."""
    world = World(seed, forgetful=forgetful)
    for number in range(steps):
        try:
            world.step()
            if number % CHECKED_EVERY == 0 or number == steps - 1:
                world.check()
        except Exception as error:
            raise AssertionError(f"seed {seed}, step {number}: {error!r}") from error
    return world


@pytest.mark.timeout(180 + STEPS // 2_000)
def test_no_history_of_a_million_steps_breaks_a_promise() -> None:
    done: dict[str, int] = {}
    for seed in range(max(1, STEPS // STEPS_EACH)):
        for name, count in play(seed, min(STEPS, STEPS_EACH)).done.items():
            done[name] = done.get(name, 0) + count
    assert all(count > STEPS // 2_000 for count in done.values()), f"every kind of thing must have happened: {done}"


def test_a_treasury_that_forgets_what_it_posted_is_found_out_and_its_seed_is_named() -> None:
    with pytest.raises(AssertionError, match=r"seed 1, step \d+: "):
        play(1, 5_000, forgetful=True)


def test_the_same_seed_is_the_same_history() -> None:
    one, same, other = play(3, 2_000), play(3, 2_000), play(4, 2_000)
    assert one.accounts == same.accounts != other.accounts
