"""Pictures under addresses such as the sites use (FACTS 0.2), and back from such an address to the file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from sandbox.catalogue import Goods
from sandbox.exchange import Reply, not_found
from sandbox.paths import Folder, PathError

# Extensions as the site writes them; whatever else a catalogue names is served as .jpg, which is what sellers upload.
_EXTENSIONS = {".jpg": "jpg", ".jpeg": "jpg", ".png": "png", ".gif": "gif", ".webp": "webp", ".avif": "avif"}
_CONTENT_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
}
_TOKEN = re.compile(r"/(?:O1CN01|kf/[A-Z])([0-9a-f]{20})", re.ASCII)


class Pictures:
    """All pictures of some goods. One file has one address, whoever sells with it: one upload, as on the site."""

    def __init__(self, goods: Iterable[Goods], folder: Path) -> None:
        self._folder = Folder(folder)
        self._names: dict[str, str] = {}
        self._uploaders: dict[str, str] = {}
        for one in goods:
            for name in (*one.images, *one.description_images):
                self._names[_token(name)] = name
                self._uploaders.setdefault(name, one.seller_id)

    def path(self, name: str) -> str:
        """The path of a picture's address on Taobao: i<1..4>/<uploader>/<file>."""
        return f"i{int(_token(name)[0], 16) % 4 + 1}/{self._uploader(name)}/{self.file_name(name)}"

    def file_name(self, name: str, origin: str = "") -> str:
        """O1CN01<token>_!!<who uploaded it first><origin>.<extension>; origin : such as `-0-cib`."""
        return f"O1CN01{_token(name)}_!!{self._uploader(name)}{origin}.{_extension(name)}"

    def key(self, name: str) -> str:
        """The key of a picture below /kf/, as Alibaba.com and AliExpress have it, without its first letter."""
        return hashlib.sha256(name.encode()).hexdigest()[:32]

    def kf(self, letter: str, name: str, words: str = "") -> str:
        """The path below /kf/: <letter><key>.<extension>, with the seller's words <letter><key>/<words>.<extension>."""
        return f"{letter}{self.key(name)}{'/' if words else ''}{words}.{_extension(name)}"

    def reply(self, path: str) -> Reply:
        """The picture of an address, in whatever size it is asked for: files are never scaled here."""
        found = _TOKEN.search(path)
        name = self._names.get(found[1]) if found else None
        file = self._file(name) if name else None
        if name is None or file is None:
            return not_found("picture")
        return Reply(kind="picture", file=file, content_type=_CONTENT_TYPES[_extension(name)])

    def _uploader(self, name: str) -> str:
        return "".join(c for c in self._uploaders.get(name, "") if c.isascii() and c.isdigit()) or "0"

    def _file(self, name: str) -> Path | None:
        try:
            return self._folder.file(name)
        except PathError:  # a link was turned outward after the catalogue had been read
            return None


def serves(hosts: Iterable[str]) -> Callable[[str], object]:
    """Says of a host whether it is one of these; `#` stands for any digit."""
    return re.compile("|".join(re.escape(host).replace(r"\#", "[0-9]") for host in hosts), re.ASCII).fullmatch


def _token(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:20]


def _extension(name: str) -> str:
    return _EXTENSIONS.get(Path(name).suffix.lower(), "jpg")
