"""Runs a program and writes its seconds, processor seconds and peak memory as JSON into a file. Small on purpose: the
peak of a process that starts another counts as the other's. `watch.py FILE PROGRAM ARGUMENTS…`
"""

import json
import os
import sys
import time

KIB = 1024


def main() -> int:
    """Exit code of the program."""
    began = time.perf_counter()
    pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
    _pid, status, used = os.wait4(pid, 0)
    seconds = time.perf_counter() - began
    cpu_s, peak_mib = used.ru_utime + used.ru_stime, used.ru_maxrss / KIB
    with open(sys.argv[1], "w") as file:  # noqa: PTH123 - pathlib would make this program larger
        json.dump({"seconds": seconds, "cpu_s": cpu_s, "peak_mib": peak_mib}, file)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
