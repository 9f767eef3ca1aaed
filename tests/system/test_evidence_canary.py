"""The story's family is a canary: its names, numbers and phone stand in the vault's and the sandbox's care only.

The same search over the sandbox's database must find them, or the search itself is blind.
"""

import base64
import csv
import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from demeu.kernel.testing import wait_until
from demeu.roles.launch.backup import run_program
from demeu.roles.launch.live import LivePlatform
from demeu.roles.launch.offline import reach

NAME_PARTS = ("surname", "given_name", "patronymic")
WITHOUT_PEOPLE = ("portal", "treasury")
SESSION = re.compile(r"(?<![\w.-])(\.?)([A-Za-z0-9_-]{16,}):[0-9A-Za-z]{5,8}:[A-Za-z0-9_-]{27,}")
STORY_S_MAX = 600


@dataclass(frozen=True)
class Canary:
    """What must not be found: words by themselves, numbers anywhere."""

    names: frozenset[str]
    numbers: frozenset[str]

    def found_in(self, text: str) -> list[str]:
        """What of the canary stands in a text: as it is, as JSON escapes it, or as bytes written in hex."""
        hits = [number for number in self.numbers if any(form in text for form in forms(number))]
        for name in self.names:
            for form in forms(name):
                if form in text and re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text):
                    hits.append(name)
                    break
        return sorted(hits)


def forms(word: str) -> tuple[str, str, str]:
    """How a word may be written down."""
    return word, json.dumps(word)[1:-1], word.encode().hex()


def with_sessions(dump: str) -> str:
    """The dump and, after it, every session in it as readable text."""
    return "\n".join((dump, *sessions_in(dump)))


def sessions_in(dump: str) -> Iterator[str]:
    """Signed session data (Django's signing format), decoded without its key."""
    for packed, payload in SESSION.findall(dump):
        try:
            content = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
            yield (zlib.decompress(content) if packed else content).decode()
        except (ValueError, zlib.error):
            continue


@pytest.fixture(scope="module")
def canary(platform: LivePlatform) -> Canary:
    """Everybody in the family of a story that has just been told; names that others of the demo bear say nothing."""
    printed_before = platform.text
    done = platform.command("story", "--json", within_s=STORY_S_MAX)
    steps = json.loads(done.stdout)
    assert done.returncode == 0, steps[-1]
    sandbox = f"{platform.running.urls['sandbox']}/control"
    keys = httpx.get(f"{sandbox}/keys", timeout=30).json()["keys"]
    iin = next(key["iin"] for key in keys if key["key_id"] == steps[0]["ids"]["key"])
    family = httpx.get(f"{sandbox}/families/{iin}", timeout=30).json()
    written = [member[part] for member in family["members"] for part in NAME_PARTS if member[part]]
    numbers = {member["iin"] for member in family["members"]} | {family["phone"][-10:]}
    assert len(written) >= 4
    own = [name for name in written if name.title() not in printed_before]
    assert len(own) >= len(written) // 2
    return Canary(frozenset(form for name in own for form in (name, name.title())), frozenset(numbers))


