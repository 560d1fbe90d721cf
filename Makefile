# Everything one does to the assistant. `make` alone lists the targets.

PYTHON := .venv/bin/python
MODEL := models/.trained
LEARNED_FROM := config.yml domain.yml $(wildcard data/nlu/*.yml data/rules/*.yml data/stories/*.yml data/lexicon/* bot/nlu/*.py)

export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

# The first Python 3.10 that runs: on the PATH, in pyenv, or in uv.
PYTHON310 = $(shell for candidate in python3.10 "$$HOME"/.pyenv/versions/3.10*/bin/python3.10 "$$(uv python find --no-project 3.10 2>/dev/null)"; do \
	"$$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null && { echo "$$candidate"; break; }; done)

.PHONY: help run test train evaluate bench bench-booking check lock clean
.DEFAULT_GOAL := help

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(MODEL) ## Start the assistant: page, conversation, appointments (demonstration openings)
	@$(PYTHON) -m bot migrate
	@DEMO=1 exec $(PYTHON) -m bot serve

test: $(MODEL) ## Pass the whole test suite
	$(PYTHON) -m pytest -n 2 --dist loadgroup

train: .venv/.ready ## Train the model
	@echo "Entraînement du modèle (deux à trois minutes)…"
	@mkdir -p models
	@$(PYTHON) -m rasa train --force --skip-validation --fixed-model-name assistant
	@touch $(MODEL)

evaluate: $(MODEL) ## Report on the project's own evaluation sets, which are never trained on
	$(PYTHON) tools/evaluate.py
	$(PYTHON) tools/stock.py
	$(PYTHON) tools/evaluate.py > /dev/null

bench: $(MODEL) ## Measure the whole turn beside Rasa's stock starter
	$(PYTHON) bench/run.py

bench-booking: .venv/.ready ## Measure listing and booking on both databases, beside a bare INSERT
	$(PYTHON) bench/booking.py

check: .venv/.ready ## Format, lint, types, directory and training data
	$(PYTHON) -m ruff format --check bot actions tests tools bench migrations
	$(PYTHON) -m ruff check bot actions tests tools bench migrations
	$(PYTHON) -m mypy
	$(PYTHON) -m bot check-directory > /dev/null

lock: .venv/.ready ## Write requirements.txt anew from pyproject.toml, with hashes
	.venv/bin/uv pip compile pyproject.toml --extra dev --python-version 3.10 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header -o requirements.txt

clean: ## Remove what was built: environment, models, embedded database
	rm -rf .venv .rasa models var results

$(MODEL): .venv/.ready $(LEARNED_FROM)
	@$(MAKE) --no-print-directory train

.venv/.ready: requirements.txt
ifeq ($(PYTHON310),)
	@echo "Python 3.10 est introuvable. Pour l'obtenir : uv python install 3.10" >&2; exit 1
endif
	@echo "Construction de l'environnement…"
	@test -x $(PYTHON) || $(PYTHON310) -m venv .venv
	@test -x .venv/bin/uv || $(PYTHON) -m pip install --quiet --disable-pip-version-check uv
	@.venv/bin/uv pip sync --python $(PYTHON) requirements.txt
	@touch $@
