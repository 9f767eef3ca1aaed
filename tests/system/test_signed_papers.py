"""An application and a decision are signed as they are sent and taken; vault keeps the exact bytes of each."""

from collections.abc import Iterator

import psycopg
import pytest

from demeu.cli.story import asking
from demeu.cli.story.ncalayer import sign_form
from demeu.cli.story.stage import Stage
from demeu.roles.launch.live import LivePlatform


@pytest.fixture
def stage(platform: LivePlatform) -> Iterator[Stage]:
    made = Stage(platform.running.url, platform.running.urls["sandbox"])
    yield made
    made.close()


def kept(platform: LivePlatform, stage: Stage) -> list[tuple[str, str]]:
    """Kind and status of the signatures that vault keeps about the application, oldest first."""
    with psycopg.connect(platform.database_url("vault")) as connection:
        found = connection.execute(
            "SELECT kind, status FROM vault_identity_signature WHERE subject = %s ORDER BY at",
            [f"application:{stage.application}"],
        )
        return found.fetchall()


@pytest.mark.timeout(600)
def test_an_application_and_its_refusal_are_signed(platform: LivePlatform, stage: Stage) -> None:
    asking.sign_in(stage)
    asking.consent(stage)
    mother = stage.people["mother"]
    check = mother.open(f"/apply/{stage.application}/check/")
    assert sign_form(mother, check, stage.family["key_id"]).url.endswith(f"/my/applications/{stage.application}/")
    assert kept(platform, stage) == [("application", "good")]
    own = f"/my/applications/{stage.application}/"
    stage.wait_page(mother, own, f'a[href$="{stage.application}/score/"]', "the registries' answers", 120)
    curator = stage.signed_in("curator")
    address = f"/desk/review/{stage.application}/"
    page = curator.open(address)
    form = page.form("reason")
    reason = next(filter(None, (option.get("value") for option in form.cssselect("[name=reason] option"))))
    page = curator.send(page, form, reason=reason, decision="refused")
    assert page.url.endswith(f"{address}sign/")
    assert stage.application in page.text()
    assert sign_form(curator, page, "curator").url.endswith("/desk/review/")
    assert kept(platform, stage) == [("application", "good"), ("decision", "good")]
    stage.signed_in("volunteer").open(f"{address}sign/", expect=403)
