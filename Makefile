# Two commands do all: `make demo` and `make test`. Both set up what they need first.
VENV := .venv/bin

.PHONY: help setup demo test lint types imports fast lock clean

help:
	@echo "make demo   set up, then find planted counterfeits on the local stand-in marketplace"
	@echo "make test   set up, then lint, types, import order, all tests (browser included)"
	@echo "make fast   the tests that need no browser"
	@echo "make lock   pin the dependencies anew (requirements.lock)"

setup:
	@sh scripts/setup.sh

demo: setup
	@$(VENV)/bazaarwatch demo

test: setup lint types imports
	@$(VENV)/pytest -n auto --dist worksteal

fast:
	@$(VENV)/pytest -m "not browser and not postgres"

lint:
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .

types:
	@$(VENV)/mypy

imports:
	@$(VENV)/lint-imports --no-logo 2>/dev/null || $(VENV)/lint-imports

lock:
	@$(VENV)/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header \
		--no-emit-index-url --no-emit-find-links --python-version 3.11 --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf .venv demo-output .mypy_cache .ruff_cache .pytest_cache .hypothesis
