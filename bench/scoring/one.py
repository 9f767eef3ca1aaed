"""One household: explained in process, and asked for over HTTP with a signature."""

import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import load
import pyarrow.parquet as pq
from rows import Row, ms

from demeu.contracts.scoring import ASSESS, AssessRequest
from demeu.kernel import signing
from demeu.kernel.testing import wait_until
from demeu.roles.launch.live import clean_environment
from demeu.scoring.assess import assess
from scoring import programs
from scoring.countries import ON, Countries

AREA = "scoring: one household"
HOUSEHOLDS = 2000
SAMPLE = 500
CALLS = 600
OPENFISCA_TIMES = 20
START_S_MAX = 60.0


def requests(facts: Path) -> list[AssessRequest]:
    """The first complete households of a country."""
    homes = next(pq.ParquetFile(facts / "households.parquet").iter_batches(SAMPLE)).to_pylist()
    wanted = [home["household_id"] for home in homes]
    people = defaultdict(list)
    for row in pq.read_table(facts / "persons.parquet", filters=[("household_id", "in", wanted)]).to_pylist():
        people[row["household_id"]].append(row)
    asked = ({"household": home, "persons": people[home["household_id"]], "on": ON} for home in homes)
    return [AssessRequest.model_validate(one) for one in asked]


def figures(countries: Countries) -> list[Row]:
    """In process beside OpenFisca, over HTTP beside a trivial page of the same server."""
    facts = countries.facts(HOUSEHOLDS, complete=True)
    sample = requests(facts)
    ours_s = explained_s(sample)
    theirs_s = float(programs.openfisca(facts, countries.out(), explain=OPENFISCA_TIMES).told["explained_s"])
    rows = [
        ms(AREA, "OpenFisca, explained by its trace", theirs_s),
        ms(AREA, "ours, explained in process", ours_s, "OpenFisca", theirs_s),
        Row(AREA, "ours, explained in process", 1 / ours_s, "households/s", "OpenFisca", theirs_s / ours_s),
    ]
    return [*rows, *over_http(sample)]


def explained_s(sample: Sequence[AssessRequest]) -> float:
    """Mean seconds of one household, reasons in one language included."""
    for request in sample[:20]:
        assess(request, on=ON)
    taken = []
    for request in sample:
        began = time.perf_counter()
        assess(request, on=ON)
        taken.append(time.perf_counter() - began)
    return statistics.mean(taken)


def over_http(sample: Sequence[AssessRequest]) -> list[Row]:
    """`score.assess` signed by vault, one call at a time on a kept connection."""
    bodies = [request.model_dump_json().encode() for request in sample]
    with service() as (address, keys), httpx.Client(base_url=address, trust_env=False) as client:
        vault = signing.load_keys(keys / "vault", "vault")
        turn = iter(range(CALLS * 2))

        def ask() -> None:
            body = bodies[next(turn) % len(bodies)]
            token = signing.sign_call(
                vault, audience="scoring", operation=ASSESS.name, actor="role:bench", purpose="bench", body=body
            )
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            client.post(f"/api/{ASSESS.name}", content=body, headers=headers).raise_for_status()

        least = load.seconds_each(lambda: client.get("/healthz").raise_for_status(), at_most_s=10, times_max=CALLS)
        taken = load.seconds_each(ask, at_most_s=30, times_max=CALLS)
    rows = []
    for name, share in (("p50", 0.50), ("p99", 0.99)):
        trivial_s, asked_s = (sorted(times)[min(len(times) - 1, round(len(times) * share))] for times in (least, taken))
        rows.append(ms(AREA, f"/healthz, {name}", trivial_s))
        rows.append(ms(AREA, f"{ASSESS.name} signed, {name}", asked_s, f"/healthz, {name}", trivial_s))
    return rows


@contextmanager
def service() -> Iterator[tuple[str, Path]]:
    """The scoring role alone, and the keys of those who ask it."""
    with tempfile.TemporaryDirectory(prefix="demeu-bench-scoring-") as folder, socket.socket() as probe:
        keys = Path(folder) / "keys"
        signing.make_keys(keys, ("scoring", "vault"))
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        settings = {"DJANGO_SETTINGS_MODULE": "demeu.roles.settings.scoring", "DEMEU_KEYS": str(keys / "scoring")}
        process = subprocess.Popen(
            [sys.executable, "-m", "demeu.roles.launch.serve", str(port)],
            env=clean_environment(**settings, DEMEU_VAR=folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until(lambda: _answers(address, process), within_s=START_S_MAX, what="scoring to answer")
            yield address, keys
        finally:
            process.terminate()
            process.wait(20)


def _answers(address: str, process: "subprocess.Popen[bytes]") -> bool:
    if process.poll() is not None:
        raise RuntimeError("the scoring role ended instead of serving")
    try:
        return httpx.get(f"{address}/healthz", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False
