"""`python -m crawler.cli`: the console command without its script."""

from crawler.cli import main

main()
