"""Who shows this photo? All pictures that crawls have kept are asked, without a crawl."""

from pathlib import Path

import pytest

from crawler.config import load_config
from store.blobs import Blobs
from store.models import Listing, ListingPhoto, Photo
from tests.drawing import ATTACKS, encoded, photo
from tests.flagging import AT, flag, sighting

pytest_plugins = ["tests.commanding"]


def shows(store, listing, *images):
    """Let a listing show pictures."""
    blobs = Blobs(load_config().data / "blobs")
    with store.writing() as session:
        for position, image in enumerate(images, 1):
            data = encoded(image, "JPEG")
            row = Photo(sha256=blobs.put(data), bytes=len(data), width=1, height=1, format="jpeg", first_seen=AT)
            session.add(row)
            session.flush()
            session.add(ListingPhoto(listing_pk=listing, photo_pk=row.id, url="x", key=row.sha256, position=position))


@pytest.fixture
def seen(run, store):
    flag(store, sighting(1), sighting(2))
    shows(store, 1, photo(50), ATTACKS["in a collage"](photo(3)))
    shows(store, 2, photo(51))
    Path("own.jpg").write_bytes(encoded(photo(3), "JPEG"))
    return run


def test_the_listings_that_show_a_photo_are_told_with_why(seen, store):
    code, out, _ = seen("match", "photo", "own.jpg")
    with store.reading() as session:
        item = session.get(Listing, 1).item_id
    header, line = out.splitlines()
    assert (code, header.split("\t")[0]) == (0, "photo")
    assert line.split("\t")[:2] == ["own.jpg", "photo_copy"]
    assert item in line and "made from the client's own photo" in line


def test_pictures_of_a_later_crawl_are_asked_too(seen, store):
    seen("match", "photo", "own.jpg")
    shows(store, 2, ATTACKS["smaller"](photo(3)))
    assert len(seen("match", "photo", "own.jpg")[1].splitlines()) == 3


def test_a_photo_that_nobody_shows_is_said_so(seen):
    Path("other.jpg").write_bytes(encoded(photo(77), "JPEG"))
    assert seen("match", "photo", "other.jpg") == (0, "no picture that was seen shows it\n", "")


def test_a_store_without_pictures_shows_nothing(run, store):
    Path("own.jpg").write_bytes(encoded(photo(3), "JPEG"))
    assert run("match", "photo", "own.jpg")[0] == 0


@pytest.mark.parametrize(("name", "data", "said"), [("gone.jpg", None, "o such file"), ("a.jpg", b"text", "a.jpg: ")])
def test_what_is_no_picture_is_one_line(seen, name, data, said):
    if data is not None:
        Path(name).write_bytes(data)
    code, out, error = seen("match", "photo", name)
    assert (code, out) == (2, "")
    assert said in error and "\n" not in error
