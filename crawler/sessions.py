"""The operator's own login, as it is kept: a browser profile an access group, and the cookies that end with a browser.

Chromium forgets session cookies when it closes, and the sites' logins are just those; so they lie beside the profile
and are given back to it. Both are credentials: readable by their owner alone, never logged, never recorded.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from crawler.config import Config

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
Cookie = Mapping[str, Any]  # as Playwright's `add_cookies` takes it


def profile_folder(config: Config, group: str) -> Path:
    """Where the browser profile of an access group lies; the stand-in has its own, and never sees a real login."""
    return (
        config.data.resolve() / ("profiles-sandbox" if config.transport.startswith("sandbox") else "profiles") / group
    )


def cookies_file(config: Config, group: str) -> Path:
    """Where its session cookies lie."""
    return profile_folder(config, group).with_suffix(".cookies.json")


def session_cookies(config: Config, group: str) -> tuple[Cookie, ...]:
    """The cookies to give back to the profile; none where nobody logged in, or where the file is damaged."""
    with suppress(OSError, ValueError):
        kept = json.loads(cookies_file(config, group).read_text("utf-8"))
        return tuple(each for each in kept if isinstance(each, dict)) if isinstance(kept, list) else ()
    return ()


def keep_cookies(config: Config, group: str, cookies: Iterable[Cookie]) -> None:
    """Write down those that end with the browser. Raises OSError."""
    file = cookies_file(config, group)
    make_private(file.parent)
    part = file.with_suffix(".part")
    part.touch(PRIVATE_FILE)
    part.write_text(json.dumps([dict(each) for each in cookies if each.get("expires", -1) == -1]), "utf-8")
    part.replace(file)


def make_private(folder: Path) -> None:
    """A folder, and all that is in it, for its owner alone. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    folder.chmod(PRIVATE_FOLDER)
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):  # the browser's own, which comes and goes
            if not path.is_symlink():
                path.chmod(PRIVATE_FOLDER if path.is_dir() else PRIVATE_FILE)


def is_in_use(profile: Path) -> bool:
    """Whether another browser has the profile open: Chromium's lock names the process (`host-pid`)."""
    try:
        holder = str((profile / "SingletonLock").readlink()).rpartition("-")[2]
    except OSError:
        return False
    try:
        os.kill(int(holder), 0)
    except PermissionError:
        return True
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    return True
