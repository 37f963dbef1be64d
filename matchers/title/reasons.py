"""Why a place in a title names a mark, as a sentence that can stand in a complaint."""

from __future__ import annotations

import unicodedata

from matchers.title.sighting import Sighting
from matchers.types import Reason

MOST_SHOWN = 24  # characters of a title quoted in one sentence beside the name
# What each code says. {said}: what was written or changed; {name}: the mark's name.
EN = {
    "lookalike": "{said} only look like letters of “{name}”",
    "styled": "{said} are letters of “{name}” in the form of symbols",
    "fullwidth": "{said} are full-width forms of letters of “{name}”",
    "leet": "{said} stand for letters of “{name}”",
    "accent": "{said} carry accents that “{name}” does not have",
    "combining": "marks are drawn over the letters of “{name}”",
    "invisible": "invisible characters stand between the letters of “{name}” ({said})",
    "spaced": "white space parts the letters of “{name}”",
    "separated": "signs ({said}) part the letters of “{name}”",
    "emoji": "symbols ({said}) part the letters of “{name}”",
    "woven": "other characters ({said}) are woven between the letters of “{name}”",
    "flipped": "“{name}” is written upside down",
    "reversed": "“{name}” is written backwards",
    "two_for_one": "two letters are set for one of “{name}” ({said})",
    "masked": "a letter of “{name}” is hidden by a sign ({said})",
    "typo_missing": "“{name}” with the letter {said} left out",
    "typo_doubled": "“{name}” with the letter {said} doubled",
    "typo_swapped": "“{name}” with the letters {said} swapped",
    "typo_replaced": "“{name}” with one letter replaced ({said})",
    "typo_added": "“{name}” with the letter {said} put in",
    "typo_two": "“{name}” with two letters changed ({said})",
    "traditional": "{said} are traditional or variant forms of hanzi of “{name}” in a title in simplified hanzi",
    "pinyin": "the pinyin of “{name}”",
    "pinyin_mixed": "“{name}” partly in pinyin",
    "pinyin_initials": "the pinyin initials of “{name}”",
    "split_hanzi": "a hanzi of “{name}” is written as its parts ({said})",
    "swapped_hanzi": "“{name}” with the hanzi {said} swapped",
    "reversed_hanzi": "“{name}” is written backwards",
    "missing_hanzi": "“{name}” with the hanzi {said} left out",
    "masked_hanzi": "a hanzi of “{name}” is hidden by a sign ({said})",
    "homophone": "hanzi of “{name}” are replaced by others of the same sound ({said})",
    "near_homophone": "hanzi of “{name}” are replaced by others of nearly the same sound ({said})",
    "lookalike_hanzi": "hanzi of “{name}” are replaced by others that look alike ({said})",
    "kin_hanzi": "hanzi of “{name}” are replaced by others with a part in common ({said})",
    "replaced_hanzi": "one hanzi of “{name}” is replaced ({said})",
}
ZH = {
    "lookalike": "其中“{said}”为形似“{name}”的异文字符",
    "styled": "其中“{said}”为“{name}”字母的特殊符号形式",
    "fullwidth": "其中“{said}”为“{name}”字母的全角形式",
    "leet": "以“{said}”代替“{name}”中的字母",
    "accent": "其中“{said}”带有“{name}”所没有的变音符号",
    "combining": "在“{name}”的字母上叠加了附加符号",
    "invisible": "在“{name}”的字符之间插入了不可见字符({said})",
    "spaced": "用空格拆开“{name}”",
    "separated": "用符号({said})拆开“{name}”",
    "emoji": "用表情或图形符号({said})拆开“{name}”",
    "woven": "在“{name}”的字母之间穿插其他文字({said})",
    "flipped": "“{name}”被倒置书写",
    "reversed": "“{name}”被倒序书写",
    "two_for_one": "以两个字母拼成“{name}”中的一个字母({said})",
    "masked": "用符号遮盖“{name}”中的字母({said})",
    "typo_missing": "“{name}”缺少字母 {said}",
    "typo_doubled": "“{name}”重复字母 {said}",
    "typo_swapped": "“{name}”中字母 {said} 前后颠倒",
    "typo_replaced": "“{name}”中一个字母被替换({said})",
    "typo_added": "“{name}”中插入字母 {said}",
    "typo_two": "“{name}”中两处字母被改动({said})",
    "traditional": "在简体标题中以繁体或异体字“{said}”书写“{name}”",
    "pinyin": "为“{name}”的拼音",
    "pinyin_mixed": "“{name}”部分以拼音书写",
    "pinyin_initials": "为“{name}”的拼音首字母",
    "split_hanzi": "将“{name}”中的字拆成偏旁部件({said})",
    "swapped_hanzi": "“{name}”中“{said}”两字颠倒",
    "reversed_hanzi": "“{name}”被倒序书写",
    "missing_hanzi": "“{name}”缺少“{said}”字",
    "masked_hanzi": "用符号遮盖“{name}”中的字({said})",
    "homophone": "以同音字代替“{name}”中的字({said})",
    "near_homophone": "以近音字代替“{name}”中的字({said})",
    "lookalike_hanzi": "以形近字代替“{name}”中的字({said})",
    "kin_hanzi": "以含有相同部件的字代替“{name}”中的字({said})",
    "replaced_hanzi": "“{name}”中一个字被替换({said})",
}


def shown(text: str) -> str:
    """Text of a title as it may be quoted: bounded, what cannot be seen written as its code point."""
    text = "".join(
        char if char.isprintable() and not unicodedata.combining(char) else f"[U+{ord(char):04X}]"
        for char in text[:MOST_SHOWN]
    )
    return text.strip() or "—"


def reason(sighting: Sighting, surface: str) -> Reason:
    """The reason for a sighting. surface : what the title has there."""
    name, quoted = shown(sighting.name.text), shown(surface)
    if sighting.plain:
        code = "apart" if sighting.apart else "plain"
        return Reason(code=code, surface=surface, en=f"the title names “{name}”", zh=f"标题中出现“{name}”")
    told = list(zip(sighting.codes, sighting.said, strict=True))
    en = "; ".join(EN[code].format(said=shown(said), name=name) for code, said in told)
    zh = ";".join(ZH[code].format(said=shown(said), name=name) for code, said in told)
    return Reason(code=sighting.codes[0], surface=surface, en=f"“{quoted}”: {en}", zh=f"“{quoted}”:{zh}")
