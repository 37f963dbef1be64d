"""From listings to verdicts."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from matchers.scorer import Scorer, full_scorer
from matchers.types import Finding, Goods, Mark, Picture, Portfolio, Reason, Signal

NORVANE = Mark(right_id="W", names=("NORVANE", "诺梵恩"), nice_classes=(25,), reference_prices={"CNY": Decimal(900)})
HEARTH = Mark(right_id="H", names=("HEARTH",), nice_classes=(25,), reference_prices={"CNY": Decimal(900)})
PORTFOLIO = Portfolio(client="Norvane", marks=(NORVANE, HEARTH), authorised_sellers=frozenset({("taobao", "good")}))
SCORER = Scorer(PORTFOLIO)


def goods(title, price="880", **kwargs):
    return Goods(marketplace="taobao", item_id="1", title=title, price=Decimal(price), currency="CNY", **kwargs)


def flagged(title, price="880", **kwargs):
    return SCORER.score([goods(title, price, **kwargs)])[0].flagged


@pytest.mark.parametrize(
    ("title", "price"),
    [
        ("N0RVANE 跑鞋 男", "880"),
        ("诺🔥梵恩 跑鞋", "880"),
        ("NORVANE 高仿 跑鞋", "880"),
        ("莆田纯原 诺梵恩 跑鞋", "880"),
        ("NORVANE 跑鞋 原单 专柜代购", "880"),
        ("NORVANE 跑鞋 男", "129"),
        ("二手 NORVANE 高仿 跑鞋", "880"),
    ],
)
def test_a_copy_is_flagged(title, price):
    assert flagged(title, price)


@pytest.mark.parametrize(
    ("title", "price"),
    [
        ("NORVANE 跑鞋 男 正品", "880"),
        ("NORVANE 跑鞋 男", "600"),
        ("二手 NORVANE 跑鞋 九成新", "200"),
        ("适用于NORVANE跑鞋的鞋带 替换", "9"),
        ("shoe laces for NORVANE sneakers", "9"),
        ("NORVANE 补差价", "20"),
        ("NORVANE 跑鞋 定金", "1"),
        ("拒绝高仿 NORVANE 跑鞋", "880"),
        ("NORVANELLA 跑鞋", "100"),
        ("hearth rug cotton", "30"),
        ("高仿 跑鞋", "30"),
        ("白色跑鞋", "30"),
        ("", "30"),
    ],
)
def test_an_innocent_listing_is_not_flagged(title, price):
    assert not flagged(title, price)


def test_an_authorised_seller_is_not_flagged():
    assert not flagged("N0RVANE 高仿 跑鞋", "99", seller_id="good")


def test_a_brand_attribute_alone_matches():
    verdict = SCORER.score([goods("运动鞋 男", brand="NORVANE/诺梵恩")])[0]
    assert (verdict.matched, verdict.flagged, verdict.right) == (True, False, "W")


def test_a_low_price_beside_the_brand_attribute_flags():
    assert flagged("运动鞋 男", "99", brand="NORVANE/诺梵恩")


def test_rates_are_taken_from_the_caller():
    dear = Scorer(PORTFOLIO, {"USD": Decimal(20)})
    listing = Goods(marketplace="alibaba", item_id="1", title="NORVANE shoes", price=Decimal(40), currency="USD")
    assert [one.score([listing])[0].flagged for one in (SCORER, dear)] == [True, False]


class Pictures:
    """Finds the mark in every picture whose bytes say so; counts what it is asked."""

    def __init__(self, *, broken=False):
        self.asked, self.broken = [], broken

    def match(self, pictures):
        if self.broken:
            raise RuntimeError("no picture today")
        self.asked += [picture.key for picture in pictures]
        return [[self.finding(picture)] if picture.data == b"mark" else [] for picture in pictures]

    def finding(self, picture):
        reason = Reason(code="mark", surface="", en="the mark", zh="商标")
        return Finding(signal=Signal.MARK_IN_PHOTO, right="W", score=0.9, reason=reason, photo=picture.key)


def test_a_mark_in_the_picture_flags_when_the_title_avoids_the_name():
    scorer = Scorer(PORTFOLIO, image_matcher=Pictures())
    picture = (Picture(key="k", data=b"mark"),)
    hidden, named = scorer.score([goods("大牌跑鞋", pictures=picture), goods("NORVANE 跑鞋", pictures=picture)])
    assert (hidden.flagged, named.flagged) == (True, False)


def test_a_picture_of_many_listings_is_looked_at_once():
    pictures = Pictures()
    both = (Picture(key="a", data=b"mark"), Picture(key="a", data=b"mark"))
    verdicts = Scorer(PORTFOLIO, image_matcher=pictures).score([goods("x", pictures=both), goods("y", pictures=both)])
    assert pictures.asked == ["a"]
    seen = [[one for one in verdict.findings if one.signal is Signal.MARK_IN_PHOTO] for verdict in verdicts]
    assert [len(findings) for findings in seen] == [1, 1]


def test_broken_pictures_leave_the_titles():
    scorer = Scorer(PORTFOLIO, image_matcher=Pictures(broken=True))
    assert scorer.score([goods("N0RVANE 跑鞋", pictures=(Picture(key="k", data=b""),))])[0].flagged


def test_one_broken_listing_does_not_lose_the_batch():
    broken = goods(None)
    verdicts = SCORER.score([goods("N0RVANE 跑鞋"), broken, goods("N0RVANE 跑鞋")])
    assert [verdict.flagged for verdict in verdicts] == [True, False, True]


@pytest.mark.parametrize("title", ["\x00", "\ud800", "N." * 100_000, "高仿" * 100_000, "\u202e", "🔥" * 1000])
def test_a_hostile_title_gets_a_verdict(title):
    assert SCORER.score([goods(title)])[0].client == "Norvane"


def test_threads_get_the_same_verdicts():
    batch = [goods(f"N0RVANE {number} 高仿", str(number + 2)) for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda one: SCORER.score([one])[0], batch)) == SCORER.score(batch)


def test_no_marks_match_nothing():
    assert not Scorer(Portfolio(client="N", marks=())).score([goods("NORVANE")])[0].matched


def test_a_client_without_pictures_does_not_load_the_picture_libraries_before_one_comes():
    code = (
        "import sys; from matchers.scorer import full_scorer; from matchers.types import *;"
        "full_scorer(Portfolio(client='N', marks=(Mark(right_id='R', names=('NORVANE',)),)));"
        "sys.exit('cv2' in sys.modules or 'matchers.image' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_full_scorer_of_a_client_without_pictures_scores_titles():
    assert full_scorer(PORTFOLIO).score([goods("N0RVANE 跑鞋")])[0].flagged


def test_a_client_of_names_alone_has_them_read_in_pictures(monkeypatch):
    asked = []
    monkeypatch.setattr("matchers.image.ImageMatcher.match", lambda self, pictures: asked.append(pictures) or [[]])
    portfolio = Portfolio(client="N", marks=(Mark(right_id="R", names=("NORVANE",)),))
    for words in (True, False):
        full_scorer(portfolio, words=words).score([goods("bag", pictures=(Picture(key="a", data=b"no picture"),))])
    assert len(asked) == 1
