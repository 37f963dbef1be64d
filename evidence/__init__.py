"""What a listing was, kept so that it holds: capture, bundle, timestamps, verification (docs/evidence.md).

A bundle is a folder of files that a manifest lists with their hashes. It is written out of sight, sealed, and only
then given its name; after that nothing in it changes. Anyone can check it without this tool.
"""
