# Everything that people, operators and CI run. On a fresh machine with Python, pip, git and make: `make demo`, `make test`.

PORT ?= 8000
PY = .venv/bin/python
BARE = env -u DATABASE_URL -u REDIS_URL
APPS = workflow accounts notifications files stations deliberations suggestions supervision config
TESTS ?= tests

.PHONY: setup setup-dev demo demo-fresh test check test-services test-api test-browser test-deep bench messages lock

setup: ## what the demo and the tests need, into .venv/
	@tools/setup.sh requirements-test.txt

setup-dev:
	@tools/setup.sh requirements-dev.txt

demo: export PORT := $(PORT)
demo: export HELP_LINE ?= 代工委 王芳 0319-5212345
demo: setup ## the portal with the demo county on 127.0.0.1:$PORT; Ctrl-C ends it
	@$(BARE) $(PY) manage.py migrate --verbosity 0
	@$(BARE) $(PY) manage.py collectstatic --no-input --verbosity 0
	@$(BARE) $(PY) manage.py load_demo
	@echo "打开 / open  http://127.0.0.1:$(PORT)/demo/    (Ctrl-C 结束 / ends it)"
	@$(BARE) $(PY) -m honcho start --no-colour

demo-fresh: setup ## throw the demo county away and build it anew
	@$(BARE) $(PY) manage.py load_demo --forget
	@$(MAKE) --no-print-directory demo

test: setup ## the suite, on SQLite and without any server; of the largest grids a share
	$(BARE) $(PY) -m pytest -n 2 --dist loadscope -m "not browser and not fuzz and not exhaustive" $(TESTS)

test-services: setup ## the whole suite on PostgreSQL and Redis
	@test -n "$(DATABASE_URL)" -a -n "$(REDIS_URL)" || { echo "DATABASE_URL and REDIS_URL must be set." >&2; exit 1; }
	$(PY) -m pytest -n 2 --dist loadscope -m "not browser and not fuzz" $(TESTS)

test-browser: setup-dev ## the pages in headless Chromium (Debian's package chromium)
	$(BARE) $(PY) -m pytest -m browser $(TESTS)/browser

test-api: setup-dev ## whatever the description of the API allows, and what it does not, by everybody (CASES per operation)
	$(BARE) $(PY) -m pytest -m fuzz $(TESTS)/api

test-deep: setup ## long walks of everybody's acts in any order; by hand, half an hour
	$(BARE) WALKS=300 STEPS=40 $(PY) -m pytest tests/stories/test_invariants.py

bench: setup ## how fast it is, on the PostgreSQL server of DATABASE_URL; by hand, half an hour (docs/performance.md)
	@test -n "$(DATABASE_URL)" || { echo "DATABASE_URL must name a PostgreSQL server." >&2; exit 1; }
	$(PY) -m bench pages
	$(PY) -m bench reminders 100000
	$(PY) -m bench workbook 2000
	$(PY) -m bench workbook 20000
	$(PY) -m bench ledger 1000 10000

check: setup-dev ## format, lint, types, templates, migrations, catalogues, import line, production settings
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	.venv/bin/lint-imports
	.venv/bin/mypy $(APPS)
	$(BARE) $(PY) manage.py makemigrations --check --dry-run
	$(PY) tools/messages.py check
	$(BARE) DATA_DIR=$$(mktemp -d) SITE_URL=https://rd.example.cn ALLOWED_HOSTS=rd.example.cn \
		$(PY) manage.py check --deploy --fail-level WARNING

messages: setup-dev ## collect texts into locale/ and compile (needs gettext)
	$(PY) tools/messages.py make

lock: ## resolve pyproject.toml anew into the three lock files (needs network)
	tools/lock.sh
