"""Alibaba.com as it is now (FACTS 4): pages that the server draws, their data in objects of their own scripts."""

from sandbox.faces.alibaba.face import Alibaba

__all__ = ["Alibaba"]
