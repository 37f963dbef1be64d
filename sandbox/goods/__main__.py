"""`python -m sandbox.goods [FOLDER]`: write the demo's goods, rights and pictures anew (about three minutes)."""

from __future__ import annotations

import sys
from pathlib import Path

from sandbox.goods.writing import write

DEMO = Path(__file__).parents[1] / "demo"

if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else DEMO)
