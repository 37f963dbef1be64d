"""AliExpress as it is now (FACTS 5): search pages with their data in them, detail pages whose script asks for it."""

from sandbox.faces.aliexpress.face import AliExpress

__all__ = ["AliExpress"]
