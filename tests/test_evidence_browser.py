"""Listings captured in a real Chromium on the stand-in, good pages and pages that would like it to fail."""

import asyncio
import io
import json
import zipfile

import pytest
import pytest_asyncio
from PIL import Image
from warcio.archiveiterator import ArchiveIterator

from crawler.cli.sorting import spiders_by_group
from crawler.config import load_config
from crawler.marketplaces import SITES, canonical_url
from evidence.capture import SCREEN, browser, capture, room_of
from evidence.errors import EvidenceError, NotEvidenceError
from evidence.looking import Patience
from evidence.seen import Target
from evidence.verify import verify_bundle
from sandbox.catalogue import read_catalogue
from sandbox.server import Sandbox
from tests.crawling import command, count_in, registered
from tests.sandbox_shop import HOSTILE, line, write

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

IDS = {
    "taobao": "700000000001",
    "tmall": "700000000002",
    "1688": "612345678901",
    "alibaba": "1600123456789",
    "aliexpress": "1005001234567",
}
FILES = {
    *("page.html", "page.wacz", "screenshot_full.png", "screenshot_fold.png", "ocr.json", "headers.json"),
    *("dns_tls.json", "environment.json", "actions.log", "parsed.json", "images/01.png", "images/01.json"),
    *("screenshot_fold_stamped.png", "screenshot_full_stamped.jpg", "seller.html", "seller.png"),
}
ITEM = "700000000010"
SECRET = "s3cret0f4l0gin7hat1sL0ng"


def goods():
    several = {"images": ["pictures/red.png", "pictures/blue.png"], "description_images": ["pictures/green.png"]}
    return [
        *(
            line(n, marketplace=m, item_id=i, title=f"VELQUORA 跑鞋 {m}", **several)
            for n, (m, i) in enumerate(IDS.items())
        ),
        line(10, title="VELQUORA 高仿 跑鞋"),
        line(11, title=f"VELQUORA ../../etc/passwd \\ C: {HOSTILE}"),
        line(12, title="VELQUORA", state="removed"),
    ]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    with Sandbox(read_catalogue(write(tmp_path_factory.mktemp("shop"), goods()))) as box:
        yield box


@pytest.fixture(scope="module")
def config(town, tmp_path_factory):
    return load_config(data=tmp_path_factory.mktemp("data"), transport=f"sandbox:{town.port}")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def context(config):
    """One browser for all tests of this module."""
    async with browser(config, "taobao") as context:
        yield context


@pytest_asyncio.fixture(loop_scope="module")
async def box(town, context):
    """The stand-in without a wall, and a browser that nothing is put before."""
    town.wall = None
    yield town
    town.wall = None
    await context.unroute_all()


@pytest.fixture
def room(config, tmp_path):
    made = room_of(config, "taobao", "me")
    object.__setattr__(made, "root", tmp_path)
    return made


def target(marketplace="taobao", item_id=ITEM, **more):
    spider = spiders_by_group()[SITES[marketplace].access_group]
    return Target(
        marketplace=marketplace,
        item_id=item_id,
        url=canonical_url(marketplace, item_id),
        api=spider.detail_api,
        readers=tuple(spider.readers),
        saved_readers=tuple(spider.saved_readers),
        **more,
    )


QUICK = Patience(40, seller=False)


@pytest_asyncio.fixture(loop_scope="module")
async def hostile(box, context):
    """Makes browsers in which every page has something more in it than the stand-in's own: HTML, and a script."""
    made = []

    async def hostile(extra="", script=""):
        fresh = await context.browser.new_context(ignore_https_errors=True, **SCREEN)
        made.append(fresh)
        add = f"document.body.insertAdjacentHTML('beforeend', {json.dumps(extra)}); {script}"
        await fresh.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ {add} }})")
        return fresh

    yield hostile
    for each in made:
        await each.close()


def log_of(bundle):
    return (bundle.folder / "actions.log").read_text(encoding="utf-8")


def plain(bundle, name):
    return json.loads((bundle.folder / name).read_bytes())


