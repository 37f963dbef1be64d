"""1688 as it is now (FACTS 3): a search whose script asks the gateway, offers that hold their data, shops."""

from sandbox.faces.ali1688.face import Ali1688

__all__ = ["Ali1688"]
