"""How likely each way of naming a mark is a naming of it: probabilities between 0 and 1.

First values were set by judgement and looked at on labelled titles outside the repository; a calibration on such
titles is to replace them. A title is taken to name a mark from NAMED on; a disguise counts as one from there too.
"""

from __future__ import annotations

NAMED = USUAL = 0.5  # threshold of everyday work: what a person looks at
STRICT = 0.66  # threshold where a false alarm costs more than a miss: reports, many marks, marks of one letter or hanzi

PLAIN = 0.95
PLAIN_OTHERWISE = 0.35  # a name that is no ordinary word, beside words for another thing of that name
LOOSE_NICKNAME = 0.4  # a nickname that is an ordinary word, or letters, where nothing speaks of the mark's goods
NICKNAME = 0.8  # what people call the mark, when it means nothing else
PLAIN_APART = 0.8  # one registered word, written as two

# An ambiguous name: log odds that the mark is meant. First the kinds of such names, then what the title says.
MEANT = {
    "letters_1": -1.0, "letters_2": 0.2, "letters_3": 0.6, "english": 0.2, "mixed": 0.2, "measure": -0.2,
    "chinese": 0.3, "chinese_rare": 1.2,
    "sibling": 3.0, "claim": 0.8, "goods": 2.0, "other_goods": -0.1,
    "glued": -0.2, "glued_twice": -0.8, "first": 0.6, "bracketed": 0.8, "numbered": -1.2, "hyphened": -0.6,
    "small": -0.3, "small_word": -1.2, "capitals": 0.8, "phrase": -0.8, "phrase_zh": -1.4, "grammar": -1.6,
    "term": -2.0, "sense": -3.5,
}  # fmt: skip

SHORT_PARTED = 0.6  # a name of two or three capitals with a stop or stroke between: also an abbreviation
SHORT_HYPHENED = 0.45  # the same with a hyphen: also a range or a model

CODES: dict[str, float] = {
    # exact spellings in strange dress
    "lookalike": 0.97,
    "styled": 0.93,
    "fullwidth": 0.80,
    "leet": 0.92,
    "accent": 0.85,
    "combining": 0.95,
    "invisible": 0.97,
    "spaced": 0.92,
    "separated": 0.93,
    "emoji": 0.95,
    "woven": 0.95,
    "flipped": 0.97,
    "reversed": 0.85,
    "two_for_one": 0.85,
    "masked": 0.92,
    # Chinese names
    "traditional": 0.85,
    "pinyin": 0.85,
    "pinyin_mixed": 0.92,
    "pinyin_initials": 0.70,
    "split_hanzi": 0.92,
    "swapped_hanzi": 0.80,
    "reversed_hanzi": 0.80,
    "missing_hanzi": 0.70,
    "masked_hanzi": 0.85,
}
# One letter wrong, by the length of the name: the shorter it is, the more words lie one letter away.
TYPO_BY_LENGTH = {4: 0.50, 5: 0.48, 6: 0.68, 7: 0.78, 8: 0.87}
TYPO_KIND = {
    "typo_doubled": 0.18,
    "typo_swapped": 0.17,
    "typo_missing": 0.0,
    "typo_replaced": -0.02,
    "typo_added": -0.08,
    "typo_two": -0.15,
}
TYPO_SPACED = 0.25  # its letters are also set apart by signs, which nobody does by mistake
UNLIKE_LETTER = -0.12  # for each letter that was taken for its twin (I and l, u and v) beside the misspelt ones
FAR_KEY = -0.15  # the wrong letter is no neighbour of the right one, on the keyboard or to the eye
FIRST_LETTER = -0.10  # the first letter is wrong: more often another name than a misspelling
SHORT_PINYIN = 0.55  # full pinyin of up to five letters: many syllables are shared by ordinary words
TWIN_PINYIN = 0.4  # the same where I and l were taken for one another
CAPITAL_PINYIN = 0.7  # the same with a capital at each syllable
DOUBTED = 0.3  # a row of hanzi that resembles a name is not told of below
# What each feature of such a row adds to the log odds (doubt.py); fitted by bench/title_weights.py. The first is
# lowered by 0.6: other marks meet more makers of like names than those that it was fitted with.
HANZI_WEIGHTS: dict[str, float] = {
    "one": -7.653,
    "strange": 0.242,
    "strange_all": 0.177,
    "enclosed": 1.225,
    "first": 1.587,
    "signs": 0.977,
    "spaced": 0.792,
    "old": 0.724,
    "torn": -4.278,
    "stubs": -0.462,
    "stub": -0.079,
    "size2": 0.734,
    "size3": 1.584,
    "word": 0.000,
    "same": 0.179,
    "rarest": -0.167,
    "unchanged": 1.313,
    "left_word": -0.297,
    "kin2": 0.000,
    "replaced_rarity": -0.098,
    "lookalike_hanzi": 0.097,
    "lookalikes": -1.008,
    "homophone": 0.561,
    "homophones": -2.485,
    "near_homophone": 0.305,
    "nears": -2.259,
    "replaced_hanzi": 0.000,
    "replaced": -1.623,
    "kin_hanzi": -3.155,
    "kins": 8.009,
}
TRADITIONAL_UNSURE = 0.55  # nothing else in the title tells which hanzi its writer uses
TWO_HANZI = 0.75  # factor for a two-hanzi name with one hanzi hidden
# The same mark stands plainly in the title: a soft disguise then hides nothing; dressed-up letters still do.
ALSO_PLAIN = 0.5
OTHER_SCRIPT_PLAIN = 0.85  # of a misspelt Latin name, when only the Chinese name stands plainly: some are honest errors
MISSPELT = frozenset({"typo_doubled", "typo_swapped", "typo_missing", "typo_replaced", "typo_added", "typo_two"})
# Readings in which what is not plain of the name may be another word, so that a plain short name beside it is nearer.
LOOSE = frozenset(
    {"missing_hanzi", "replaced_hanzi", "kin_hanzi", "swapped_hanzi", "reversed_hanzi", "spaced", "separated"}
)
# Readings in which other hanzi stand for the name's; a name that is spelled out at the same place is nearer.
RESEMBLING = frozenset({"homophone", "near_homophone", "lookalike_hanzi", "kin_hanzi", "replaced_hanzi"})
SOFT = frozenset(
    {
        "typo_doubled", "typo_swapped", "typo_missing", "typo_replaced", "typo_added", "typo_two", "pinyin",
        "pinyin_mixed",
        "pinyin_initials", "traditional", "homophone", "near_homophone", "lookalike_hanzi", "kin_hanzi",
        "replaced_hanzi",
        "missing_hanzi", "swapped_hanzi", "fullwidth", "accent", "reversed", "spaced", "two_for_one",
    }
)  # fmt: skip
