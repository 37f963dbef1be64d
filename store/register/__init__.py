"""The register of rights: the files other people write (docs/formats.md), and their way into the store."""

from store.register.prepare import Prepared, prepare
from store.register.read import RightsFile, read_rights
from store.register.rows import RightRow
from store.register.write import Imported, import_rights

__all__ = ["Imported", "Prepared", "RightRow", "RightsFile", "import_rights", "prepare", "read_rights"]