@pytest.mark.parametrize("marketplace", IDS)
async def test_a_bundle_of_each_marketplace_has_every_file_and_lacks_nothing(box, context, room, marketplace):
    bundle = await capture(context, target(marketplace, IDS[marketplace]), room, Patience(40))
    assert bundle.manifest.missing == ()
    assert {each.path for each in bundle.manifest.files} >= FILES
    assert verify_bundle(bundle.folder).problems == []
    assert plain(bundle, "parsed.json")["title"] == f"VELQUORA 跑鞋 {marketplace}"


async def test_what_is_derived_says_from_what_and_the_raw_is_kept(box, context, room):
    bundle = await capture(context, target(), room, QUICK)
    made = {each.path: [source.path for source in each.derived_from] for each in bundle.manifest.files}
    assert made["screenshot_fold_stamped.png"] == ["screenshot_fold.png"]
    assert made["screenshot_full_stamped.jpg"] == ["screenshot_full.png"]
    assert made["screenshot_full.png"] == []


async def test_the_certificate_is_told_as_the_browser_reports_it(box, context, room):
    bundle = await capture(context, target(), room, QUICK)
    tls = plain(bundle, "dns_tls.json")["as_the_browser_reports"]["item.taobao.com"]["tls"]
    assert {"issuer", "subjectName", "validFrom", "validTo"} <= set(tls)


async def test_what_is_not_known_stays_unknown(box, context, room):
    bundle = await capture(context, target(), room, QUICK)
    found = plain(bundle, "environment.json")
    assert (found["clock_offset_seconds"], found["egress_address"], found["login"]["alive"]) == (None, None, None)
    assert found["browser"]["product"].startswith(("Chrome", "HeadlessChrome"))
    assert found["transport"] == "sandbox"


async def test_no_credential_is_in_any_file(hostile, room):
    context = await hostile(f'<a href="https://item.taobao.com/x?token={SECRET}">{SECRET}</a>')
    await context.add_cookies([{"name": "cookie2", "value": SECRET, "domain": ".taobao.com", "path": "/"}])
    bundle = await capture(context, target(), room, QUICK)
    assert bundle.manifest.complete
    for file in filter(lambda each: each.is_file(), bundle.folder.rglob("*")):
        data = file.read_bytes()
        if file.suffix == ".wacz":
            with zipfile.ZipFile(file) as inside:
                records = ArchiveIterator(io.BytesIO(inside.read("archive/data.warc.gz")))
                data = b"".join(
                    str(each.rec_headers).encode() + str(each.http_headers).encode() + each.content_stream().read()
                    for each in records
                )
        assert SECRET.encode() not in data, file.name


