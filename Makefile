# Everything a newcomer or a machine needs; `make help` says what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Two workers; each takes from the other's share when its own is done.
TESTS := $(BIN)/python -m pytest -n 2 --dist worksteal
# Compiled once for all: the tests start many processes, and each would compile a hundred thousand lines anew.
unexport PYTHONDONTWRITEBYTECODE
ENGINE := dialogs/engine.py,dialogs/position.py,dialogs/fitting.py,dialogs/parsing.py,dialogs/facts.py
CONDITIONS := dialogs/conditions.py,dialogs/compiled.py,dialogs/tables/*
COVERED := $(ENGINE),$(CONDITIONS),dialogs/guards/*,storage/outbox.py,storage/memory/outbox.py
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.DEFAULT_GOAL := help
.PHONY: help run test test-core test-fast test-browser coverage check format lock sbom pins bench faults simulate \
  screenshots clean

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(VENV)/.run: requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(INSTALL) -r requirements-dev.lock
	@touch $@

run: $(VENV)/.run ## Install what is locked and open the demo at http://localhost:8000
	$(BIN)/python -m bot demo

test: $(VENV)/.dev ## Run every test
	$(TESTS)

test-core: $(VENV)/.dev ## The pure tests: seconds
	$(TESTS) tests/core tests/golden

test-fast: $(VENV)/.dev ## Every test but those in a real browser: minutes
	$(TESTS) -m "not browser"

test-browser: $(VENV)/.dev ## Only the tests in a real browser
	$(TESTS) -m browser

coverage: $(VENV)/.dev ## Every branch of engine, conditions, tables, guards and outbox must be met by a test
	$(TESTS) tests/core tests/golden tests/content tests/properties \
	  tests/contracts/test_storage_outbox.py tests/contracts/test_storage_told.py \
	  -k "not takes_at_most_20_ms" --cov=dialogs --cov=storage --cov-branch --cov-report=
	$(BIN)/coverage report --show-missing --fail-under=100 --include='$(COVERED)'

check: $(VENV)/.dev ## Format, lint, types, import contracts, content lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(BIN)/python -m bot content check

format: $(VENV)/.dev ## Let the formatter do it
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.dev ## The worry form against two other bots' forms, in one run, and where our own CPU goes
	$(BIN)/python -m bench forms
	$(BIN)/python -m bench profile

faults: $(VENV)/.dev ## Real processes, kill -9, and what was acknowledged before
	$(BIN)/python -m tests.faults

simulate: $(VENV)/.dev ## Reminders over 400 days, outages of hours, ten thousand messages in the same minute
	$(BIN)/python -m tests.simulate

screenshots: $(VENV)/.dev ## Take the README's pictures from a fresh demo
	$(BIN)/python scripts/screenshots.py

sbom: ## Write what the program is made of to sbom.json (CycloneDX)
	$(PYTHON) scripts/sbom.py requirements.lock sbom.json

pins: ## Every pinned library and since when we pin it; needs git and no network
	$(PYTHON) scripts/pins.py

lock: ## Make the lock files anew, without addresses in them
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --extra dev -c requirements.lock \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements-dev.lock pyproject.toml

clean: ## Forget what was installed and what the demo stored
	rm -rf $(VENV) var .pytest_cache .ruff_cache .hypothesis .import_linter_cache
