"""Evidence on the stand-in: how long and large a capture is, how fast it is checked, what a kill or a flip does.

python -m bench.evidence [--captures 200]
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from statistics import median

import psutil

from bench.report import Figure, arguments, report
from crawler.cli.shared import DEMO_CATALOGUE
from crawler.cli.sorting import spiders_by_group
from crawler.config import Config, load_config
from crawler.marketplaces import canonical_url
from evidence.authorities import Authority, answered
from evidence.capture import browser, capture, room_of
from evidence.drafts import Draft, Sealed, recover
from evidence.looking import Patience, look
from evidence.seen import Seen, Target
from evidence.stamps import chain_of, hashes
from evidence.verify import verify, verify_bundle
from evidence.writing import Room, write
from sandbox.catalogue import Goods, read_catalogue
from sandbox.server import Sandbox

SECONDS, MEGABYTES, SPEED = 6.0, 5.0, 200.0
KILLS, FLIPS, BUNDLES = 50, 1_000, 1_000
LARGE = 256 * 2**20  # bytes of the bundle that is checked for speed
GROWN = 1.25  # memory at the end over memory once warm
WARM = 10  # captures


def target(goods: Goods) -> Target:
    """A listing of the shipped catalogue."""
    spider = spiders_by_group()["taobao"]
    return Target(
        marketplace=goods.marketplace,
        item_id=goods.item_id,
        url=canonical_url(goods.marketplace, goods.item_id),
        api=spider.detail_api,
        readers=tuple(spider.readers),
        saved_readers=tuple(spider.saved_readers),
    )


def memory() -> int:
    """Bytes of this process and all that it started, shared pages counted once."""
    own = psutil.Process()
    total = 0
    for each in [own, *own.children(recursive=True)]:
        with suppress(psutil.Error):
            total += each.memory_full_info().pss
    return total


def size(folder: Path) -> int:
    """Bytes of a bundle."""
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


async def captures(config: Config, goods: list[Goods], count: int) -> list[Figure]:
    """One listing after another in one browser, as the command does it."""
    room, took, sizes, used, lacking = room_of(config, "taobao", "bench"), [], [], [], 0
    async with browser(config, "taobao") as context:
        for number in range(count):
            started = time.monotonic()
            sealed = await capture(context, target(goods[number % len(goods)]), room, Patience(60))
            took.append(time.monotonic() - started)
            sizes.append(size(sealed.folder))
            lacking += bool(sealed.manifest.missing)
            if number >= WARM and number % 5 == 0:
                used.append(memory())
    grown = median(used[-3:]) / median(used[:3]) if len(used) >= 6 else 1.0
    said = f"median {median(took):.1f} s, longest {max(took):.1f} s"
    weight = median(sizes) / 1e6
    return [
        Figure(f"capture, {count} listings, seller's page too", f"<= {SECONDS:.0f} s", said, max(took) <= SECONDS),
        Figure("bundle, median", f"<= {MEGABYTES:.0f} MB", f"{weight:.2f} MB", weight <= MEGABYTES),
        Figure(
            f"memory over {count} captures", f"<= {GROWN} times", f"{grown:.2f} times, {used[-1] / 2**20:.0f} MiB"
            if used else "not measured", grown <= GROWN
        ),
        Figure("incomplete captures", "0", str(lacking), lacking == 0),
    ]  # fmt: skip


def speed(folder: Path) -> Figure:
    """A large bundle, by the time that one core worked on it."""
    with Draft(folder, PurePosixPath("taobao/1"), datetime.now(UTC), "bench") as draft:
        for number in range(8):
            draft.add(f"images/{number:02d}.jpg", os.urandom(LARGE // 8))
        sealed = draft.seal({})
    started = time.process_time()
    checked = verify_bundle(sealed.folder)
    rate = checked.bytes / (time.process_time() - started) / 1e6
    return Figure("verify, of one core", f">= {SPEED:.0f} MB/s", f"{rate:.0f} MB/s", rate >= SPEED)


def many(folder: Path) -> Figure:
    """A thousand bundles in one go."""
    for number in range(BUNDLES):
        with Draft(folder, PurePosixPath(f"taobao/{number}"), datetime.now(UTC), "bench") as draft:
            for name in ("page.html", "page.wacz", "screenshot_full.png"):
                draft.add(name, os.urandom(20_000))
            draft.seal({})
    started = time.monotonic()
    found = verify(folder)
    whole = sum(not each.problems for each in found)
    said = f"{whole} whole in {time.monotonic() - started:.1f} s"
    return Figure(f"verify, {BUNDLES} bundles at once", f"{BUNDLES} whole", said, whole == BUNDLES)


def kills(seen: Seen, room: Room, folder: Path) -> Figure:
    """kill -9 at random moments of writing and sealing; looking writes nothing."""
    luck, wrong, halves, finished = random.Random(5), 0, 0, 0
    for number in range(KILLS):
        root = folder / str(number)
        child = os.fork()
        if child == 0:
            try:
                while True:
                    write(replace(seen, at=datetime.now(UTC)), replace(room, root=root))
            finally:
                os._exit(1)
        time.sleep(luck.uniform(0.05, 3.0))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        done, gone = recover(root) if root.exists() else ([], [])
        halves, finished = halves + len(gone), finished + len(done)
        left = list(root.glob("*/*/.*")) if root.exists() else []
        wrong += len(left) + sum(bool(verify_bundle(each).problems) for each in root.glob("*/*/[!.]*"))
    said = f"{wrong} wrong; {halves} halves removed, {finished} finished"
    return Figure(f"kill -9 at {KILLS} random moments", "0 sealed and wrong", said, wrong == 0)


def flips(sealed: Sealed, authority: Authority) -> Figure:
    """One byte changed at random places of a bundle with a timestamp, each place found."""
    message = (sealed.folder / "manifest.json").read_bytes()
    roots = authority.chain.read_bytes()
    token = answered(authority, message, roots, 10)
    chain = chain_of(token, roots)
    (sealed.folder / "tsa").mkdir()
    for end, data in (("chain.pem", chain), ("tsr", token), ("tsr.sha256", hashes("local", token, chain))):
        (sealed.folder / "tsa" / f"local.{end}").write_bytes(data)
    assert not verify_bundle(sealed.folder).problems
    luck, found = random.Random(6), 0
    files = [each for each in sealed.folder.rglob("*") if each.is_file()]
    for number in range(FLIPS):
        # Half of them anywhere, half of them in any file: small ones would hardly be met.
        file = luck.choices(files, [each.stat().st_size for each in files])[0] if number % 2 else luck.choice(files)
        file.chmod(0o600)
        with file.open("r+b") as target:
            at = luck.randrange(file.stat().st_size)
            target.seek(at)
            good = target.read(1)
            target.seek(at)
            target.write(bytes([good[0] ^ luck.randrange(1, 256)]))
            target.flush()
            found += bool(verify_bundle(sealed.folder).problems)
            target.seek(at)
            target.write(good)
    return Figure(f"one byte flipped, {FLIPS} times", f"{FLIPS} found", f"{found} found", found == FLIPS)


async def seen_once(config: Config, goods: Goods) -> Seen:
    """One look, for what is written again and again."""
    async with browser(config, "taobao") as context:
        return await look(context, target(goods), Patience(60))


def figures(count: int) -> Iterator[Figure]:
    """All of them."""
    from tests.evidencing import authority  # noqa: PLC0415 # a local authority, made by openssl
    from tests.test_evidence_stamps import served  # noqa: PLC0415

    catalogue = read_catalogue(DEMO_CATALOGUE)
    goods = [each for each in catalogue.goods if each.state == "on_sale"]
    with tempfile.TemporaryDirectory() as name, Sandbox(catalogue) as box:
        folder = Path(name)
        config = load_config(data=folder / "data", transport=f"sandbox:{box.port}")
        seen = asyncio.run(seen_once(config, goods[0]))
        room = room_of(config, "taobao", "bench")
        yield kills(seen, room, folder / "kills")  # first: what is forked must not have read text yet
        yield speed(folder / "large")
        shutil.rmtree(folder / "large")
        yield many(folder / "many")
        made = authority(folder / "authority")
        with served(made) as url:
            yield flips(write(seen, room), Authority("local", url, made / "root.pem"))
        yield from asyncio.run(captures(config, goods, count))


def main() -> None:
    """Measure and report."""
    parser = arguments(__doc__)
    parser.add_argument("--captures", type=int, default=200, help="listings that are captured")
    asked = parser.parse_args()
    report(list(figures(asked.captures)), asked.json)


if __name__ == "__main__":
    main()
