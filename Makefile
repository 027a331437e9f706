# make demo: the whole service on this machine. make check: what to run before each commit, two minutes.
# make test: every test that can run here. make postgresql: those that store, on the other database.
# make endurance: real processes under load and killed.
# make install: what an installation needs, and no more.
# make bench: what a message costs on both databases, several nodes, an office of years (its pages, ticks, commands and
# memory with SIZE submissions), and how people are served who talk as they do in WeChat.
PYTHON ?= python3
PORT ?= 8000
SIZE ?= 50000
VENV := .venv
BIN := $(VENV)/bin
unexport PYTHONDONTWRITEBYTECODE  # every process of the tests would compile every module again

.PHONY: demo install check test postgresql endurance bench lint clean

demo: $(VENV)/.run
	@$(BIN)/python -m bot demo --port $(PORT)

install: $(VENV)/.run
	@$(BIN)/python -m compileall -q bot handlers content storage

check: lint
	@$(BIN)/python -m pytest -m "not endurance and not browser and not slow" --ignore tests/benchmarks

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -m "not endurance"
	@echo "Those that store were run on SQLite; make postgresql runs them on PostgreSQL."

postgresql: $(VENV)/.dev
	@$(BIN)/python -m pytest -m "not endurance" --engine postgresql tests/storage tests/handlers tests/journeys tests/bot/api tests/bot/commands tests/bot/web tests/bot/worker tests/bot/test_upgrading.py tests/bot/test_installing.py

endurance: $(VENV)/.dev
	@$(BIN)/python -m pytest -n 0 -m endurance
	@$(BIN)/python -m pytest -n 0 -m endurance --engine postgresql tests/endurance/test_nodes.py

bench: $(VENV)/.dev
	@$(BIN)/python -m benchmarks.webhook
	@$(BIN)/python -m benchmarks.engines
	@$(BIN)/python -m benchmarks.nodes
	@$(BIN)/python -m benchmarks.growth --size $(SIZE)
	@$(BIN)/python -m benchmarks.conversations

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

$(VENV)/.run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python cannot make a virtual environment. 缺少 venv，Debian 上请运行: apt-get install python3-venv"; exit 1; }
	@echo "Downloading the dependencies takes some minutes. 正在下载依赖，要几分钟。"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

clean:  # never var: who edited config.toml in place has the database and the key there
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
