"""The benchmark's metric of pictures counts as the labelled pictures' own script does."""

import importlib.util
import random
from pathlib import Path

import pytest

from bench.image_metric import Hits, Query, Score, quality

LABELLED = Path(__file__).parents[1].parent / "shared" / "bench" / "images"
QUERIES = [
    Query("q1", "a", "crop"),
    Query("q2", "b", "crop"),
    Query("q3", "b", "mirror"),
    Query("n1", None, "neg:plain"),
    Query("n2", None, "neg:plain"),
    Query("s1", None, "amb:same-article"),
]


def scored(*rows):
    return quality(QUERIES, [Score(*row) for row in rows])


def test_all_that_is_found_before_the_first_mistake_counts():
    found = scored(("q1", "a", 0.9, True), ("q2", "b", 0.8, False), ("n1", "a", 0.7, False), ("q3", "b", 0.6, False))
    assert (found.recall, found.quiet, found.top) == (2 / 3, 2 / 3, 1.0)
    assert found.attacks == {"crop": Hits(ranked=2, decided=1, of=2), "mirror": Hits(ranked=0, decided=0, of=1)}


def test_scores_that_are_alike_are_taken_together():
    assert scored(("q1", "a", 0.9, True), ("n1", "a", 0.9, True)).recall == 0


def test_a_wrong_id_in_a_picture_that_carries_another_is_a_mistake():
    found = scored(("q1", "b", 0.9, True), ("q1", "a", 0.8, True), ("q2", "b", 0.95, True))
    assert (found.recall, found.top, found.precision, found.found) == (1 / 3, 1 / 3, 2 / 3, 2 / 3)


def test_another_photo_of_the_same_article_counts_neither_way():
    found = scored(("s1", "a", 0.99, True), ("q1", "a", 0.9, True))
    assert (found.recall, found.precision, found.same_article) == (1 / 3, 1.0, (1, 1))


def test_without_a_score_nothing_is_found():
    found = scored()
    assert (found.recall, found.quiet, found.top, found.precision, found.found) == (0, 0, 0, 0, 0)


@pytest.fixture(scope="module")
def evaluate():
    if not LABELLED.is_dir():
        pytest.skip("the labelled pictures are not here")
    spec = importlib.util.spec_from_file_location("evaluate_images", LABELLED / "evaluate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.evaluate


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("task", ["copy", "logo", "text"])
def test_any_scores_are_counted_as_the_script_counts_them(evaluate, tmp_path, task, seed):
    from bench.image_asked import labelled

    dice = random.Random(seed)
    given = labelled(LABELLED, task)
    rows = []
    for query in given.queries:
        for id_ in dict.fromkeys([dice.choice(given.gallery)[0], query.target or given.gallery[0][0]]):
            good = dice.random() < 0.3 if query.target != id_ else dice.random() < 0.7
            score = round(dice.betavariate(5, 1) if good else dice.betavariate(1, 5), 1 + seed % 3)
            rows += [Score(query.id, id_, score, score > 0.6)] * (dice.random() < 0.9)
    out = tmp_path / "scores.tsv"
    lines = (f"{task}\t{row.query}\t{row.gallery}\t{row.score!r}\t{row.decided:d}\n" for row in rows)
    out.write_text("task\tquery_id\tgallery_id\tscore\tdecision\n" + "".join(lines))
    wanted = evaluate(LABELLED / "labels.tsv", out)[task]
    found = quality(given.queries, rows)
    assert round(found.recall, 4) == wanted["recall_at_p95"]
    assert round(found.quiet, 4) == wanted["recall_at_fpr1e3"]
    assert round(found.top, 4) == wanted["top1"]
    assert round(found.precision, 4) == wanted["decided_precision"]
    assert round(found.found, 4) == wanted["decided_recall"]
    told = {attack: f"{hits.ranked}/{hits.of}" for attack, hits in found.attacks.items()}
    assert told == wanted["per_attack_recall_p95"]
