"""One seam, three transports; the live one has none of the stand-in's switches."""

import json

import pytest
from scrapy.settings import Settings

from crawler.archives import ArchiveError, stored_answers, stored_files
from crawler.config import load_config
from crawler.transports import Transports
from crawler.transports.browser import find_chromium


def settings_of(transport, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    fake = tmp_path / "chromium"
    fake.write_text("#!/bin/sh\n")
    fake.chmod(0o755)
    monkeypatch.setenv("BAZAARWATCH_BROWSER__EXECUTABLE", str(fake))
    settings = Settings({"BAZAARWATCH_CONFIG": load_config(), "BAZAARWATCH_TRANSPORT": transport})
    settings.set("BAZAARWATCH_ACCESS_GROUP", "taobao")
    Transports().update_settings(settings)
    return settings


def written(settings):
    return json.dumps({name: str(settings[name]) for name in settings})


@pytest.mark.parametrize("profile", [False, True])
def test_live_has_neither_switch_of_the_sandbox(tmp_path, monkeypatch, profile):
    if profile:
        (tmp_path / "bazaarwatch-data" / "profiles" / "taobao").mkdir(parents=True)
    settings = written(settings_of("live", tmp_path, monkeypatch))
    assert "host-resolver-rules" not in settings
    assert "ignore_https_errors" not in settings
    assert "Sandbox" not in settings
    assert ("user_data_dir" in settings) is profile


def test_the_sandbox_maps_every_host_to_its_port(tmp_path, monkeypatch):
    settings = settings_of("sandbox:8443", tmp_path, monkeypatch)
    assert "--host-resolver-rules=MAP * 127.0.0.1:8443" in settings["PLAYWRIGHT_LAUNCH_OPTIONS"]["args"]
    assert settings["PLAYWRIGHT_CONTEXTS"]["taobao"] == {"ignore_https_errors": True}


@pytest.mark.parametrize("transport", ["live", "sandbox:8443"])
def test_the_browser_keeps_its_own_identity(tmp_path, monkeypatch, transport):
    settings = settings_of(transport, tmp_path, monkeypatch)
    assert settings["PLAYWRIGHT_PROCESS_REQUEST_HEADERS"] is None
    assert "user-agent" not in written(settings).lower().replace("user_agent", "")


def test_an_archive_opens_no_socket(tmp_path, monkeypatch):
    handlers = settings_of("archive:pages", tmp_path, monkeypatch).getdict("DOWNLOAD_HANDLERS")
    assert set(handlers.values()) == {"crawler.transports.archive.ArchiveDownloadHandler"}


def test_the_files_of_an_archive_come_in_the_order_of_their_names(tmp_path):
    for name in ("b.html", "a/z.json", ".hidden", "a/c.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert [file.name for file in stored_files(tmp_path)] == ["c.html", "z.json", "b.html"]
    assert [each.answer.text for each in stored_answers(tmp_path / "b.html")] == ["b.html"]


def test_an_archive_that_is_not_there_or_empty_is_one_line(tmp_path):
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(ArchiveError, match=r"no such file or folder|no files in this folder"):
            stored_files(path)


def test_no_chromium_at_all_is_one_line_that_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    with pytest.raises(Exception, match=r"^no Chromium found: install one"):
        find_chromium(load_config().browser)
