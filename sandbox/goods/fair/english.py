"""What sellers of the two sites abroad write: words about goods, slang of copies, what makes goods innocent."""

from __future__ import annotations

from random import Random

from sandbox.goods.words import Line

_PEOPLE = ("men", "women", "unisex", "men and women")


def _line(nouns: str, praise: str, price: tuple[int, int], people: tuple[str, ...] = _PEOPLE) -> Line:
    return Line(tuple(nouns.split("|")), tuple(praise.split("|")), people, price)


# As `words.LINES`; prices in USD.
LINES = {
    "running": _line(
        "running shoes|sneakers|jogging shoes|trainers", "breathable mesh|cushioned|lightweight|non slip", (12, 39)
    ),
    "board": _line("skate shoes|low top sneakers|flat shoes", "retro|soft leather|thick sole|street style", (11, 35)),
    "boots": _line("hiking boots|outdoor boots|trekking shoes", "waterproof|anti slip|warm lining|high top", (16, 49)),
    "rucksack": _line(
        "backpack|school bag|travel rucksack", "large capacity|water repellent|laptop sleeve|light", (9, 32)
    ),
    "tote": _line("tote bag|shopping bag|shoulder handbag", "large capacity|canvas|magnetic snap|casual", (7, 29)),
    "shoulder": _line("crossbody bag|chain bag|shoulder bag", "quilted|small square|soft leather|trendy", (9, 39)),
    "earbuds": _line(
        "wireless earbuds|bluetooth earphones|in ear headset", "noise cancelling|long battery life|bass|sport", (7, 35)
    ),
    "headphones": _line(
        "over ear headphones|wireless headphones|gaming headset",
        "foldable|noise cancelling|deep bass|with mic",
        (12, 55),
    ),
    "watch": _line(
        "watch|wrist watch|quartz watch|automatic watch", "waterproof|luminous|steel strap|calendar", (9, 69)
    ),
    "cream": _line(
        "face cream|moisturizing cream|night cream", "hydrating|brightening|firming|all skin types", (5, 25)
    ),
    "serum": _line("face serum|essence serum|ampoule serum", "anti wrinkle|hyaluronic acid|brightening|30ml", (6, 29)),
    "lipstick": _line("lipstick|matte lipstick|lip glaze", "long lasting|velvet|moisturizing|non stick cup", (3, 14)),
    "flask": _line(
        "vacuum flask|thermos bottle|insulated water bottle", "stainless steel|leakproof|12 hours|portable", (4, 18)
    ),
    "mug": _line("coffee mug|travel mug|tumbler cup", "with lid|double wall|handle|insulated", (3, 15)),
    "plush": _line(
        "plush toy|stuffed doll|soft toy", "cute|washable|hugging pillow|gift", (3, 19), ("kids", "girls", "children")
    ),
}
SEASONS = ("2026 new", "new arrival", "spring summer", "hot sale", "autumn winter", "latest")
NOISE = ("free shipping", "in stock", "fast delivery", "wholesale", "drop shipping", "factory price", "best seller")
STRONG = (
    "1:1 replica",
    "super clone",
    "mirror quality",
    "AAA quality replica",
    "high quality copy 1:1",
    "replica",
    "top copy",
)
PAIRED = (
    ("original factory", "no box no logo picture"),
    ("AAA quality", "contact us for pictures"),
    ("overrun stock", "hidden link"),
)
RESOLD = ("brand new in box", "authentic", "with receipt", "", "", "sealed", "bought in store")
OFFICIAL = ("official store", "authorized", "official", "genuine original")
USED = ("pre-owned", "second hand", "used", "pre-loved", "refurbished")
FOR = ("for {}", "compatible with {}", "fits {}", "suitable for {}", "replacement for {}")
# Accessories by class: words, picture's key, price in USD.
ACCESSORIES: dict[str, tuple[tuple[str, str, tuple[int, int]], ...]] = {
    "running": (("insoles shock absorbing", "insoles", (3, 9)), ("shoe laces flat", "laces", (1, 4))),
    "board": (("shoe laces wide flat", "laces", (1, 4)),),
    "boots": (("boot laces strong round", "laces", (2, 5)),),
    "earbuds": (
        ("silicone case cover", "case_cover", (2, 8)),
        ("replacement ear tips", "ear_tips", (2, 6)),
        ("charging cable 1m", "cable", (2, 6)),
    ),
    "headphones": (("audio cable 1.5m", "cable", (2, 9)), ("carrying case hard", "sleeve", (5, 14))),
    "watch": (("leather watch strap 20mm", "strap", (5, 22)), ("watch band 22mm steel", "strap", (6, 25))),
    "flask": (("replacement lid with seal", "lid", (2, 7)), ("bottle sleeve carrier", "sleeve", (2, 9))),
    "mug": (("lid and straw spare part", "lid", (2, 6)),),
    "serum": (("cosmetic brush soft", "brush", (2, 8)),),
    "cream": (("foundation brush soft", "brush", (2, 8)),),
    "lipstick": (("lip brush with cap", "brush", (2, 5)),),
}
SUNDRIES = (
    ("desk lamp led dimmable bedroom", "lamp"),
    ("cotton t shirt loose round neck", "shirt"),
    ("baseball cap sun hat", "cap"),
    ("folding umbrella windproof", "umbrella"),
    ("storage box foldable fabric", "crate"),
    ("garden shovel wooden handle", "shovel"),
    ("ceramic cup and saucer", "cup"),
    ("tassel earrings long retro", "earrings"),
)
_ORDERS = (
    "{s} {b} {f} {n} {x} for {p} {g}",
    "{b} {n} {x} {f} {g} {p} {o}",
    "{b} {x} {n} {p} {f}, {g}",
    "{p} {n} {b} {f} {g} {x} {o}",
    "{x} {b} {f} {n} - {g} {s}",
    "{f} {n} {b} {g} {x} {s} {o}",
)


def title(line: str, rng: Random, name: str = "", extra: str = "") -> str:
    """A title of goods of a line that holds the name and the extra words."""
    known = LINES[line]
    f, g = rng.sample(known.praise, 2)
    words = {"s": rng.choice(SEASONS), "b": name, "n": rng.choice(known.nouns), "f": f, "g": g, "x": extra}
    whole = rng.choice(_ORDERS).format(p=rng.choice(known.people), o=rng.choice(NOISE), **words)
    return " ".join(whole.replace(" ,", ",").split())


def phrase(words: str, rng: Random, name: str = "") -> str:
    """A title of given words, a name before or behind them, and some noise."""
    parts = [words, name] if rng.random() < 0.7 else [name, words]
    return " ".join(filter(None, [*parts, rng.choice((*NOISE, ""))]))
