"""One module a marketplace: how it is asked, how its answers are read."""
