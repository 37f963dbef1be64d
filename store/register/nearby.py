"""Files that a row names, beside its file: pictures and papers. No path leaves the file's folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".avif"}
MAX_PICTURE = 30 * 2**20
MAX_PAPER = 50 * 2**20  # a colour scan of twenty pages takes about 20 MB
CheckPicture = Callable[[bytes], None]
_SCANS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"RIFF", b"BM", b"GIF8")


class PictureError(Exception):
    """A file that a row names cannot be used; the message says which and why."""


def pictures_named(folder: Path, entries: Iterable[str]) -> tuple[list[Path], list[str]]:
    """The files that entries name: a file, or every picture of a folder, one level; never outside `folder`."""
    root, found, problems = folder.resolve(), [], []
    for entry in entries:
        try:
            found += _named(root, entry)
        except PictureError as error:
            problems.append(f"{entry}: {error}")
        except (
            OSError,
            RuntimeError,
            ValueError,
        ):  # a name no file can have, a loop of links, a folder nobody may read
            problems.append(f"{entry}: no such file")
    return found, problems


def _named(root: Path, entry: str) -> list[Path]:
    path = _inside(root, entry)
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise PictureError("no such file")
    inside = [file for file in sorted(path.iterdir()) if file.suffix.lower() in PICTURES and file.is_file()]
    inside = [file for file in inside if file.resolve().is_relative_to(root)]
    if not inside:
        raise PictureError("no pictures in this folder")
    return inside


def _inside(root: Path, entry: str) -> Path:
    path = (root / entry).resolve()
    if not path.is_relative_to(root):
        raise PictureError("leaves the folder of the file")
    return path


def read_picture(path: Path, check: CheckPicture) -> bytes:
    """The bytes of a picture that `check` lets pass. Raises PictureError."""
    try:
        data = _bounded(path, MAX_PICTURE)
        check(data)
    except Exception as error:
        raise PictureError(f"{path.name}: {error}") from None
    return data


def read_paper(folder: Path, entry: str) -> bytes:
    """The bytes of a scan beside the file. Raises PictureError: none, too large, or no scan by its content."""
    try:
        path = _inside(folder.resolve(), entry)
        if not path.is_file():
            raise PictureError("no such file")
        data = _bounded(path, MAX_PAPER)
    except PictureError as error:
        raise PictureError(f"{entry}: {error}") from None
    except (OSError, RuntimeError, ValueError):
        raise PictureError(f"{entry}: no such file") from None
    if not data.startswith(_SCANS):
        raise PictureError(f"{entry}: is no scan: give a PDF, JPEG, PNG, TIFF or WebP")
    return data


def _bounded(path: Path, most: int) -> bytes:
    size = path.stat().st_size  # what is too large is not even read
    if size > most:
        raise PictureError(f"{size / 2**20:.0f} MB, larger than {most >> 20} MB")
    return path.read_bytes()
