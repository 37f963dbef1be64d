"""How good the verdict is on catalogues of 2,000 listings that seeds invent (sandbox/goods/fair), without a browser.

python -m bench.verdicts                         # the seeds that were never looked at
python -m bench.verdicts --seed 1 --folder DIR   # others; catalogues that DIR holds already are used again

Every listing is scored as the pipeline does it: all marks of all clients, titles and pictures, the shipped weights.
Found: flagged for the client whose mark is copied. Wrong: any other listing that was flagged. Brier score: of the
highest probability of each listing. Weights were fitted on seed 1 alone (bench/verdict_weights.py).
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from bench.report import Figure, arguments, report
from crawler.cli.shared import opened, take_rights
from crawler.config import load_config
from crawler.items import Listing
from matchers.calibration import Bin, brier, reliability
from matchers.scorer import full_scorer
from matchers.types import Picture, Portfolio, Verdict
from pipelines.portfolios import portfolios
from pipelines.score import goods
from sandbox.catalogue import Goods, read_catalogue
from sandbox.goods.fair import writing
from store.blobs import Blobs
from store.queries import all_rights

TUNED = 1  # the seed that the weights were fitted on
UNSEEN = (2, 3)
LISTINGS = 2000
PRECISION, RECALL, BRIER = 0.95, 0.90, 0.05
BATCH = 5  # listings: their pictures are at hand while one client after another asks (matchers/image/looks)


@dataclass(frozen=True)
class Judged:
    """A listing of a catalogue with what is true of it, and its verdicts.

    owner : the client whose mark is copied; None for what is no copy
    """

    goods: Goods
    owner: str | None
    verdicts: tuple[Verdict, ...]

    @property
    def probability(self) -> float:
        """That it infringes, whoever's right."""
        return max((one.score for one in self.verdicts), default=0.0)

    @property
    def flagged(self) -> bool:
        """Whether it became a candidate of any client."""
        return any(one.flagged for one in self.verdicts)

    @property
    def found(self) -> bool:
        """Whether it is a copy, flagged for whom it concerns."""
        return self.owner is not None and any(one.flagged and one.client == self.owner for one in self.verdicts)

    @property
    def kind(self) -> str:
        """The first word of why it is what it is: a disguise, slang, a price ..."""
        why = self.goods.truth.why if self.goods.truth else ""
        return why.split()[0].rstrip(":") if why else "?"


def catalogue(folder: Path, seed: int, listings: int = LISTINGS) -> Path:
    """The folder of a seed's catalogue, written unless it is there."""
    where = folder / f"{seed}-{listings}"
    if not (where / "complete").exists():
        where.mkdir(parents=True, exist_ok=True)
        writing.write(where, seed, listings)
        (where / "complete").touch()
    return where


def clients(folder: Path) -> tuple[list[Portfolio], dict[str, str]]:
    """The portfolios of a rights file, by way of the store as a crawl has them; and the client of each right."""
    with tempfile.TemporaryDirectory() as data:
        config = load_config(data=Path(data), database_url=None)
        with opened(config) as (_, store):
            take_rights(config, store, folder / "rights.csv", partial=False)
            with store.reading() as session:
                rights = list(all_rights(session))
                found = portfolios(rights, Blobs(config.data / "blobs"))
                return found, {right.right_id: right.client.name for right in rights}


def listing(one: Goods) -> Listing:
    """Goods of a catalogue as a spider would yield them."""
    same = (
        "marketplace item_id title price_min price_max currency sold shop_name seller_id location brand moq attributes"
    )
    return Listing(url="", **{name: getattr(one, name) for name in same.split()})


def pictures(folder: Path, one: Goods) -> tuple[Picture, ...]:
    """The pictures of a listing, known by their paths: a path is one content."""
    return tuple(Picture(key=path, data=(folder / path).read_bytes()) for path in dict.fromkeys(one.images))