@pytest.fixture(scope="module")
def dumps(platform: LivePlatform, canary: Canary, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every row of each database as text, taken after the story."""
    folder = tmp_path_factory.mktemp("dumps")
    with reach(platform.environment, alone=False) as reached:
        for role, database in reached.plan.databases.items():
            run_program(reached, "pg_dump", database.owner_url, "--format=plain", f"--file={folder / role}")
    return {file.name: with_sessions(file.read_text()) for file in folder.iterdir()}


@pytest.mark.timeout(STORY_S_MAX + 120)
def test_the_search_finds_the_family_where_it_is_known_in_clear(dumps: dict[str, str], canary: Canary) -> None:
    found = canary.found_in(dumps["sandbox"])
    assert canary.numbers <= set(found)
    assert len(canary.names & set(found)) >= len(canary.names) // 2


@pytest.mark.timeout(STORY_S_MAX + 120)
@pytest.mark.parametrize("role", WITHOUT_PEOPLE)
def test_a_database_without_people_holds_nothing_of_the_family(
    dumps: dict[str, str], canary: Canary, role: str
) -> None:
    assert "COPY public.kernel_audit" in dumps[role]
    assert canary.found_in(dumps[role]) == []


def test_the_search_reads_sessions_of_the_portal(dumps: dict[str, str]) -> None:
    assert any('"person"' in session or '"person_ref"' in session for session in sessions_in(dumps["portal"]))


def test_the_vault_keeps_the_family_encrypted(dumps: dict[str, str], canary: Canary) -> None:
    assert "COPY public.vault_people_person" in dumps["vault"]
    assert canary.found_in(dumps["vault"]) == []


def test_no_database_holds_a_number_as_a_plain_hash_that_could_be_tried_out(
    dumps: dict[str, str], canary: Canary
) -> None:
    plain = [
        hashed(number.encode()).hexdigest() for number in canary.numbers for hashed in (hashlib.sha256, hashlib.md5)
    ]
    assert not [word for dump in dumps.values() for word in plain if word in dump]


def test_no_key_stands_in_a_database_or_in_the_folder_of_its_server(
    platform: LivePlatform, dumps: dict[str, str]
) -> None:
    kept = json.loads((platform.folders.keys / "vault" / "fields.json").read_text())
    keys = [key for field in kept["fields"].values() for key in field["keys"].values()] + list(kept["blind"].values())
    forms_of_keys = [form for key in keys for form in (key, base64.b64decode(key).hex())]
    texts = [*dumps.values(), *(file.read_text() for file in platform.folders.var.rglob("postgresql*.conf"))]
    assert len(keys) > 20
    assert not [key for key in forms_of_keys for text in texts if key in text]


def test_every_key_can_be_rotated_while_the_platform_runs(platform: LivePlatform, canary: Canary) -> None:
    begun = platform.command("admin", "rotate-keys", "--all")
    assert begun.returncode == 0, begun.stderr
    fields = begun.stdout.count("begun")

    def all_done() -> bool:
        shown = platform.command("admin", "rotate-keys", "--progress").stdout
        return shown.count(" done ") == fields

    wait_until(all_done, within_s=180, what="the end of all rotations")
    retired = platform.command("admin", "rotate-keys", "--retire", "--all")
    assert retired.returncode == 0, retired.stderr
    assert retired.stdout.count("1 keys removed") == fields


def test_the_list_of_people_touched_is_made_at_once(
    platform: LivePlatform, canary: Canary, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("breach") / "touched.csv"
    since = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    done = platform.command("admin", "people-touched", "--since", since, "--with-contacts", str(file))
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert any(row["phone"][-10:] in canary.numbers for row in rows)


def test_no_log_names_the_family(platform: LivePlatform, canary: Canary) -> None:
    logs = {file.name: file.read_text(errors="replace") for file in platform.folders.logs.iterdir() if file.is_file()}
    assert {"portal.log", "vault.log", "treasury.log", "vault-worker.log", "postgres.log"} <= set(logs)
    assert '"request_id"' in logs["vault.log"]
    assert {name: found for name, text in logs.items() if (found := canary.found_in(text))} == {}
    assert canary.found_in(platform.text) == []


def test_the_transparency_log_names_nobody(platform: LivePlatform, canary: Canary) -> None:
    files = [file for file in (platform.folders.var / "log").rglob("*") if file.is_file()]
    assert any("tile" in file.parts for file in files)
    assert {file: found for file in files if (found := canary.found_in(readable(file)))} == {}


def readable(file: Path) -> str:
    """A file's bytes as text: UTF-8 where it is, hex of all of it after that."""
    content = file.read_bytes()
    return content.decode(errors="replace") + "\n" + content.hex()
