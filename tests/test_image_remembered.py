"""What was found in a picture is found in the next run without a look, and only as long as the question is the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.image import ImageMatcher
from matchers.image.remembered import NAME, Remembered, asked
from matchers.types import Finding, Mark, Portfolio, Reason, Signal
from tests.drawing import ATTACKS, photo, picture

PHOTOS = (picture("own-0", photo(0)), picture("own-1", photo(1)))
COPY = picture("copy", ATTACKS["smaller"](photo(1)))
SIDES = st.integers(0, 10_000)
TEXT = st.text(max_size=40)
FINDINGS = st.builds(
    Finding,
    signal=st.sampled_from(Signal),
    right=st.none() | TEXT,
    score=st.floats(0, 1),
    reason=st.builds(Reason, code=TEXT, surface=TEXT, en=TEXT, zh=TEXT),
    span=st.none() | st.tuples(SIDES, SIDES),
    box=st.none() | st.tuples(SIDES, SIDES, SIDES, SIDES),
    photo=st.none() | TEXT,
    matched=st.none() | TEXT,
)


def portfolio(*marks: Mark, photos=PHOTOS) -> Portfolio:
    return Portfolio(client="x", marks=marks, photos={"R": photos})


def matcher(folder, of=None) -> ImageMatcher:
    return ImageMatcher(of or portfolio(), words=False, folder=folder)


@given(found=st.lists(FINDINGS, max_size=4))
def test_findings_come_back_as_they_were(tmp_path_factory, found):
    kept = Remembered(tmp_path_factory.mktemp("kept"), "q")
    kept.put("picture", found)
    assert kept.get("picture") == found


def test_a_picture_that_was_seen_in_an_earlier_run_is_not_looked_at(tmp_path, monkeypatch):
    first = matcher(tmp_path).match([COPY])
    monkeypatch.setattr("matchers.image.matcher.look_at", pytest.fail)
    assert matcher(tmp_path).match([COPY]) == first
    assert [one.matched for one in first[0]] == ["own-1"]


@pytest.mark.parametrize("other", [portfolio(photos=PHOTOS[:1]), portfolio(Mark(right_id="R", names=("NORVANE",)))])
def test_another_question_is_asked_anew(tmp_path, other, monkeypatch):
    matcher(tmp_path).match([COPY])
    looks = []
    monkeypatch.setattr("matchers.image.matcher.look_at", looks.append)
    matcher(tmp_path, other).match([COPY])
    assert looks == [COPY]


def test_the_settings_are_part_of_the_question():
    assert asked(portfolio(), True, False) != asked(portfolio(), True, True)


@pytest.mark.parametrize("damage", [b"garbage" * 500, b""])
def test_a_torn_file_is_begun_again(tmp_path, damage):
    matcher(tmp_path).match([COPY])
    for file in tmp_path.glob(f"{NAME}*"):
        file.unlink()
    (tmp_path / NAME).write_bytes(damage)
    assert len(matcher(tmp_path).match([COPY])[0]) == 1
    assert Remembered(tmp_path, asked(portfolio(), False, True)).get("copy")


def test_a_place_that_cannot_be_written_is_done_without(tmp_path):
    (tmp_path / "file").write_text("in the way")
    kept = Remembered(tmp_path / "file", "q")
    kept.put("picture", [])
    assert kept.get("picture") is None


def test_two_keep_what_they_find_at_once(tmp_path):
    one, other = Remembered(tmp_path, "q"), Remembered(tmp_path, "q")
    one.put("a", [])
    other.put("b", [])
    assert one.get("b") == other.get("a") == []
