# Two commands do all: `make run` runs the shop, `make test` passes its tests. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV ?= .venv
PY := $(VENV)/bin/python
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT
export PYTHONDONTWRITEBYTECODE = 1

.PHONY: help setup setup-dev run seed test test-fast lint format types contracts templates check services bench lighthouse screenshots pins clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:[^#]*##/\t/' | expand -t 14

$(VENV)/.runtime: requirements.txt
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

setup: $(VENV)/.runtime ## virtual environment with the pinned requirements
setup-dev: $(VENV)/.dev ## the same with what tests and checks need

run: setup ## the whole shop on http://$(HOST):$(PORT): database, demo market, index, web server, worker
	@$(PY) manage.py serve --host $(HOST) --port $(PORT)

seed: setup ## the demo market again (SEED=1 SCALE=1)
	@$(PY) manage.py prepare
	@$(PY) manage.py seed_demo --seed $${SEED:-1} --scale $${SCALE:-1}

test: setup-dev ## the whole suite on the embedded services, or on those that DATABASE_URL, SEARCH_URL, CACHE_URL name
	@$(PY) manage.py build_locale && $(PY) manage.py build_assets -v 0
	@$(PY) -m pytest -n 2 --dist loadgroup $(ARGS)

test-fast: setup-dev ## the suite without browser and slow tests
	@$(PY) manage.py build_locale && $(PY) manage.py build_assets -v 0
	@$(PY) -m pytest -n 2 --dist loadgroup -m "not browser and not slow" $(ARGS)

lint: setup-dev ## ruff and its formatter
	@$(PY) -m ruff check . && $(PY) -m ruff format --check .

format: setup-dev ## let ruff format
	@$(PY) -m ruff check --fix . ; $(PY) -m ruff format .

types: setup-dev ## mypy
	@$(PY) -m mypy

contracts: setup-dev ## who may import whom
	@$(VENV)/bin/lint-imports

templates: setup-dev ## template lint
	@$(VENV)/bin/curlylint themes

check: lint contracts types templates ## what CI runs: lint, types, contracts, migrations, suite on embedded and on real services
	@$(PY) manage.py makemigrations --check --dry-run
	@bash config/services/check.sh

services: setup-dev ## PostgreSQL, Redis and Elasticsearch for development; prints the settings to export
	@bash config/services/start.sh

bench: setup ## the project's own benchmark: a table, and JSON in var/bench/
	@$(PY) manage.py bench $(ARGS)
	@$(PY) manage.py bench_trace

lighthouse: setup ## Lighthouse (mobile) on the main pages; needs node and a Chromium
	@bash config/services/lighthouse.sh

screenshots: setup-dev ## every page at three widths in both schemes into screenshots/
	@$(PY) manage.py screenshots

pins: ## compile the exact versions again (needs uv)
	uv pip compile -q --python-version 3.11 --no-header --no-annotate --no-emit-index-url requirements.in -o requirements.txt
	uv pip compile -q --python-version 3.11 --no-header --no-annotate --no-emit-index-url requirements-dev.in -o requirements-dev.txt

clean: ## forget database, media and index
	rm -rf var
