"""The shipped demo catalogue is what it claims to be: counted from the files themselves, not from the script."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import opencc
import pytest
from PIL import Image

from sandbox.catalogue import read_catalogue
from sandbox.goods import album, disguises, writing
from sandbox.goods.clients import BY_KEY, MARKS
from sandbox.goods.copies import ATTACKS
from sandbox.goods.drafts import dice
from sandbox.goods.planted import marked
from sandbox.goods.sprites import dressed
from sandbox.goods.studio import ARTICLES, COLOURS
from sandbox.goods.words import PAIRED_SLANG, STRONG_SLANG

DEMO = Path(__file__).parents[1] / "sandbox" / "demo"
SHARED = Path(__file__).parents[1].parent / "shared"
HARD = {"authorised", "resale", "compatible", "second-hand", "ordinary", "substring", "similar", "service", "deposit"}
TO_SIMPLE = opencc.OpenCC("t2s")


@cache
def goods() -> list[dict]:
    return [json.loads(line) for line in (DEMO / "catalogue.jsonl").read_text(encoding="utf-8").splitlines()]


@cache
def rights() -> dict[str, dict[str, str]]:
    with (DEMO / "rights.csv").open(encoding="utf-8", newline="") as file:
        return {row["right_id"]: row for row in csv.DictReader(file)}


def planted() -> list[dict]:
    return [item for item in goods() if item["truth"]["label"] == "counterfeit"]


def innocent() -> list[dict]:
    return [item for item in goods() if item["truth"]["label"] != "counterfeit"]


def kind(item: dict) -> str:
    return item["truth"]["why"].split()[0]


def by_picture_only() -> list[dict]:
    return [item for item in planted() if kind(item).startswith("photo:")]


def folded(text: str) -> str:
    simple = TO_SIMPLE.convert(unicodedata.normalize("NFKC", text).lower())
    return "".join(c for c in simple if unicodedata.category(c) != "Cf")


def found(query: str, item: dict) -> bool:
    """The search of the sandbox, as DESIGN section 8 has it."""
    if item.get("state") == "removed":
        return False
    words = folded(query).split()
    texts = [folded(text) for text in (item["title"], *item.get("keywords", ()))]
    in_texts = all(any(word in text for text in texts) for word in words)
    return in_texts or folded(query) in folded(item["shop_name"])


def cell(row: dict[str, str], column: str) -> list[str]:
    return [part for part in row[column].split("|") if part]


@cache
def names() -> tuple[str, ...]:
    return tuple(n for r in rights().values() for c in ("mark", "names", "aliases") for n in cell(r, c))


def queries(row: dict[str, str]) -> list[str]:
    """What a crawl asks for a right: its names and aliases, and goods words where the mark has no words of its own."""
    return [w for c in ("mark", "names", "aliases") for w in cell(row, c)] + ([] if row["mark"] else cell(row, "goods"))


def seen_by_a_crawl(item: dict) -> bool:
    return any(found(query, item) for row in rights().values() for query in queries(row))


# The catalogue as a whole


def test_there_are_between_440_and_480_listings():
    assert 440 <= len(goods()) <= 480


def test_between_150_and_170_are_planted():
    assert 150 <= len(planted()) <= 170


def test_at_least_half_are_innocent():
    assert len(innocent()) >= len(goods()) / 2


def test_at_least_a_third_of_the_innocent_are_hard():
    assert sum(kind(item) in HARD for item in innocent()) >= len(innocent()) / 3


@pytest.mark.parametrize("group", sorted(HARD - {"service", "deposit"}))
def test_no_group_of_hard_innocents_is_a_token(group):
    assert sum(kind(item) == group for item in innocent()) >= 12


def test_item_ids_occur_once_over_taobao_and_tmall():
    assert max(Counter(item["item_id"] for item in goods()).values()) == 1


def test_no_two_titles_are_alike():
    assert max(Counter(item["title"] for item in goods()).values()) == 1


def test_ids_of_goods_and_sellers_are_invented():
    assert all(i.startswith("99") and len(i) == 13 for item in goods() for i in (item["item_id"], item["seller_id"]))


def test_at_most_15_per_cent_stand_on_tmall():
    places = Counter(item["marketplace"] for item in goods())
    assert set(places) == {"taobao", "tmall"}
    assert 0 < places["tmall"] <= 0.15 * len(goods())


def test_a_seller_has_one_shop_name_and_one_marketplace():
    shops = {(item["seller_id"], item["shop_name"], item["marketplace"]) for item in goods()}
    assert len({seller for seller, _, _ in shops}) == len(shops)


def test_copies_and_innocent_goods_share_shops():
    sellers = {item["seller_id"] for item in planted()} & {item["seller_id"] for item in innocent()}
    assert len(sellers) >= 20


def test_all_of_it_is_smaller_than_8_mb():
    assert sum(file.stat().st_size for file in DEMO.rglob("*") if file.is_file()) < 8_000_000


def test_some_stand_in_paid_places_some_are_sold_out_some_are_gone():
    states = Counter(item.get("state", "on_sale") for item in goods())
    assert set(states) == {"on_sale", "sold_out", "removed"}
    assert sum(item.get("is_ad", False) for item in goods()) >= 5


def test_no_copy_is_gone_before_it_can_be_found():
    assert all(item.get("state") != "removed" for item in planted())


@pytest.mark.parametrize("sign", ["<script>", "\u202e", "\n", "=", '"', "-"])
def test_hostile_titles_are_among_the_goods(sign):
    found_inside = sign in {"<script>", "\u202e", "\n", '"'}
    assert any(sign in item["title"] if found_inside else item["title"].startswith(sign) for item in goods())


def test_hostile_titles_are_among_the_planted():
    assert any("<img" in item["title"] for item in planted())
    assert any(item["title"].startswith("=") for item in planted())


def test_the_sandbox_reads_the_catalogue_without_a_word():
    catalogue = read_catalogue(DEMO / "catalogue.jsonl")
    assert len(catalogue.goods) == len(goods())
    assert catalogue.warnings == ()


# The truth


def test_every_truth_is_complete():
    labels = {"counterfeit", "genuine", "compatible", "second_hand", "other"}
    for item in goods():
        assert set(item["truth"]) == {"label", "mark", "why"}
        assert item["truth"]["label"] in labels
        assert len(item["truth"]["why"].split()) > 2


def test_every_mark_of_the_truth_is_registered():
    assert {item["truth"]["mark"] for item in goods()} - {None} == set(rights())


def test_every_planted_listing_names_its_mark():
    assert all(item["truth"]["mark"] for item in planted())


def test_every_mark_is_copied():
    copied = Counter(item["truth"]["mark"] for item in planted())
    assert min(copied[right] for right in rights()) >= 12


def test_the_truth_stands_in_no_file_name():
    stems = {Path(path).stem for item in goods() for path in item["images"]}
    assert all(len(stem) == 12 and int(stem, 16) >= 0 for stem in stems)


def test_a_price_gives_no_copy_away():
    near = [
        i
        for i in planted()
        if float(i["price"]) >= 0.6 * float(cell(rights()[i["truth"]["mark"]], "reference_price")[0])
    ]
    assert len(near) >= len(planted()) / 4


def test_innocent_goods_are_cheap_too():
    named = [item for item in innocent() if item["truth"]["mark"]]
    cheap = [
        i for i in named if float(i["price"]) < 0.5 * float(cell(rights()[i["truth"]["mark"]], "reference_price")[0])
    ]
    assert len(cheap) >= 40


# The planted


def test_at_least_14_classes_of_disguise():
    assert len({kind(item) for item in planted() if kind(item).startswith("disguise:")}) >= 14


def test_no_class_of_disguise_has_more_than_a_tenth_of_the_planted():
    classes = Counter(kind(item) for item in planted() if kind(item).startswith("disguise:"))
    assert max(classes.values()) <= len(planted()) / 10


def test_no_disguised_title_shows_the_name_as_it_is_registered():
    for item in planted():
        if kind(item).startswith("disguise:"):
            shown = item["title"].lower()
            assert not any(word.lower() in shown for word in queries(rights()[item["truth"]["mark"]]))


def test_a_disguised_title_holds_the_surface_that_the_truth_names():
    for item in planted():
        if " written as " in item["truth"]["why"]:
            surface = item["truth"]["why"].split(" written as ")[1].split("; the shop")[0]
            assert surface in item["title"]


def test_slang_stands_beside_a_plain_name():
    for item in planted():
        if kind(item) == "slang":
            assert any(folded(name) in folded(item["title"]) for name in names())


def test_the_class_price_is_under_half_of_the_reference_and_names_the_mark():
    for item in planted():
        if kind(item) == "price":
            row = rights()[item["truth"]["mark"]]
            assert float(item["price"]) < 0.5 * float(cell(row, "reference_price")[0])
            assert any(folded(name) in folded(item["title"]) for name in queries(row))


def test_at_least_12_per_cent_of_the_planted_are_known_by_picture_only():
    assert len(by_picture_only()) >= 0.12 * len(planted())


def test_picture_only_listings_say_no_name_and_no_slang():
    slang = [*STRONG_SLANG, *(term for pair in PAIRED_SLANG for term in pair)]
    forbidden = [folded(word) for word in (*names(), *slang)]
    for item in by_picture_only():
        said = folded(
            " ".join([item["title"], item.get("brand", ""), item["shop_name"], *item.get("attributes", {}).values()])
        )
        assert not [word for word in forbidden if word in said]


def test_each_picture_only_listing_has_a_file_of_its_own():
    mains = [item["images"][0] for item in by_picture_only()]
    shown = Counter(path for item in goods() for path in set(item["images"]))
    assert all(shown[path] == 1 for path in mains)


def test_copied_photos_name_a_photo_of_the_client_of_their_mark():
    for item in planted():
        if kind(item) == "photo:copy":
            path = item["truth"]["why"].split()[2].rstrip(",")
            assert (DEMO / path).is_file()
            assert Path(path).parent.as_posix() == rights()[item["truth"]["mark"]]["photos"]


def test_every_attack_on_photos_is_used():
    said = " ".join(item["truth"]["why"] for item in planted())
    assert not [attack for attack in ATTACKS if attack not in said]


def test_goods_that_bear_a_mark_bear_a_figurative_one():
    bearers = {item["truth"]["mark"] for item in planted() if kind(item) == "photo:mark"}
    assert all(rights()[right]["kind"] in {"figurative", "combined"} for right in bearers)
    assert any(rights()[right]["kind"] == "figurative" for right in bearers)


def test_a_mark_on_goods_takes_10_to_40_per_cent_of_the_width():
    for draft in marked():
        shot = draft.images[0].shot
        article = ARTICLES[shot.article][shot.version % len(ARTICLES[shot.article])]
        spot = article(dressed(COLOURS[shot.body]), np.random.default_rng(1)).spot
        assert 0.1 <= spot.width * shot.scale * shot.poses[0].size <= 0.4


# What a crawl can see


def test_every_planted_listing_is_found_by_searching_its_own_mark():
    missed = [
        i["truth"]["why"] for i in planted() if not any(found(q, i) for q in queries(rights()[i["truth"]["mark"]]))
    ]
    assert missed == []


def test_nine_in_ten_hard_innocents_are_found_by_searching_the_marks():
    hard = [item for item in innocent() if kind(item) in HARD]
    assert sum(map(seen_by_a_crawl, hard)) >= 0.9 * len(hard)


def test_three_quarters_of_all_listings_are_seen_by_a_crawl():
    assert sum(map(seen_by_a_crawl, goods())) >= 0.75 * len(goods())


def test_some_copies_are_found_by_the_name_of_their_shop_alone():
    titles = [{**item, "shop_name": ""} for item in planted()]
    assert sum(not seen_by_a_crawl(item) for item in titles) >= 3


# The innocent


def test_authorised_goods_come_from_authorised_sellers_and_no_other_goods_do():
    authorised = {seller for row in rights().values() for seller in cell(row, "authorised_sellers")}
    for item in goods():
        assert (f"{item['marketplace']}:{item['seller_id']}" in authorised) == (kind(item) == "authorised")


def test_resale_is_never_cheap():
    for item in goods():
        if kind(item) == "resale":
            assert float(item["price"]) >= 0.55 * float(cell(rights()[item["truth"]["mark"]], "reference_price")[0])


def test_similar_names_stand_in_the_brand_attribute_and_are_not_the_marks():
    for item in goods():
        if kind(item) == "similar" and "brand" in item:
            assert item["brand"].split("/")[0] in item["title"]
            assert not [name for name in names() if folded(name) in folded(item["brand"])]


def test_substrings_hold_a_mark_inside_another_word():
    held = [i for i in goods() if kind(i) == "substring"]
    assert all(any(folded(name) in folded(item["title"]) for name in names()) for item in held)


def test_goods_that_concern_nobody_name_nobody():
    for item in goods():
        if kind(item) in {"unrelated", "own-brand"}:
            assert not [name for name in names() if folded(name) in folded(item["title"] + item.get("brand", ""))]


# The rights


def test_three_clients_have_six_marks_of_all_kinds():
    assert len({row["client"] for row in rights().values()}) == 3
    assert len(rights()) == 6
    assert {row["kind"] for row in rights().values()} == {"word", "figurative", "combined"}


def test_the_rights_file_has_all_columns():
    wanted = "client right_id type kind mark names aliases number jurisdiction registrant nice_classes goods filed_on"
    wanted += " registered_on expires_on status images photos reference_price currency distribution authorised_sellers"
    assert list(next(iter(rights().values()))) == [*wanted.split(), "negative_photos"]


def test_numbers_of_rights_are_invented():
    assert all(row["number"].startswith("99") for row in rights().values())


def test_every_client_has_four_to_eight_photos():
    photos = Counter({row["client"]: 0 for row in rights().values()})
    for row in rights().values():
        photos[row["client"]] += len(list((DEMO / row["photos"]).iterdir()))
    assert all(4 <= count <= 8 for count in photos.values())


def test_every_path_of_the_rights_file_is_there():
    paths = [
        path for row in rights().values() for c in ("images", "photos", "negative_photos") for path in cell(row, c)
    ]
    assert not [path for path in paths if not (DEMO / path).exists()]


def test_the_wordless_mark_has_an_image_and_an_alias():
    (row,) = [row for row in rights().values() if row["kind"] == "figurative"]
    assert row["mark"] == row["names"] == ""
    assert row["images"]
    assert row["aliases"]


# The pictures


def test_every_picture_is_there_and_opens():
    for path in sorted({p for item in goods() for p in (*item["images"], *item.get("description_images", ()))}):
        with Image.open(DEMO / path) as image:
            image.load()
            assert 200 <= min(image.size) <= max(image.size) <= 640


def test_no_picture_lies_there_unused():
    shown = {path for item in goods() for path in item["images"]}
    assert {f"pictures/{file.name}" for file in (DEMO / "pictures").iterdir()} == shown


def test_no_picture_is_flat():
    for file in DEMO.glob("pictures/*.jpg"):
        with Image.open(file) as image:
            assert np.asarray(image.convert("L")).std() > 8


# The script


def test_the_script_writes_the_same_catalogue_again():
    assert writing.catalogue_text() == (DEMO / "catalogue.jsonl").read_text(encoding="utf-8")


def test_the_script_writes_the_same_rights_again():
    assert writing.rights_text() == (DEMO / "rights.csv").read_text(encoding="utf-8")


def test_a_picture_drawn_again_is_the_same():
    path, shot = next(iter(album.PHOTOS.items()))
    again = np.asarray(album.drawn_shot(shot), np.int16)
    with Image.open(DEMO / path) as image:
        assert np.abs(np.asarray(image, np.int16) - again).mean() < 4  # what JPEG loses


@pytest.mark.parametrize("name", sorted(disguises.DISGUISES))
def test_a_disguise_changes_the_name_and_leaves_something(name):
    disguise, keys = disguises.DISGUISES[name]
    for key in keys:
        mark = BY_KEY[key]
        for n in range(30):
            surface = disguise(mark, dice(name, n))
            assert surface.strip()
            assert not [word for word in mark.names if word.lower() in surface.lower()]


def test_every_line_of_goods_has_a_price_and_pictures():
    for mark in MARKS:
        for line, price in mark.lines.items():
            assert price > 0
            assert album.stock()["own", mark.key, line]


# No real brand


@pytest.mark.skipif(not (SHARED / "bench/titles/marks.tsv").exists(), reason="the shared benchmark is not here")
def test_no_known_brand_stands_in_a_title_brand_or_shop():
    with (SHARED / "bench/titles/marks.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    known = {
        n.lower() for r in rows for c in ("word_mark", "names") for n in cell(r, c) if len(n) > 2 or not n.isascii()
    }
    for item in goods():
        said = f" {folded(item['title'])} {folded(item.get('brand', ''))} {folded(item['shop_name'])} "
        assert not [n for n in known if (f" {n} " in said if n.isascii() else n in said)]
