"""A photo that is new is asked about the pictures that were seen before."""

import numpy as np
import pytest

from matchers.image.bank import Bank, bank_of
from matchers.image.decode import decode
from matchers.image.reverse import seen_pictures, shown_in
from tests.drawing import ATTACKS, photo, picture

TAKEN = {name: picture(name, attack(photo(3))) for name, attack in ATTACKS.items()}
OTHERS = {f"other-{seed}": picture(f"other-{seed}", photo(seed)) for seed in range(200, 230)}


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    return seen_pictures(tmp_path_factory.mktemp("seen"), [*TAKEN.values(), *OTHERS.values()], pytest.fail)


def test_all_copies_of_a_new_photo_stand_on_its_list(seen):
    found = shown_in(seen, decode(picture("new", photo(3)).data))
    assert set(TAKEN) <= set(found)
    assert len(found) == len(set(found))


def test_a_photo_with_nothing_in_it_is_on_no_list(seen):
    assert shown_in(seen, np.full((480, 480, 3), 200, np.uint8)) == []


def test_the_list_of_an_empty_bank_is_empty():
    assert shown_in(Bank(), decode(picture("new", photo(3)).data)) == []
    assert shown_in(bank_of([]), decode(picture("new", photo(3)).data)) == []
