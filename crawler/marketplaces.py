"""Data and identity of the five sites."""
