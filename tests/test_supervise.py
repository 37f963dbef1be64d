"""A crawl that hangs is ended with all its children; its last words are passed on."""

import sys
import time
from pathlib import Path

import pytest

from crawler import supervise


@pytest.fixture
def as_crawl(monkeypatch, tmp_path):
    """Runs Python text in place of a crawl."""

    def run(text, **options):
        script = tmp_path / "crawl.py"
        script.write_text(text)
        monkeypatch.setattr(supervise, "COMMAND", (sys.executable, str(script)))
        return supervise.run_crawl(["pid"], **options)

    return run


def alive(pid):
    """Whether a process runs; one that nobody has buried yet (a zombie) does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_the_exit_code_and_the_lines_are_passed_on(as_crawl, capsys):
    assert as_crawl("import sys; print('page 1: 48 listings', file=sys.stderr); sys.exit(6)") == 6
    assert capsys.readouterr().err == "page 1: 48 listings\n"


@pytest.mark.skipif(sys.platform != "linux", reason="process groups as Linux has them")
def test_a_silent_crawl_is_killed_with_its_children(as_crawl, tmp_path, capsys):
    child = "import os, subprocess, sys, time\np = subprocess.Popen(['sleep', '600'])\n"
    child += f"open({str(tmp_path / 'pid')!r}, 'w').write(str(p.pid))\ntime.sleep(600)"
    started = time.monotonic()
    assert as_crawl(child, silence=2) == 1
    assert time.monotonic() - started < 20
    assert "said nothing for 2 s" in capsys.readouterr().err
    time.sleep(0.2)
    assert not alive(int((tmp_path / "pid").read_text()))
