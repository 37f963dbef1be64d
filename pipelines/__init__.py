"""One item pipeline a file: photos, score, store, and what goes on to the feed."""
