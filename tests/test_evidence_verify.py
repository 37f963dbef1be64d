"""Whatever is changed in a bundle is found, and named."""

import random
import shutil
import stat
import zipfile

import pytest
from rfc3161_client import TimestampRequestBuilder
from rfc3161_client.base import HashAlgorithm

from evidence.errors import EvidenceError
from evidence.stamps import StampError, certificates, chain_of, check, hashes
from evidence.verify import verify
from tests.evidencing import AT, answer, authority, sealed


@pytest.fixture
def bundle(tmp_path):
    """A sealed bundle of its own folder, every file of which may be written."""
    folder = sealed(tmp_path / "evidence").folder
    for each in [folder, *folder.rglob("*")]:
        each.chmod(0o700)
    return folder


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """An authority that is trusted, and one that is not."""
    folder = tmp_path_factory.mktemp("authorities")
    return authority(folder / "good"), authority(folder / "other", name="Somebody Else")


def request_of(message):
    return (
        TimestampRequestBuilder()
        .data(message)
        .hash_algorithm(HashAlgorithm.SHA256)
        .cert_request(cert_request=True)
        .build()
    )


def stamped(bundle, folder, name="local"):
    """Put a timestamp of the authority in `folder` into the bundle."""
    token = answer(folder, request_of((bundle / "manifest.json").read_bytes()).as_bytes())
    chain = chain_of(token, (folder / "root.pem").read_bytes())
    (bundle / "tsa").mkdir(exist_ok=True)
    (bundle / "tsa" / f"{name}.chain.pem").write_bytes(chain)
    (bundle / "tsa" / f"{name}.tsr").write_bytes(token)
    (bundle / "tsa" / f"{name}.tsr.sha256").write_bytes(hashes(name, token, chain))


def problems(path, **options):
    return [line for each in verify(path, **options) for line in each.problems]


