"""Word marks in titles: `TitleMatcher(marks).match(titles)`.

How it goes: a title is folded character by character (cells, text); spellings of each name are looked up in it at once
(names, patterns, exact, torn), misspelt ones by what is left when letters are taken out (tokens, misspelt, slips),
Chinese ones by sound and shape (hanzi, sounds); then the whole title is asked what each sighting is worth (judge), and
what an ambiguous name means in it (ambiguity), and each is put into words (reasons).
Every probability stands in scores.
"""

from matchers.title.matcher import TitleMatcher

__all__ = ["TitleMatcher"]
