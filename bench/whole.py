"""Figures of the whole platform: start, memory, the story, pages."""

import json
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import httpx
import load
from rows import Row, ms

from demeu.roles.launch.live import READY_LINE, LivePlatform, clean_environment

ROOT = Path(__file__).resolve().parent.parent
COLD_S_MAX = 600
TRIVIAL = {"/healthz": "a page of four words", "/how/": "a page of text without a query"}


def starts(live: LivePlatform) -> list[Row]:
    """The first start with an empty folder and, after a stop, the second; leaves the platform running."""
    began = time.monotonic()
    live.start()
    first_s = time.monotonic() - began
    live.stop()
    began = time.monotonic()
    live.start()
    warm_s = time.monotonic() - began
    return [
        Row("start", "first, with empty databases", first_s, "s"),
        Row("start", "warm, data of the first", warm_s, "s", "first", warm_s / first_s),
    ]


def cold_start() -> list[Row]:
    """`make up` in a fresh clone until it says that it is ready; packages come from the registries or their caches."""
    with tempfile.TemporaryDirectory(prefix="demeu-cold-") as folder:
        git, make = (shutil.which(program) or program for program in ("git", "make"))
        subprocess.run([git, "clone", "--quiet", str(ROOT), folder], check=True)
        began = time.monotonic()
        process = subprocess.Popen(
            [make, "up"], cwd=folder, env=clean_environment(), stdout=subprocess.PIPE, text=True, bufsize=1
        )
        assert process.stdout is not None
        ready = any(line.startswith(READY_LINE) for line in process.stdout)
        taken_s = time.monotonic() - began
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        subprocess.run([make, "reset"], cwd=folder, env=clean_environment(), capture_output=True, check=False)
    if not ready or taken_s > COLD_S_MAX:
        raise RuntimeError(f"`make up` in a fresh clone was not ready after {taken_s:.0f} s")
    return [Row("start", "cold, `make up` in a fresh clone", taken_s, "s")]


def memory(live: LivePlatform) -> list[Row]:
    """Proportional memory of the launcher and all its descendants, shared pages counted once."""
    names = {pid: name for name, pid in live.running.pids.items()}
    sizes = {pid: pss_mib(pid) for pid in descendants(live.running.pid)}
    total = sum(sizes.values())
    rows = [Row("memory", f"all {len(sizes)} processes (PSS)", total, "MiB")]
    grouped: dict[str, float] = {}
    for pid, size in sizes.items():
        owner = next((names[one] for one in ancestry(pid) if one in names), "launcher")
        grouped[owner] = grouped.get(owner, 0.0) + size
    for name, size in sorted(grouped.items(), key=lambda pair: -pair[1]):
        rows.append(Row("memory", name, size, "MiB", "all", size / total))
    return rows


def pss_mib(pid: int) -> float:
    """PSS of one process in MiB; 0 when it has just ended."""
    try:
        found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0.0
    return int(found.group(1)) / 1024 if found else 0.0


def parent_of(pid: int) -> int:
    """The parent's pid; 0 when there is none any more."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def ancestry(pid: int) -> list[int]:
    """A process and those above it."""
    line = [pid]
    while line[-1] > 1:
        line.append(parent_of(line[-1]))
    return line


def descendants(pid: int) -> list[int]:
    """A process and all below it."""
    running = [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]
    return [one for one in running if pid in ancestry(one)]


def story(live: LivePlatform) -> list[Row]:
    """Seconds of each step of the story."""
    done = live.command("story", "--json", within_s=COLD_S_MAX)
    steps = json.loads(done.stdout or "[]")
    total = sum(step["seconds"] for step in steps)
    rows = [Row("story", step["step"], step["seconds"], "s", "all", step["seconds"] / total) for step in steps]
    rows.append(Row("story", "all" if done.returncode == 0 else "ended early: false step", total, "s"))
    return rows


def pages(live: LivePlatform) -> list[Row]:
    """The catalogue and a case beside trivial pages of the same server."""
    site = live.running.url
    case = re.search(r'href="(/cases/2[^"/]*/)"', httpx.get(f"{site}/cases/", timeout=30).text)
    assert case is not None, "the catalogue shows no case"
    trivial = {path: load.page(site + path) for path in TRIVIAL}
    rows: list[Row] = []
    for path, name in TRIVIAL.items():
        rows += [ms("pages", f"{path} ({name}), p50", trivial[path].p50_s)]
        rows += [Row("pages", f"{path}, {load.CLIENTS} clients", trivial[path].per_s, "requests/s")]
    least = trivial["/healthz"]
    for name, path in (("catalogue", "/cases/"), ("case", case.group(1))):
        found = load.page(site + path)
        rows += [ms("pages", f"{name}, p50", found.p50_s, "/healthz", least.p50_s)]
        rows += [ms("pages", f"{name}, p95", found.p95_s, "/healthz", least.p95_s)]
        beside = found.per_s / least.per_s
        rows += [Row("pages", f"{name}, {load.CLIENTS} clients", found.per_s, "requests/s", "/healthz", beside)]
    return rows
