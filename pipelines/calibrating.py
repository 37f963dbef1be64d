"""Learning a client's weights from what people decided: from the store to `matchers.calibration` and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from matchers.calibration import Calibration, Decision, fit
from matchers.weights import Weights
from store.calibrations import all_of, decisions

# Terms that decisions themselves make: what was dismissed is in the negative bank afterwards and speaks for the seller.
# Learnt from, they would foretell the decision that made them; they keep the weights they have.
OF_DECISIONS = frozenset({"innocent_photo", "seller_confirmed", "seller_dismissed"})


def learnt(session: Session, client_id: int, start: Weights, at: datetime) -> Calibration:
    """Weights learnt of all decisions of a client. Raises CalibrationError for too few."""
    known = [
        Decision(values=_own(evidence), infringes=infringes) for evidence, infringes in decisions(session, client_id)
    ]
    version = _version(session, client_id, at)
    yes = sum(one.infringes for one in known)
    source = f"{yes} confirmed and {len(known) - yes} dismissed until {at:%Y-%m-%d}, from {start.version}"
    return fit(known, start, version=version, source=source, with_thresholds=True)


def _own(evidence: Mapping[str, float]) -> dict[str, float]:
    return {term: value for term, value in evidence.items() if term not in OF_DECISIONS}


def _version(session: Session, client_id: int, at: datetime) -> str:
    """`own-2026-12-01`, and `own-2026-12-01.2` for the second of a day."""
    name = f"own-{at:%Y-%m-%d}"
    taken = {row.version for row in all_of(session, client_id)}
    return next(
        each for each in (name, *(f"{name}.{number}" for number in range(2, len(taken) + 3))) if each not in taken
    )


def figures_of(found: Calibration) -> dict[str, Any]:
    """The figures as they are kept beside the weights."""
    kept = asdict(found)
    del kept["weights"]
    return kept
