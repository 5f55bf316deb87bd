# make run     set up everything, build the index, serve on http://127.0.0.1:8000
# make test    set up everything, run all tests, on as many cores as there are, up to four
# make coverage  the same, and tell which lines of bot/ no test runs; takes twice as long
# make check   lint, format and types
# make lock    write constraints.txt anew from what is installed

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Half of pip's time would go into byte-compiling modules that nothing imports; Python compiles
# those that are, once, if nothing keeps it from writing them down.
unexport PYTHONDONTWRITEBYTECODE
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --constraint constraints.txt
PYTEST := $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

.PHONY: run build test coverage check lock browser fonts clean

run: build
	$(BIN)/resume-bot serve --watch

build: $(VENV)/run
	$(BIN)/resume-bot build

test: $(VENV)/dev browser
	$(PYTEST)

coverage: $(VENV)/dev browser
	$(PYTEST) --cov --cov-report=term:skip-covered

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing what is needed; the first time this takes some minutes."
	$(PIP) --editable '.[build]'
	@touch $@

$(VENV)/dev: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing what is needed; the first time this takes some minutes."
	$(PIP) --editable '.[build,dev]'
	@touch $@ $(VENV)/run

# Browser tests use the Chromium that is there. Else root installs the system's, others Playwright's.
browser: $(VENV)/dev fonts
	@command -v chromium chromium-browser google-chrome > /dev/null \
	|| if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; \
	   then apt-get update -qq && apt-get install -y -qq chromium > /dev/null; \
	   else $(BIN)/playwright install chromium; fi

# Pages in Chinese are printed, which wants a font that has it.
fonts:
	@fc-list :lang=zh 2> /dev/null | grep -q . \
	|| ! { [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; } \
	|| { apt-get update -qq && apt-get install -y -qq fontconfig fonts-wqy-zenhei > /dev/null; }

lock: $(VENV)/dev
	$(BIN)/python -m pip freeze --exclude-editable | sed 's/+cpu$$//' > constraints.txt

clean:
	rm -rf $(VENV) index/builds index/models index/manifest.json
