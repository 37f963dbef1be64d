"""The frame of a crawl: settings, items, marketplaces, transports, runs; the command line."""
