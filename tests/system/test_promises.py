"""The public page of promises is green while the books are right and red as soon as a check finds a wrong tiyn."""

import httpx
import lxml.html
import psycopg

from demeu.roles.launch.live import LivePlatform

BENT = "UPDATE treasury_ledger_rollup SET amount_tiyn = amount_tiyn + %s WHERE account = 'funds:received'"
SAYS = {
    "kk": "шоттың сақталған қалдығы мен жаңа жазбалары оның барлық жазбаларының қосындысына тең",
    "ru": "сохранённый остаток счёта вместе с новыми записями равен сумме всех его записей",
    "en": "the rolled-up balance of an account with its tail is the sum of all its postings",
}


def shown(platform: LivePlatform, language: str) -> dict[str, str]:
    """What the page says of each promise: yes, no or unknown."""
    answer = httpx.get(
        f"{platform.running.url}/promises/", headers={"Accept-Language": language}, trust_env=False, timeout=20
    )
    assert answer.status_code == 200
    page = lxml.html.fromstring(answer.content)
    return {
        one.cssselect("span")[-1].text_content(): str(one.get("data-holds")) for one in page.cssselect(".promises li")
    }


def test_a_wrong_tiyn_turns_its_promise_red_for_everybody_and_back(platform: LivePlatform) -> None:
    with psycopg.connect(platform.database_url("treasury", owner=True), autocommit=True) as books:
        assert platform.command("books", "check").returncode == 0
        green = shown(platform, "en")
        assert len(green) > 40 and set(green.values()) == {"yes"}
        books.execute(BENT, [1])
        try:
            assert platform.command("books", "check").returncode == 1
            for language, says in SAYS.items():
                assert {told for told, holds in shown(platform, language).items() if holds == "no"} == {says}
        finally:
            books.execute(BENT, [-1])
        assert platform.command("books", "check").returncode == 0
        assert set(shown(platform, "ru").values()) == {"yes"}
