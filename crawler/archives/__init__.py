"""Stored answers: what an analyst saved by hand while browsing, and what an earlier run recorded. One door to it.

A folder, a saved page (HTML, JSON, JSONP; SingleFile, MHTML, "complete" with its folder), HAR, WARC, WACZ. Files are
known by their content. Every file is hostile: bounded, read one answer at a time, never part of a path.
"""

from crawler.archives.files import answers_of, check, stored_answers, stored_files
from crawler.archives.stored import ArchiveError, Stored

__all__ = ["ArchiveError", "Stored", "answers_of", "check", "stored_answers", "stored_files"]
