"""A bank of photos keeps what was measured in files, can be added to, and answers the same as one in memory."""

from pathlib import Path

import numpy as np
import pytest

from matchers.image import ImageMatcher
from matchers.image.bank import Bank, bank_of
from matchers.image.bankfiles import SMALL, bank_of_pictures, joined, opened
from matchers.image.codes import COMPARED, probes
from matchers.image.copies import copies
from matchers.image.decode import decode
from matchers.image.guesses import asked
from matchers.types import Picture, Portfolio, Signal
from tests.drawing import ATTACKS, photo, picture

SIDE = 1024
PICTURES = [picture(f"own-{seed}", photo(seed)) for seed in range(6)]


def bank(folder: Path, pictures: list[Picture]) -> Bank:
    return bank_of_pictures(folder, pictures, side=SIDE, left_out=pytest.fail)


def best(of: Bank, image: Picture) -> tuple[str, int]:
    found = copies(of, asked(decode(image.data, side=SIDE)))
    return list(of.keys())[found[0].photo], round(found[0].probability)


def test_what_was_measured_is_there_when_it_is_opened_again(tmp_path):
    bank(tmp_path, PICTURES)
    assert list(opened(tmp_path).keys()) == [one.key for one in PICTURES]
    copied = picture("x", ATTACKS["smaller"](photo(4)))
    assert best(opened(tmp_path), copied) == ("own-4", 1)


def test_photos_are_added_without_those_before_being_measured_again(tmp_path, monkeypatch):
    bank(tmp_path, PICTURES[:3])
    measured = []
    monkeypatch.setattr(
        "matchers.image.bankfiles.decode", lambda data, side: measured.append(1) or decode(data, side=side)
    )
    assert len(bank(tmp_path, PICTURES)) == 6
    assert len(measured) == 3


def test_many_small_segments_become_one_that_answers_alike(tmp_path):
    for number in range(SMALL + 2):
        bank_of_pictures(tmp_path, [picture(f"k{number}", photo(number))], side=SIDE, left_out=pytest.fail)
    assert len(list(tmp_path.glob("*.segment"))) <= SMALL
    assert sorted(opened(tmp_path).keys()) == sorted(f"k{number}" for number in range(SMALL + 2))
    for number in (0, 9, SMALL + 1):
        assert best(opened(tmp_path), picture("x", ATTACKS["smaller"](photo(number)))) == (f"k{number}", 1)


def test_few_segments_are_left_as_they_are(tmp_path):
    bank(tmp_path, PICTURES)
    assert joined(tmp_path) is None


@pytest.mark.parametrize("column", ["keys.json", "codes.faiss", "owned.npy", "sheets.npy"])
@pytest.mark.parametrize("damage", [b"", b"garbage", None])
def test_a_torn_segment_is_left_out_and_measured_anew(tmp_path, column, damage):
    bank(tmp_path, PICTURES[:2])
    torn = next(tmp_path.glob("*.segment")) / column
    torn.unlink() if damage is None else torn.write_bytes(damage)
    assert len(opened(tmp_path)) == 0
    assert len(bank(tmp_path, PICTURES[:2])) == 2


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert len(bank(tmp_path / "file", PICTURES[:2])) == 2


def test_a_picture_that_cannot_be_decoded_is_told_and_left_out(tmp_path):
    told: list[object] = []
    found = bank_of_pictures(None, [Picture(key="x", data=b"none"), PICTURES[0]], side=SIDE, left_out=told.append)
    assert len(found) == 1 and len(told) == 1


def test_photos_that_the_client_gave_up_are_asked_no_more(tmp_path):
    bank(tmp_path, PICTURES)
    matcher = ImageMatcher(Portfolio(client="x", marks=(), photos={"R": tuple(PICTURES[:2])}), folder=tmp_path)
    assert matcher.match([picture("y", ATTACKS["smaller"](photo(4)))]) == [[]]
    assert [one.signal for one in matcher.match([picture("z", ATTACKS["smaller"](photo(1)))])[0]] == [Signal.PHOTO_COPY]


def test_a_large_bank_has_fewer_words_probed():
    assert probes(100_000, 1500) > probes(30_000_000, 1500) == 1
    assert probes(10_000_000, 1500) * 1500 * 10_000_000 / 4096 <= COMPARED


def test_an_empty_bank_has_no_copies():
    assert copies(Bank(), asked(np.zeros((80, 80, 3), np.uint8))) == []
    assert copies(bank_of([("plain", np.zeros((80, 80, 3), np.uint8))]), asked(decode(PICTURES[0].data))) == []
