# One door for everything. `make run` and `make test` need Python 3.11 and make, nothing else.

PYTHON ?= $(shell command -v python3.11 || echo python3)
BIN := .venv/bin
HOST ?= 127.0.0.1
PORT ?= 8000
# Where one listens everywhere, links and letters name this machine; other IPv6 addresses stand in brackets.
HERE = $(if $(filter 0.0.0.0 ::,$(HOST)),127.0.0.1,$(if $(findstring :,$(HOST)),[$(HOST)],$(HOST)))
PUBLIC_URL ?= http://$(HERE):$(PORT)
export HOST PORT PUBLIC_URL

# Written by `make services`: where the throw-away PostgreSQL and Redis are, and which browser there is.
-include .services/env
export TEST_DATABASE_URL TEST_REDIS_URL CHROMIUM HTML_CHECKER

.PHONY: run test lint bench bench-pages services services-stop lock migration translations vendor clean

## Set up, migrate, fill a new database with the demonstration week, and serve it.
run: .venv/runs
	@$(BIN)/flask --app wsgi prepare
	@exec $(BIN)/granian --interface wsgi --host $(HOST) --port $(PORT) --workers 1 --blocking-threads 4 \
		--no-ws --log-level warning wsgi:app

## Everything that is checked. REQUIRE_ALL=1 makes a missing browser, PostgreSQL or Redis a failure.
test: .venv/tests lint
	$(BIN)/pytest --numprocesses auto --dist worksteal

lint: .venv/tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python tools/vendor.py --check

## Measure, with wrk and nginx: bench/README.md. QUICK=1 for a first look, ONLY=hot for a part.
bench: .venv/tests
	@$(BIN)/python -m bench $(if $(QUICK),--quick) $(addprefix --only ,$(ONLY))

## Measure a first visit to each kind of page, in Chromium: bytes, layout shift, long tasks.
bench-pages: .venv/tests
	@$(BIN)/python -m bench.pages

## Install what is missing with apt, and start throw-away PostgreSQL and Redis servers.
services:
	@$(PYTHON) tools/services.py start

services-stop:
	@$(PYTHON) tools/services.py stop

## Pin everything that requirements*.in asks for, newest that fits, with hashes.
lock: .venv/tests
	$(BIN)/python tools/lock.py

## Write the next migration from the models: make migration WHY="what changes".
migration: .venv/tests
	@PYTHONPATH=. $(BIN)/python tools/migration.py "$(WHY)"

## Gather the texts of the interface, and compile the catalogues.
translations: .venv/tests
	$(BIN)/python tools/translations.py

clean:
	rm -rf .venv .services test-results

.venv/bin/python:
	@tools/venv.sh $(PYTHON)

.venv/runs: requirements.txt | .venv/bin/python
	@$(BIN)/pip install --quiet --require-hashes --only-binary :all: -r requirements.txt
	@touch $@

.venv/tests: requirements-dev.txt requirements.txt | .venv/bin/python
	@$(BIN)/pip install --quiet --require-hashes --only-binary :all: -r requirements-dev.txt
	@touch .venv/runs $@
