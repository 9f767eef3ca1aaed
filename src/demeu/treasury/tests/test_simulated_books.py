"""Twenty thousand steps of the treasury's real actions on PostgreSQL; a failing seed is named."""

import os

import pytest

from demeu.treasury.tests.simulated_books import Books

STEPS = int(os.environ.get("DEMEU_SIMULATED_DATABASE_STEPS", "20000"))
STEPS_EACH = 2_500
CHECKED_EVERY = 500
pytestmark = pytest.mark.django_db(transaction=True)


def play(seed: int, steps: int, *, clumsy: bool = False) -> Books:
    """A history of so many steps; an assertion error names its seed and step."""
    books = Books(seed, clumsy=clumsy)
    for number in range(1, steps + 1):
        try:
            books.step()
            if number % CHECKED_EVERY == 0 or number == steps:
                books.check()
        except Exception as error:
            raise AssertionError(f"seed {seed}, step {number}: {error!r}") from error
    return books


@pytest.mark.timeout(300 + STEPS // 10)
@pytest.mark.parametrize("seed", range(max(1, STEPS // STEPS_EACH)))
def test_no_history_on_postgresql_breaks_a_promise(seed: int) -> None:
    done = play(seed, min(STEPS, STEPS_EACH)).done
    expected = {"started", "heard", "settled", "worked", "prepared", "approved", "sent", "paid", "returned",
                "delivered", "completed", "withdrawn", "repeated"}  # fmt: skip
    assert expected <= done.keys(), f"every kind of thing must have happened: {done}"


@pytest.mark.breaks("")
def test_a_gateway_word_that_is_booked_twice_is_found_out_and_its_seed_is_named() -> None:
    with pytest.raises(AssertionError, match=r"seed 1, step \d+: "):
        play(1, CHECKED_EVERY, clumsy=True)
