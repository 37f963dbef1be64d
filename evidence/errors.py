"""What keeps evidence from being made."""

from __future__ import annotations


class EvidenceError(Exception):
    """No evidence could be made, or none is there; the message is one sentence for the user."""


class NotEvidenceError(EvidenceError):
    """The page showed no listing. outcome : what it showed, a word of `crawler.reading.Outcome`"""

    def __init__(self, outcome: str, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome
