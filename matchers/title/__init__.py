"""Word marks in titles: `TitleMatcher(marks).match(titles)`.

How it goes. When marks are read (names, nicknames, patterns), what stays the same of each name in disguise becomes keys
(keys, hashes), in one table (keytable, index) that may be kept in a file (indexfile); the marks lie packed beside it
(register). A title is folded character by character (cells, letters, text). All windows of a batch of titles are looked
up at once: spellings as they stand (spelled), runs of letters with letters hidden or wrong (tokens, typed), hanzi that
sound or look like a name's (sounded), hanzi in parts (composed). A hit is a candidate; each kind has its judge (exact
with gaps and torn; misspelt with slips; sounds with doubt). Then the whole title is asked what each sighting is worth
(judge, ambiguity, goods), and each is put into words (reasons). Every probability stands in scores; variants and
examples turn the question round: which spellings are looked for.
"""

from matchers.title.matcher import TitleMatcher

__all__ = ["TitleMatcher"]
