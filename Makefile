# The only door to this project. `make` lists the targets; `make demo` and `make test` set everything up by themselves.
# Needed: GNU make and Python 3.11 or newer; no system packages, no administrator.

VENV := .venv
PEERS := .venv-peers
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
WORKERS ?= auto
FOR ?= 60
FILES ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test check packs format bench fuzz peers docs news lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.stamp ## set up the environment .venv (once, and again when requirements change)

demo: setup ## 演示 the demonstration city: facts made, judged, shown
	$(BIN)/xiaoneng demo

test: setup ## the whole suite (FILES=tests/timing for a part)
	$(BIN)/python -m pytest -n $(WORKERS) $(FILES)

check: setup ## every gate but the suite: form, lint, types, imports, packs, YAML, spelling, house rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/xiaoneng packs check
	$(BIN)/yamllint --strict .
	$(BIN)/codespell
	$(BIN)/python -m pytest -q tests/test_house.py tests/test_words.py

packs: setup ## every pack: read, proved, and its case files judged at both speeds
	$(BIN)/xiaoneng packs check
	$(BIN)/python -m pytest -q tests/packs_real

format: setup ## let ruff order the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only .

bench: setup $(PEERS)/.stamp ## speed, beside the programs people use today
	$(PEERS)/bin/python -m bench

fuzz: setup ## kernel against oracle on random histories for FOR=60 seconds
	PYTHONPATH=tests $(BIN)/python -m oracle.fuzz --seconds $(FOR) --first-seed $$(date +%s)

peers: $(PEERS)/.stamp ## other people's programs in .venv-peers, and the tests that ask them
	$(PEERS)/bin/python -m pytest -k "peers or pm4py"

docs: setup ## make the pages that are made from the packs, and see that the documentation agrees with the tree
	$(BIN)/python tools/pages.py
	$(BIN)/codespell docs README.md CONTRIBUTING.md
	$(BIN)/python -m pytest -q tests/test_words.py tests/test_house.py tests/test_pages.py tests/packs/test_complaint_codes.py

news: setup ## show the next changelog; with VERSION=1.2.0 write it
	$(BIN)/towncrier build $(if $(VERSION),--yes --version $(VERSION),--draft --version next)

lock: setup ## pin the newest allowed versions with their hashes
	for set in installer product develop peers; do $(BIN)/uv pip compile --quiet --upgrade --generate-hashes \
		--no-header --universal --python-version 3.11 requirements/$$set.in -o requirements/$$set.txt || exit 1; done

clean: ## remove what make and the tools have made, the environments too
	rm -rf $(VENV) $(PEERS) build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests bench -name __pycache__ -prune -exec rm -rf {} +

# An environment: made by venv, filled by uv if it can be had, else by pip; every download is checked against its hash.
define fill
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with venv and pip is needed: make PYTHON=/path/to/python" >&2; exit 1; }
	test -x $(1)/bin/python || $(PYTHON) -m venv $(1)
	$(1)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/installer.txt \
		&& $(1)/bin/uv pip install --quiet --python $(1)/bin/python --require-hashes -r requirements/$(2).txt \
		|| $(1)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$(2).txt
	$(1)/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $(1)/.stamp
endef

$(VENV)/.stamp: requirements/installer.txt requirements/develop.txt pyproject.toml
	$(call fill,$(VENV),develop)

$(PEERS)/.stamp: requirements/installer.txt requirements/peers.txt pyproject.toml
	$(call fill,$(PEERS),peers)
