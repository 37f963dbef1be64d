"""Scrapy commands of our own; ours win over Scrapy's of the same name."""
