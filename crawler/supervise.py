"""A crawl as a process of its own: the reactor cannot start twice, leaks end with it, and a hang can be killed."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

SILENCE_SECONDS = 600.0  # the longest pause of an honest crawl: a page's timeouts together, many times over
GRACE_SECONDS = 60.0  # after the first SIGINT the crawl ends what is under way and writes what it has
KILLED, INTERRUPTED = 1, 130
COMMAND = (sys.executable, "-m", "scrapy", "crawl")
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def run_crawl(arguments: Sequence[str], env: Mapping[str, str] | None = None, silence: float = SILENCE_SECONDS) -> int:
    """Run `scrapy crawl` with these arguments and pass its lines on; its exit code.

    Killed with all its children when it says nothing for `silence` seconds. Ctrl-C is passed on, once gently.
    """
    surroundings = {**os.environ, **(env or {}), "SCRAPY_SETTINGS_MODULE": "crawler.settings"}
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        env=surroundings,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
        preexec_fn=_end_with_parent,  # noqa: PLW1509 # one thread alone at this point, and one system call
    )
    heard = [time.monotonic()]
    reader = threading.Thread(target=_pass_on, args=(process, heard), daemon=True)
    reader.start()
    try:
        code = _wait(process, heard, silence)
    except KeyboardInterrupt:
        code = _interrupt(process)
    reader.join(5)
    return code


def _end_with_parent() -> None:
    """A crawl must not outlive whoever supervises it: two would walk on one site (Linux; elsewhere nothing happens)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _pass_on(process: subprocess.Popen[str], heard: list[float]) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        heard[0] = time.monotonic()
        sys.stderr.write(line)
        sys.stderr.flush()


def _wait(process: subprocess.Popen[str], heard: list[float], silence: float) -> int:
    while True:
        with suppress(subprocess.TimeoutExpired):
            return process.wait(1)
        if time.monotonic() - heard[0] > silence:
            _kill(process)
            sys.stderr.write(
                f"error: the crawl said nothing for {silence:.0f} s and was ended; what was read is kept\n"
            )
            return KILLED


def _interrupt(process: subprocess.Popen[str]) -> int:
    sys.stderr.write("interrupting: what is under way is finished; Ctrl-C again ends at once\n")
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGINT)
    try:
        process.wait(GRACE_SECONDS)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        _kill(process)
        sys.stderr.write("interrupted: ended at once; what was stored is kept\n")
    return INTERRUPTED  # whatever it made of that: it may not even have begun


def _kill(process: subprocess.Popen[str]) -> None:
    """The process and its children: the browser and its driver."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
