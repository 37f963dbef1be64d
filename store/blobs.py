"""Files known by their content, in the data folder: photos of listings, pictures of rights."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path


class Blobs:
    """Bytes under their sha256: `put` writes once and whole, or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the bytes of that hash lie (or would)."""
        if len(sha256) != 64 or not sha256.isalnum():
            raise ValueError("not a sha256")
        return self.folder / sha256[:2] / sha256

    def put(self, data: bytes) -> str:
        """Keep `data`; its sha256 (hex). Raises OSError where the folder cannot be written."""
        sha256 = hashlib.sha256(data).hexdigest()
        target = self.path(sha256)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
                file.write(data)
            Path(file.name).replace(target)  # a kill leaves a stray temporary file, never half a blob
        return sha256

    def get(self, sha256: str) -> bytes | None:
        """The bytes of that hash; None when they are not here."""
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError:
            return None
