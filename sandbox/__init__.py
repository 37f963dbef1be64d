"""A local stand-in for the marketplaces: for the demo, for tests, for measuring. Never imported by the product."""
