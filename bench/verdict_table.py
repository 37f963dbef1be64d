"""The table of the verdict's terms as docs/verdict.md has it: `python -m bench.verdict_table`."""

from __future__ import annotations

from matchers.terms import TERMS, Place
from matchers.weights import Weights, shipped

PLACES = {
    Place.RULE: "prior",
    Place.FIRM: "picture, or the client's word",
    Place.TITLE: "title and price",
    Place.BESIDE: "beside",
    Place.CONTEXT: "context",
}


def table(weights: Weights | None = None) -> str:
    """Markdown: a row a term, in the order of their places."""
    weights = weights or shipped()
    rows = [
        f"| `{one.name}` | {PLACES[one.place]} | {weights.of(one.name):+.2f} | {one.what} |" for one in TERMS.values()
    ]
    return "\n".join(["| term | where | weight | holds when |", "| --- | --- | --- | --- |", *rows])


if __name__ == "__main__":
    print(table())
