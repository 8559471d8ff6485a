# Two commands matter: `make run` and `make test`. `make help` lists the rest.
# A machine that already has a suitable environment: make test PYTHON=/path/to/python
VENV := .venv
ifdef PYTHON
  PY := $(PYTHON)
  RUN_STAMP :=
  TEST_STAMP :=
else
  PY := $(VENV)/bin/python
  RUN_STAMP := $(VENV)/.installed
  TEST_STAMP := $(VENV)/.installed-dev
endif
PYTEST := OMP_NUM_THREADS=1 $(PY) -m pytest
SHARED := $(PYTEST) --numprocesses 2 --dist worksteal
PIP := $(PY) -m pip --disable-pip-version-check

.PHONY: help run test check lint bench audit lock clean
help:
	@echo "make run    set up, then the chat app on http://127.0.0.1:8501"
	@echo "make test   set up, then every test (make check: lint and the fast ones)"
	@echo "make lint   ruff, mypy and the import contract"
	@echo "make bench  measured figures"
	@echo "make audit  the pinned packages' known weaknesses, where an index that lists them is reachable"
	@echo "make lock   pin the newest versions that pyproject.toml admits into requirements.lock"

run: $(RUN_STAMP)
	$(PY) -m ui.cli serve

# Two processes share the tests; those in the browser follow by themselves, since they wait for what is on a screen.
test: $(TEST_STAMP) lint
	failed=0; \
	$(SHARED) -rs -m "not browser" || failed=1; \
	$(PYTEST) -rs -m browser || failed=1; \
	exit $$failed

check: $(TEST_STAMP) lint
	$(SHARED) -m "not slow and not browser"

lint: $(TEST_STAMP)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

bench: $(TEST_STAMP)
	$(PY) -m tests.bench

audit: $(TEST_STAMP)
	$(PY) .ci/audit

# torch comes first and by its exact version: a range would pull its CUDA build.
$(VENV)/bin/python:
	python3 -m venv $(VENV)
	$(PIP) install --quiet torch==$$(sed -n 's/^torch==//p' requirements.lock)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --constraint requirements.lock --editable .
	@touch $@

$(VENV)/.installed-dev: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --constraint requirements.lock --editable '.[dev]'
	@touch $@ $(VENV)/.installed

lock:
	sh .ci/lock

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
