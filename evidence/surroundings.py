"""Where and by what evidence was captured. What is not known is null, never a guess."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Mapping
from typing import Any

from crawler import __version__
from evidence.document import HEIGHT, WIDTH
from evidence.errors import EvidenceError

FONT_SECONDS = 20
NO_FONT = (
    "no Chinese font on this machine, so pages would show empty boxes and nothing is sealed "
    "(Debian: apt-get install fontconfig fonts-noto-cjk)"
)


def chinese_fonts() -> list[str]:
    """Families that can show Chinese. Raises EvidenceError: there is none."""
    try:
        asked = ["fc-list", ":lang=zh", "family"]
        done = subprocess.run(asked, capture_output=True, timeout=FONT_SECONDS, check=False, text=True)
    except (OSError, subprocess.TimeoutExpired):
        raise EvidenceError(NO_FONT) from None
    families = sorted({line.partition(",")[0].strip() for line in done.stdout.splitlines() if line.strip()})
    if not families:
        raise EvidenceError(NO_FONT)
    return families


def environment(browser: Mapping[str, str], transport: str, *, profile: bool, fonts: list[str]) -> dict[str, Any]:
    """The record of the machine. profile : whether the operator's own login was used; whether it was alive is not known

    clock, egress, resolver and the start page are not measured yet, and stay null.
    """
    return {
        "host": platform.node() or None,
        "system": platform.platform(),
        "tool": f"bazaarwatch {__version__}",
        "python": platform.python_version(),
        "browser": dict(browser),
        "first_screen": {"width": WIDTH, "height": HEIGHT},
        "transport": transport,
        "login": {"own_profile": profile, "alive": None},
        "clock_offset_seconds": None,
        "egress_address": None,
        "resolver": None,
        "start_page_clean": None,
        "chinese_fonts": fonts,
    }
