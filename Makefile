PYTHON ?= python3
BIN := .venv/bin
TABLES := $(wildcard src/concordant/places/data/*.tsv)
GAZETTEER := src/concordant/places/data/gazetteer.sqlite
ASSETS := src/concordant/web/static/world.json
# The record of `make run`: made afresh from the example reports each time.
RECORD := build/examples.db

.PHONY: setup run test browser check bench benchmark screenshots docs clean

setup: .venv/.installed $(GAZETTEER) $(ASSETS)

.venv/.installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("concordant needs Python 3.11 or later") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(GAZETTEER): .venv/.installed $(TABLES) src/concordant/places/build.py src/concordant/places/tables.py
	$(BIN)/concordant gazetteer build
	touch $@

# What the pages load. Nothing of it runs on the machine of who has the wheel: node is needed only here.
$(ASSETS): package-lock.json package.json scripts/build_assets.mjs
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	node scripts/build_assets.mjs
	touch $@

run: setup
	rm -f $(RECORD) $(RECORD)-journal
	mkdir -p build
	$(BIN)/concordant --record $(RECORD) add examples/reports
	$(BIN)/concordant --record $(RECORD) serve $(if $(NO_BROWSER),--no-browser)

# The web app's tests drive a real browser: without one they fail, they are not skipped.
browser:
	command -v chromium >/dev/null || { apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; }

test: setup browser
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: setup
	$(BIN)/ruff check src tests scripts benchmark benchmarks
	$(BIN)/mypy --strict src/concordant
	$(BIN)/lint-imports

bench: setup
	$(BIN)/python benchmarks/stages.py

benchmark: setup
	$(BIN)/concordant benchmark

# The pictures in docs/screenshots, made by the browser's tests.
screenshots: setup
	CONCORDANT_SCREENSHOTS=docs/screenshots $(BIN)/python -m pytest -q tests/web/test_web_browser.py -k screenshots

docs: setup
	$(BIN)/python scripts/write_docs.py

clean:
	rm -rf .venv node_modules src/concordant/web/static $(GAZETTEER) .mypy_cache .ruff_cache .pytest_cache
