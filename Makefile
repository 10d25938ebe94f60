# Everything a newcomer needs; each target sets up what it lacks: `run` and `web` what rapor itself needs, the others the tests' tools too.
PYTHON ?= python3
BIN := .venv/bin
VENV = test -x $(BIN)/python || $(PYTHON) -m venv .venv
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# Files of tests side by side, in the order they stand, so that the longest is not begun last.
BESIDE := --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
CORPORA := ../shared/corpora
GOLD = $$($(BIN)/python -m tests.quality.splits train tune) tests/site/gold $(wildcard ../shared/eval/dev)

.PHONY: run web test check bench soak cluster-test model clean

run: .venv/ready
	$(BIN)/python -m tests.site.demo

web: run
	$(BIN)/rapor publish
	$(BIN)/rapor browse

test: .venv/dev
	$(BIN)/pytest $(BESIDE)

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/rapor sources check
	$(BIN)/rapor registry check
	$(BIN)/pytest $(BESIDE)

bench: .venv/dev
	$(BIN)/python -m benchmarks

soak: .venv/dev
	$(BIN)/pytest -m soak

cluster-test: .venv/dev
	$(BIN)/pytest -m cluster

model: .venv/dev
	$(INSTALL) --editable '.[dev,model]'
	$(BIN)/python -m extract.training.relevance --news $(CORPORA)/click_id_articles.jsonl.gz --everyday tests/quality/everyday.jsonl $(GOLD)
	$(BIN)/python -m extract.training.names --news $(CORPORA)/click_id_articles.jsonl.gz --corpora $(CORPORA)/ner
	$(BIN)/python -m extract.training $(GOLD)
	$(BIN)/python -m tests.quality.calibrate $(GOLD)

clean:
	rm -rf .venv var build benchmarks/.cache *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/ready: pyproject.toml constraints.txt
	$(VENV)
	$(INSTALL) --editable '.[demo]'
	touch $@

.venv/dev: pyproject.toml constraints.txt
	$(VENV)
	$(INSTALL) --editable '.[dev,js,dask,s3]'
	touch .venv/ready $@
