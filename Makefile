# On a fresh machine with only Python 3.11+ and git: `make demo` and `make test` each do all the set-up.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready
TESTERS ?= 2

.PHONY: demo test check build lock bench clean help

help:
	@echo "make demo    read samples/ into out/ and print the table"
	@echo "make test    run the tests, in two processes (TESTERS=2)"
	@echo "make check   lint, format, types, layers"
	@echo "make build   build the wheel into dist/"
	@echo "make bench   measure speed and memory (eval/bench)"
	@echo "make lock    renew requirements.lock from pyproject.toml"

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; give one with: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY)
	$(BIN)/clauseline run samples --out out

test: $(READY)
	$(BIN)/python -m pytest -n $(TESTERS) --no-loadscope-reorder -m 'not alone'
	$(BIN)/python -m pytest -m alone $$(grep -rl --include='*.py' mark.alone tests)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

build: $(READY)
	$(BIN)/python -m build --wheel --no-isolation

bench: $(READY)
	$(BIN)/python -m eval.bench

lock: $(READY)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-annotate --no-header --extra dev pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv build dist out *.egg-info
