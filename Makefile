PYTHON ?= python3
BIN := .venv/bin
TABLES := $(wildcard src/concordant/places/data/*.tsv)
GAZETTEER := src/concordant/places/data/gazetteer.sqlite

.PHONY: setup run test check bench benchmark clean

setup: .venv/.installed $(GAZETTEER)

.venv/.installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("concordant needs Python 3.11 or later") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(GAZETTEER): .venv/.installed $(TABLES) src/concordant/places/build.py src/concordant/places/tables.py
	$(BIN)/concordant gazetteer build
	touch $@

run: setup
	$(BIN)/concordant code examples/reports

test: setup
	$(BIN)/python -m pytest -n 2

check: setup
	$(BIN)/ruff check src tests scripts benchmark benchmarks
	$(BIN)/mypy --strict src/concordant
	$(BIN)/lint-imports

bench: setup
	$(BIN)/python benchmarks/stages.py

benchmark: setup
	$(BIN)/concordant benchmark

docs: setup
	$(BIN)/python scripts/write_docs.py

clean:
	rm -rf .venv $(GAZETTEER) .mypy_cache .ruff_cache .pytest_cache