def zipped(folder, path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
        for each in sorted(folder.rglob("*")):
            if each.is_file():
                box.write(each, str(each.relative_to(folder)))
    return path


def test_what_was_not_touched_is_whole(bundle):
    assert problems(bundle) == []


@pytest.mark.parametrize("name", ["page.html", "images/01.jpg", "manifest.json", "manifest.sha256"])
def test_a_changed_file_is_named(bundle, name):
    data = bytearray((bundle / name).read_bytes())
    data[len(data) // 2] ^= 1
    (bundle / name).write_bytes(data)
    assert any(line.startswith((f"{name}: ", "manifest.")) for line in problems(bundle))


def test_a_missing_file_and_one_that_is_not_listed_are_named(bundle):
    (bundle / "page.html").unlink()
    (bundle / "images" / "02.jpg").write_bytes(b"new")
    assert problems(bundle) == ["page.html: is missing", "images/02.jpg: is not in manifest.json"]


def test_every_flipped_byte_is_found(bundle, local):
    stamped(bundle, local[0])
    files = [each for each in bundle.rglob("*") if each.is_file()]
    luck = random.Random(7)
    for file in files:
        good = file.read_bytes()
        for at in luck.sample(range(len(good)), min(12, len(good))):
            file.write_bytes(good[:at] + bytes([good[at] ^ luck.randrange(1, 256)]) + good[at + 1 :])
            assert problems(bundle), (file.name, at)
        file.write_bytes(good)
    assert problems(bundle) == []


def test_a_link_is_no_file_of_a_bundle(bundle, tmp_path):
    (tmp_path / "elsewhere").write_bytes((bundle / "page.html").read_bytes())
    (bundle / "page.html").unlink()
    (bundle / "page.html").symlink_to(tmp_path / "elsewhere")
    assert "page.html: is a link" in problems(bundle)


def test_many_bundles_are_checked_at_once_and_strays_are_named(tmp_path):
    for number in range(20):
        sealed(tmp_path, item_id=str(number))
    (tmp_path / "taobao" / "note.txt").write_text("x")
    assert len(verify(tmp_path)) == 21
    assert problems(tmp_path) == ["taobao/note.txt: belongs to no manifest"]


def test_a_folder_without_evidence_is_told(tmp_path):
    with pytest.raises(EvidenceError, match="no evidence in it"):
        verify(tmp_path)


def test_a_zip_file_is_checked_as_its_folder_is(bundle, tmp_path):
    assert problems(zipped(bundle, tmp_path / "good.zip")) == []
    (bundle / "page.html").write_bytes(b"other")
    assert problems(zipped(bundle, tmp_path / "bad.zip")) == ["page.html: has 5 bytes, not 21"]


def member(name, mode=0):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


@pytest.mark.parametrize(
    ("info", "words"),
    [
        (member("../manifest.json"), "leads out"),
        (member("/manifest.json"), "leads out"),
        (member("a\\..\\manifest.json"), "leads out"),
        (member("manifest.json", stat.S_IFLNK | 0o777), "is a link"),
    ],
)
def test_a_zip_file_that_leads_elsewhere_is_refused(tmp_path, info, words):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as box:
        box.writestr(info, b"{}")
    with pytest.raises(EvidenceError, match=words):
        verify(tmp_path / "x.zip")


def test_a_zip_file_that_expands_without_end_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as box, box.open("manifest.json", "w") as file:
        for _ in range(300):
            file.write(bytes(2**20))
    with pytest.raises(EvidenceError, match="without end"):
        verify(tmp_path / "x.zip")


def test_a_zip_file_cut_anywhere_is_refused_or_wrong(bundle, tmp_path):
    whole = zipped(bundle, tmp_path / "x.zip").read_bytes()
    for end in range(0, len(whole), 101):
        (tmp_path / "x.zip").write_bytes(whole[:end])
        with pytest.raises(EvidenceError):
            verify(tmp_path / "x.zip")


def test_a_timestamp_says_when_and_by_whom(bundle, local):
    stamped(bundle, local[0])
    (found,) = verify(bundle)
    assert (found.problems, found.notes) == ([], [])
    (stamp,) = found.stamps
    assert (stamp.authority, stamp.signer) == ("local", "CN=Invented Timestamps")
    assert stamp.at > AT


def test_openssl_finds_the_timestamp_good_too(bundle, local):
    stamped(bundle, local[0])
    from tests.evidencing import openssl

    said = openssl(
        *("ts", "-verify", "-in", "tsa/local.tsr", "-data", "manifest.json", "-CAfile", "tsa/local.chain.pem"),
        cwd=bundle,
    )
    assert b"OK" in said


def test_a_timestamp_of_something_else_is_named(bundle, local):
    stamped(bundle, local[0])
    token = answer(local[0], request_of(b"something else").as_bytes())
    chain = (bundle / "tsa" / "local.chain.pem").read_bytes()
    (bundle / "tsa" / "local.tsr").write_bytes(token)
    (bundle / "tsa" / "local.tsr.sha256").write_bytes(hashes("local", token, chain))
    assert problems(bundle) == ["tsa/local.tsr: stamps something else"]


def test_a_timestamp_whose_root_the_reader_does_not_trust_is_named(bundle, local):
    stamped(bundle, local[0])
    assert problems(bundle, trusted=(local[0] / "root.pem").read_bytes()) == []
    (problem,) = problems(bundle, trusted=(local[1] / "root.pem").read_bytes())
    assert problem.startswith("tsa/local.tsr: does not hold")


def test_a_half_written_timestamp_is_a_note_and_no_fault(bundle, local):
    stamped(bundle, local[0])
    for name in ("local.tsr.sha256", "local.tsr"):
        (bundle / "tsa" / name).unlink()
        (found,) = verify(bundle)
        assert (found.problems, len(found.notes)) == ([], 1)


def test_a_certificate_that_is_not_for_timestamps_does_not_count(tmp_path):
    folder = authority(tmp_path / "odd", usage="critical,serverAuth")
    with pytest.raises(AssertionError):  # openssl itself refuses to sign with it
        answer(folder, request_of(b"x").as_bytes())


def test_what_is_no_answer_is_refused(local):
    roots = (local[0] / "root.pem").read_bytes()
    for token in (b"", b"<html>", bytes(300), answer(local[0], request_of(b"x").as_bytes())[:-40]):
        with pytest.raises(StampError):
            check("local", token, b"x", roots)
    assert len(certificates(roots)) == 1


def test_other_files_beside_timestamps_are_named(bundle):
    (bundle / "tsa").mkdir()
    (bundle / "tsa" / "evil.exe").write_bytes(b"x")
    assert problems(bundle) == ["tsa/evil.exe: has no business here"]
    shutil.rmtree(bundle / "tsa")
