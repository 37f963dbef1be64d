"""One runnable module for each thing that is claimed: `python -m bench.NAME [--json]`."""
