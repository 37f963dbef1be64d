"""`python -m sandbox.goods [FOLDER]`: write the demo's goods, rights and pictures anew (about three minutes).

`python -m sandbox.goods --listings 2000 --seed N --out DIR` writes a large catalogue that the seed invents (`fair`).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sandbox.goods.fair import writing as fair
from sandbox.goods.writing import write

DEMO = Path(__file__).parents[1] / "demo"


def main() -> None:
    """Write what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.goods", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=DEMO, help="where the demo's goods go")
    parser.add_argument("--listings", type=int, help="write a large, invented catalogue of so many listings instead")
    parser.add_argument("--seed", type=int, default=1, help="what the large catalogue is invented from")
    parser.add_argument("--out", type=Path, help="where the large catalogue goes")
    given = parser.parse_args()
    if given.listings is None:
        write(given.folder)
        return
    if given.out is None:
        parser.error("--listings goes with --out DIR")
    try:
        fair.write(given.out, given.seed, given.listings)
    except (ValueError, OSError) as error:
        sys.exit(f"{given.out}: {error}")


if __name__ == "__main__":
    main()
