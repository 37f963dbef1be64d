"""Capture, bundle, timestamps, verify. The room stands ready; evidence is captured by a later capability."""
