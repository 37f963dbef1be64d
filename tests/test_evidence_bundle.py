"""A bundle is whole, sealed and read-only, or it is not there."""

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence import drafts
from evidence.drafts import Draft, recover
from evidence.errors import EvidenceError
from evidence.layout import is_path, listing_folder, moment_name
from evidence.manifest import Entry, Manifest, ManifestError, from_bytes, to_bytes
from evidence.verify import verify_bundle
from tests.crawling import ROOT
from tests.evidencing import AT, FILES, sealed


def test_a_bundle_lies_under_marketplace_item_and_moment(tmp_path):
    bundle = sealed(tmp_path)
    assert bundle.place == "taobao/700000000001/20261103T093012.123456Z"
    assert bundle.folder == tmp_path / bundle.place


def test_the_manifest_says_path_bytes_hash_time_and_tool_of_each_file(tmp_path):
    bundle = sealed(tmp_path)
    plain = json.loads((bundle.folder / "manifest.json").read_bytes())
    assert {each["path"] for each in plain["files"]} == set(FILES)
    assert all({"bytes", "sha256", "captured_at", "tool", "derived_from"} <= set(each) for each in plain["files"])


def test_sha256sum_finds_it_whole(tmp_path):
    bundle = sealed(tmp_path)
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", "manifest.sha256"], cwd=bundle.folder, capture_output=True, check=False
    )
    assert done.returncode == 0


def test_a_sealed_file_is_read_only(tmp_path):
    bundle = sealed(tmp_path)
    files = [each for each in bundle.folder.rglob("*") if each.is_file()]
    assert {each.stat().st_mode & 0o777 for each in files} == {0o400}
    assert (bundle.folder / "images").stat().st_mode & 0o222 == 0


def test_what_is_missing_makes_it_incomplete(tmp_path):
    assert sealed(tmp_path).manifest.complete
    assert not sealed(tmp_path, item_id="2", missing=["title"]).manifest.complete


def test_two_bundles_of_one_moment_have_two_names(tmp_path):
    assert [sealed(tmp_path).folder.name for _ in "ab"] == [moment_name(AT), moment_name(AT) + "-2"]


def test_a_derived_file_says_from_what(tmp_path):
    with Draft(tmp_path, PurePosixPath("taobao/1"), AT, "test 1") as draft:
        raw = draft.add("screenshot_fold.png", b"raw")
        made = draft.add("screenshot_fold_stamped.png", b"made", made_from=["screenshot_fold.png"])
        draft.seal({})
    assert [(each.path, each.sha256) for each in made.derived_from] == [(raw.path, raw.sha256)]


def test_what_fails_leaves_nothing(tmp_path):
    with pytest.raises(RuntimeError), Draft(tmp_path, PurePosixPath("taobao/1"), AT, "test 1") as draft:
        draft.add("page.html", b"x")
        raise RuntimeError
    assert list((tmp_path / "taobao/1").iterdir()) == []


def test_a_full_disk_is_one_sentence_and_leaves_nothing(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(drafts, "write_whole", full)
    with pytest.raises(EvidenceError, match="the disk is full"):
        sealed(tmp_path)
    assert list(tmp_path.glob("*/*/*")) == []


def test_a_draft_that_somebody_makes_is_left_alone(tmp_path):
    with Draft(tmp_path, PurePosixPath("taobao/1"), AT, "test 1") as draft:
        assert recover(tmp_path) == ([], [])
        assert draft.folder.exists()


DYING = """
import sys
import time
from pathlib import Path
from evidence import drafts

from tests.evidencing import sealed
after, root = int(sys.argv[1]), Path(sys.argv[2])
whole = drafts.write_whole
def write(target, data, written=[]):
    whole(target, data)
    written.append(target)
    if len(written) == after:
        print("here", flush=True)
        time.sleep(60)
drafts.write_whole = write
sealed(root)
"""


@pytest.mark.parametrize(("after", "finished"), [(1, 0), (4, 0), (5, 0), (6, 1)])
def test_after_a_kill_a_draft_that_was_whole_is_finished_and_others_are_gone(tmp_path, after, finished):
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    dying = [sys.executable, "-c", DYING, str(after), str(tmp_path)]
    with subprocess.Popen(dying, env=env, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    done, gone = recover(tmp_path)
    assert (len(done), len(gone)) == (finished, 1 - finished)
    assert all(verify_bundle(each).problems == [] for each in done)
    assert len(list(tmp_path.glob("*/*/*"))) == finished


@given(st.text(max_size=70))
def test_no_item_id_leads_out_of_the_folder(item_id):
    folder = listing_folder("taobao", item_id)
    assert len(folder.parts) == 2
    assert is_path(str(folder))


@pytest.mark.parametrize("path", ["../x", "/x", "a/../b", "a//b", ".x", "a\\b", "", "a/b/c/d", "x" * 300, "a:b"])
def test_no_file_of_a_bundle_is_called_so(path):
    assert not is_path(path)


@given(st.binary(max_size=300))
def test_what_is_no_manifest_is_refused_and_nothing_else(data):
    with pytest.raises(ManifestError):
        from_bytes(data)


ENTRY = Entry("page.html", 1, "0" * 64, "2026-11-03T00:00:00+00:00", "test 1")


def test_a_manifest_is_read_as_it_was_written():
    manifest = Manifest(
        kind="capture", captured_at="2026", tool="t", about={"a": 1}, missing=("title",), files=(ENTRY,)
    )
    assert from_bytes(to_bytes(manifest)) == manifest


@pytest.mark.parametrize(
    "changed",
    [{"path": "../x"}, {"path": "manifest.json"}, {"sha256": "x"}, {"bytes": -1}, {"bytes": True}, {"odd": 1}],
)
def test_a_manifest_with_an_odd_entry_is_refused(changed):
    plain = json.loads(to_bytes(Manifest(kind="capture", captured_at="", tool="", files=(ENTRY,))))
    plain["files"][0] |= changed
    with pytest.raises(ManifestError):
        from_bytes(json.dumps(plain).encode())
