"""The frame of a crawl: settings, items, marketplaces, transports, runs; the command line."""

__version__ = "0.1.0"