async def test_the_archive_is_read_back_by_import_and_gives_the_same_listing(box, context, room, tmp_path):
    bundle = await capture(context, target(), room, QUICK)
    registered(tmp_path)
    wacz = bundle.folder / "page.wacz"
    done = await asyncio.to_thread(command, "import", wacz, "--brand", "velquora", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    row = count_in(tmp_path, "select title, price_min, shop_name from listing")
    said = plain(bundle, "parsed.json")
    assert row == (said["title"], said["price_min"], said["shop_name"])


@pytest.mark.parametrize(("wall", "outcome"), [("captcha", "blocked"), ("login", "login_required")])
async def test_a_wall_is_no_evidence(box, context, room, wall, outcome):
    box.wall = wall
    with pytest.raises(NotEvidenceError) as refused:
        await capture(context, target(), room, QUICK)
    assert refused.value.outcome == outcome
    assert list(room.root.glob("*/*/*")) == []


async def test_a_blank_page_is_no_evidence(box, context, room, monkeypatch):
    monkeypatch.setattr("evidence.looking.ANSWER_SECONDS", 3.0)
    await context.route("https://item.taobao.com/**", lambda route: route.fulfill(body="", content_type="text/html"))
    with pytest.raises(NotEvidenceError, match="this page is no evidence"):
        await capture(context, target(), room, QUICK)


async def test_an_article_that_is_gone_is_evidence_of_its_removal_and_of_nothing_else(box, context, room):
    with pytest.raises(NotEvidenceError):
        await capture(context, target(item_id="700000000012"), room, QUICK)
    bundle = await capture(context, target(item_id="700000000012", moment="removal"), room, QUICK)
    assert (bundle.manifest.missing, bundle.manifest.about["state"]) == ((), "gone")


HIDDEN = "<style>h1 { display: none }</style>"
NO_PICTURE = "<style>.gallery { display: none }</style>"
WANDERS = "setInterval(() => { location.hash = Math.random() }, 40)"


@pytest.mark.parametrize(
    ("extra", "script", "lacks"),
    [(HIDDEN, "", "title"), (NO_PICTURE, "", "main picture"), ("", WANDERS, "address")],
    ids=["title", "picture", "address"],
)
async def test_a_page_that_does_not_show_what_was_parsed_is_incomplete(hostile, room, extra, script, lacks):
    bundle = await capture(await hostile(extra, script), target(), room, QUICK)
    assert [each.partition(":")[0] for each in bundle.manifest.missing] == [lacks]


async def test_a_page_cannot_answer_for_itself_what_stands_in_it(hostile, room):
    liar = "Object.defineProperty(document, 'images', {get: () => []})"
    bundle = await capture(await hostile(HIDDEN, liar), target(), room, QUICK)
    assert [each.partition(":")[0] for each in bundle.manifest.missing] == ["title"]


TRICKS = """
  alert("buy now"); window.open("https://item.taobao.com/popup");
  const link = document.createElement("a");
  link.href = "data:application/octet-stream,x"; link.download = "virus.exe";
  document.body.append(link); link.click();
"""


async def test_dialogs_downloads_and_windows_are_refused_and_told(hostile, room):
    bundle = await capture(await hostile("", TRICKS), target(), room, QUICK)
    assert bundle.manifest.complete
    assert "a dialog (alert) was dismissed: buy now" in log_of(bundle)
    assert "a download was refused: virus.exe" in log_of(bundle)


async def test_a_page_of_50_000_pixels_is_photographed_in_parts(hostile, room):
    tall = '<div style="height: 49000px; background: linear-gradient(red, blue)"></div>'
    bundle = await capture(await hostile(tall), target(), room, QUICK)
    screens = [each.path for each in bundle.manifest.files if each.path.startswith("screenshot_full")]
    assert len([each for each in screens if each.endswith(".png")]) == 5
    assert bundle.manifest.complete


async def test_a_picture_that_never_comes_does_not_hold_it_up(hostile, room):
    context = await hostile('<img src="https://img.alicdn.com/never.png">')
    await context.route("https://img.alicdn.com/never.png", lambda _: None)
    bundle = await capture(context, target(), room, QUICK)
    assert bundle.manifest.complete
    assert "did not come" in log_of(bundle)


async def test_a_script_that_never_ends_is_one_sentence_and_the_next_page_opens(hostile, context, room):
    with pytest.raises(EvidenceError, match="not done in 8 s"):
        await capture(
            await hostile("", "setTimeout(() => { for (;;); }, 700)"), target(), room, Patience(8, seller=False)
        )
    assert (await capture(context, target(item_id="700000000001"), room, QUICK)).manifest.complete


async def test_a_picture_of_200_megapixels_is_kept_and_not_decoded(box, context, room):
    huge = io.BytesIO()
    Image.new("1", (20_000, 10_000)).save(huge, "PNG")
    await context.route(
        "https://img.alicdn.com/**", lambda route: route.fulfill(body=huge.getvalue(), content_type="image/png")
    )
    bundle = await capture(context, target(), room, QUICK)
    assert plain(bundle, "images/01.json")["not_decoded"] == "too many pixels"


async def test_a_title_with_path_characters_is_a_title(box, context, room):
    bundle = await capture(context, target(item_id="700000000011"), room, QUICK)
    assert bundle.manifest.complete
    assert bundle.folder.parent == room.root / "taobao" / "700000000011"


async def test_two_captures_of_one_listing_at_once_are_two_bundles(box, context, room):
    both = await asyncio.gather(*(capture(context, target(), room, QUICK) for _ in "ab"))
    assert len({each.folder for each in both}) == 2
    assert all(verify_bundle(each.folder).problems == [] for each in both)
