# Demeu: `make up` starts the platform, `make test` tests it, `make help` prints what else there is.
# Needs Python >= 3.11 with venv, Node >= 20, and the package registries. Everything lands in this folder.

PYTHON ?= python3
UV_VERSION := 0.13.9
BOOT := .venv-boot/bin
BIN := .venv/bin

# Caches stay in the project's folder; set these to share them between checkouts.
export UV_CACHE_DIR ?= $(CURDIR)/.cache/uv
export npm_config_cache ?= $(CURDIR)/.cache/npm
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := $(CURDIR)/.venv

CATALOGUES := $(wildcard locale/*/*/LC_MESSAGES/*.po)
WEB_SOURCES := $(shell find web -type f -not -path 'web/dist/*' -not -path 'web/drawn/*' 2>/dev/null; find src -name '*.html') $(wildcard vite.config.*)

# $(call timed,what,command): runs a command, shows its name and seconds; its output only when it fails.
define timed
@began=$$(date +%s); [ ! -t 1 ] || printf '  … %s\r' '$(1)'; \
if output=$$( { $(2); } 2>&1 ); then \
  printf '  ✓ %-28s %6d s\n' '$(1)' $$(( $$(date +%s) - began )); \
else \
  printf '  ✗ %s failed:\n' '$(1)' >&2; printf '%s\n' "$$output" | head -n 20 >&2; exit 2; \
fi
endef

.PHONY: up down reset test check bench bench-full soak build help fmt messages python node web
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

## up: start the platform in the foreground and print its address (Ctrl-C stops it)
up: build
	@exec $(BIN)/demeu up

## down: stop the platform of this checkout
down: .venv/.run
	@$(BIN)/demeu down

## reset: stop the platform and remove its databases, keys and logs
reset: .venv/.run
	@$(BIN)/demeu reset --yes

## test: run every test; the last line is the summary
test: build .venv/.dev
	@$(BIN)/python tests/run.py

## check: style, types, contracts between parts, templates, house rules
check: .venv/.dev
	@$(BIN)/python tests/check.py

## fmt: put the code into the house's form
fmt: .venv/.dev
	@$(BIN)/ruff check --fix --quiet src tests bench; $(BIN)/ruff format --quiet src tests bench

## bench: one table of speeds and sizes (at most 15 minutes, reduced sizes)
bench: build .venv/.dev
	@$(BIN)/python bench/run.py

## bench-full: one area at full size, AREA=scoring for example
bench-full: build .venv/.dev
	@test -n "$(AREA)" || { echo 'Name an area: make bench-full AREA=scoring' >&2; exit 2; }
	@$(BIN)/python bench/run.py --full "$(AREA)"

## soak: bent signatures for an hour, 200 kills, ten million steps, gifts and payouts for hours
soak: export DEMEU_SOAK_RESULTS := $(CURDIR)/docs/operations/soak.jsonl
soak: build .venv/.dev
	@rm -f $$DEMEU_SOAK_RESULTS
	@DEMEU_FUZZ_SECONDS=1200 $(BIN)/python tests/run.py src/demeu/vault/identity/tests/test_eds_fuzz.py \
	  src/demeu/vault/households/registries/tests/test_soap_attacks.py
	@DEMEU_KILLS=200 $(BIN)/python tests/run.py tests/system/test_treasury_database_killed.py \
	  tests/system/test_treasury_killed.py
	@DEMEU_SIMULATED_STEPS=10000000 DEMEU_SIMULATED_DATABASE_STEPS=200000 $(BIN)/python tests/run.py \
	  treasury/tests/test_simulated.py treasury/tests/test_simulated_books.py
	@$(BIN)/python bench/soak.py

## build: dependencies, front end and message catalogues, without starting anything
build: .venv/.run web messages

## messages: compile the catalogues of all languages
messages: .venv/.run
	@$(BIN)/python -m demeu.roles.catalogues > /dev/null

## help: print this list
help:
	@echo 'Demeu'; sed -n 's/^## \([a-z-]*\): \(.*\)/  make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | \
	  awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "✗ Python 3.11 or later is needed; '$(PYTHON)' is $$($(PYTHON) -V 2>&1)." >&2; \
	  echo '  Fix: apt-get install python3 python3-venv, or make up PYTHON=/path/to/python3.11' >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo '✗ This Python cannot make virtual environments.' >&2; \
	  echo '  Fix: apt-get install python3-venv' >&2; exit 2; }

node:
	@command -v node >/dev/null && command -v npm >/dev/null || { \
	  echo '✗ Node.js 20 or later with npm is needed and was not found.' >&2; \
	  echo '  Fix: install it from https://nodejs.org/ or your system, so that `node -v` answers.' >&2; exit 2; }
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || { \
	  echo "✗ Node.js 20 or later is needed; this is $$(node -v)." >&2; \
	  echo '  Fix: install a later one from https://nodejs.org/' >&2; exit 2; }

$(BOOT)/uv: | python
	$(call timed,Installer,$(PYTHON) -m venv .venv-boot && $(BOOT)/pip install --quiet --no-cache-dir --disable-pip-version-check uv==$(UV_VERSION))

.venv/.run: uv.lock pyproject.toml | $(BOOT)/uv
	$(call timed,Python dependencies,$(BOOT)/uv sync --quiet --frozen --inexact --compile-bytecode --no-dev --extra local --python $(PYTHON))
	@touch $@

.venv/.dev: uv.lock pyproject.toml | $(BOOT)/uv
	$(call timed,Test dependencies,$(BOOT)/uv sync --quiet --frozen --inexact --compile-bytecode --extra local --extra spark --python $(PYTHON))
	@touch $@ .venv/.run

node_modules/.installed: package-lock.json | node
	$(call timed,Node packages,npm ci --no-audit --no-fund --loglevel=error)
	@touch $@

web: web/dist/.built

web/dist/.built: package-lock.json $(WEB_SOURCES) | node_modules/.installed
	$(call timed,Front end,npm run build --silent)
	@touch $@
