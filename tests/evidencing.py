"""Bundles for tests: small, sealed, of invented goods."""

import shutil
import subprocess
from datetime import UTC, datetime

import pytest

from evidence.drafts import Draft
from evidence.layout import listing_folder

AT = datetime(2026, 11, 3, 9, 30, 12, 123456, UTC)
FILES = {
    "page.html": b"<html>VELQUORA</html>",
    "screenshot_full.png": b"\x89PNG" + bytes(range(256)) * 9,
    "images/01.jpg": b"\xff\xd8\xff" + b"x" * 3_000,
    "images/01.json": b'{"url": "https://img.alicdn.com/x.jpg"}\n',
}


def sealed(root, item_id="700000000001", at=AT, files=None, missing=()):
    """A sealed bundle below `root`."""
    with Draft(root, listing_folder("taobao", item_id), at, "test 1") as draft:
        for path, data in (files or FILES).items():
            draft.add(path, data)
        return draft.seal({"marketplace": "taobao", "id_space": "taobao", "item_id": item_id}, missing)


def openssl(*args, cwd):
    """Run openssl; what it said. Without it the test is skipped: the product itself needs none."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    done = subprocess.run(["openssl", *map(str, args)], cwd=cwd, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


AUTHORITY = """
[tsa]
default_tsa = local
[local]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.5
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def authority(folder, name="Invented Timestamps", usage="critical,timeStamping"):
    """A local authority in a new folder: root, signer, configuration for `openssl ts`."""
    folder.mkdir(parents=True)
    (folder / "openssl.cnf").write_text(AUTHORITY)
    (folder / "serial").write_text("01\n")
    (folder / "signer.ext").write_text(f"extendedKeyUsage={usage}\nkeyUsage=critical,digitalSignature\n")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl(
        *("req", "-x509", *key, "-keyout", "root.key", "-out", "root.pem", "-days", "3650"),
        *("-subj", f"/CN={name} Root", "-addext", "basicConstraints=critical,CA:TRUE"),
        cwd=folder,
    )
    openssl("req", *key, "-keyout", "signer.key", "-out", "signer.csr", "-subj", f"/CN={name}", cwd=folder)
    openssl(
        *("x509", "-req", "-in", "signer.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial"),
        *("-out", "signer.pem", "-days", "3650", "-extfile", "signer.ext"),
        cwd=folder,
    )
    return folder


def answer(folder, request):
    """What the authority in that folder answers to a request (DER)."""
    (folder / "request.tsq").write_bytes(request)
    openssl(
        *("ts", "-reply", "-config", "openssl.cnf", "-section", "local", "-queryfile", "request.tsq"),
        *("-signer", "signer.pem", "-inkey", "signer.key", "-out", "answer.tsr"),
        cwd=folder,
    )
    return (folder / "answer.tsr").read_bytes()
