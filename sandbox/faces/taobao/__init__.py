"""Taobao and Tmall as they are now (FACTS 1): a search page and a detail page whose scripts ask the gateway."""

from sandbox.faces.taobao.face import Taobao

__all__ = ["Taobao"]
