# make app     set up and serve the atlas (PORT=8501, HOST=localhost)
# make test    set up and run every check and test
# make browser bundle the browser half anew after a change of its sources
# make bench   measure speed against the floor, see bench/README.md
# make screenshots   take the pictures of the pages anew
# make lock    resolve the dependencies anew (needs uv)

PYTHON ?= python3
PORT ?= 8501
HOST ?= localhost
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
READY_NODE := node_modules/.ready
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm
PIP := $(BIN)/python -m pip install --disable-pip-version-check --quiet

.PHONY: app test check browser bench screenshots lock wheel clean

app: $(READY)
	@$(BIN)/bri-map serve --host "$(HOST)" --port "$(PORT)"

test: check
	$(BIN)/python -m pytest -n logical --dist loadfile --no-loadscope-reorder

check: $(READY_DEV) $(READY_NODE)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bri-map validate --strict
	$(BIN)/bri-map dictionary --check
	$(NPM) run --silent check

browser: $(READY_NODE)
	$(NPM) run --silent build

bench: $(READY_DEV)
	$(BIN)/python -m bench

screenshots: $(READY_DEV)
	$(BIN)/python docs/screenshots/take.py

wheel: $(READY_DEV)
	$(BIN)/python -m hatchling build -t wheel

COMPILE := uv pip compile pyproject.toml --extra app --extra intake --group build --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet

lock:
	$(COMPILE) -o requirements.lock
	$(COMPILE) --group dev -o requirements-dev.lock

clean:
	rm -rf $(VENV) node_modules dist build

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "bri-map needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

$(READY): requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up bri-map in $(VENV) (once, takes a minute or two) ..."
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(READY_DEV): requirements-dev.lock $(READY)
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

# Node and npm are wheels among the development dependencies; nothing of it is needed to serve.
$(READY_NODE): package-lock.json $(READY_DEV)
	$(NPM) ci --ignore-scripts --silent
	@touch $@
