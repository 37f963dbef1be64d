"""The register of rights: the file other people write (docs/formats.md), and its way into the store."""

from store.register.read import RightsFile, read_rights
from store.register.rows import RightRow
from store.register.write import Imported, Prepared, import_rights, prepare

__all__ = ["Imported", "Prepared", "RightRow", "RightsFile", "import_rights", "prepare", "read_rights"]