def scored(job: tuple[Path, tuple[Portfolio, ...], list[Goods]]) -> list[tuple[Verdict, ...]]:
    """The verdicts of all clients for some listings; what is measured of a picture once serves all."""
    folder, portfolios_, some = job
    scorers = [full_scorer(portfolio, words=False) for portfolio in portfolios_]
    found: list[tuple[Verdict, ...]] = []
    for start in range(0, len(some), BATCH):
        batch = [goods(listing(one), pictures(folder, one)) for one in some[start : start + BATCH]]
        found += zip(*(scorer.score(batch) for scorer in scorers), strict=True)
    return found


def judged(folder: Path) -> list[Judged]:
    """Every listing of a catalogue with its verdicts. Those that share a picture are scored by one process."""
    known, owners = clients(folder)
    everything = sorted(read_catalogue(folder / "catalogue.jsonl").goods, key=lambda one: one.images)
    share = -(-len(everything) // (os.cpu_count() or 1))
    jobs = [(folder, tuple(known), everything[at : at + share]) for at in range(0, len(everything), share)]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:  # a fork may inherit a lock of a thread
        verdicts = [one for part in pool.map(scored, jobs) for one in part]
    return [Judged(one, owner(one, owners), each) for one, each in zip(everything, verdicts, strict=True)]


def owner(one: Goods, owners: dict[str, str]) -> str | None:
    """Whose mark a copy infringes."""
    if one.truth is None or one.truth.label != "counterfeit" or one.truth.mark is None:
        return None
    return owners[one.truth.mark]


def figures(name: str, every: Sequence[Judged]) -> list[Figure]:
    """What is claimed, of one catalogue."""
    planted = sum(one.owner is not None for one in every)
    found, flagged = sum(one.found for one in every), sum(one.flagged for one in every)
    precision, recall = found / max(1, flagged), found / max(1, planted)
    score = brier([(one.probability, one.owner is not None) for one in every])
    return [
        Figure(
            f"{name}: precision of the flagged",
            f">= {PRECISION}",
            f"{precision:.3f} of {flagged}",
            precision >= PRECISION,
        ),
        Figure(f"{name}: recall", f">= {RECALL}", f"{recall:.3f} of {planted}", recall >= RECALL),
        Figure(f"{name}: Brier score", f"<= {BRIER}", f"{score:.4f}", score <= BRIER),
    ]


def by_kind(name: str, every: Sequence[Judged]) -> Iterator[Figure]:
    """What was flagged of each label and each kind: told, not claimed."""
    total, hits = Counter[str](), Counter[str]()
    for one in every:
        label = one.goods.truth.label if one.goods.truth else "?"
        for row in (label, f"{label} {one.kind}"):
            total[row] += 1
            hits[row] += one.found if one.owner else one.flagged
    for row in sorted(total):
        yield Figure(f"{name}: {row}, flagged", "-", f"{hits[row]} of {total[row]}", good=True)


def bins(name: str, rows: Iterable[Bin]) -> Iterator[Figure]:
    """The reliability table: what was said, and what was true."""
    for row in rows:
        said = f"said {row.said:.2f}, true {row.true:.2f} of {row.number}"
        yield Figure(f"{name}: reliability {row.low:.1f}-{row.high:.1f}", "-", said, good=True)


def main() -> None:
    """Measure and report."""
    parser = arguments(__doc__)
    parser.add_argument("--seed", type=int, action="append", help=f"catalogues to judge by, instead of {UNSEEN}")
    parser.add_argument("--listings", type=int, default=LISTINGS, help="how many listings each has")
    parser.add_argument("--folder", type=Path, help="where catalogues are kept for the next time")
    given = parser.parse_args()
    rows: list[Figure] = []
    with tempfile.TemporaryDirectory() as temporary:
        for seed in given.seed or UNSEEN:
            every = judged(catalogue(given.folder or Path(temporary), seed, given.listings))
            name = f"seed {seed}"
            table = reliability([(one.probability, one.owner is not None) for one in every])
            rows += [*figures(name, every), *by_kind(name, every), *bins(name, table)]
    report(rows, given.json)


if __name__ == "__main__":
    main()
