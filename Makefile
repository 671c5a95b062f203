# The same verbs as bootstrap.py, for those who have make. Nothing needs this file.
PYTHON ?= python3

.PHONY: demo test check fast format bench lock

demo:    ## the sample programme, opened
	$(PYTHON) bootstrap.py demo

test check:    ## the whole gate: format, lint, types, contracts, both databases, the browser
	$(PYTHON) bootstrap.py test

fast:    ## the tests on SQLite only
	$(PYTHON) bootstrap.py test --fast

format:    ## format the code and mend what lint can
	$(PYTHON) bootstrap.py format

bench:    ## the benchmarks, as ratios (bench/README.md)
	$(PYTHON) bootstrap.py bench

# Needs uv. The first line of each file is ours, so that no machine's path or address gets in.
LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header --no-annotate --extra postgres pyproject.toml
NOTE = \# Made from pyproject.toml by `make lock` (CONTRIBUTING.md says how). Not edited by hand.

lock:    ## pin the newest versions that pyproject.toml allows, with hashes
	@{ echo '$(NOTE)'; $(LOCK); } > requirements.txt.new && mv requirements.txt.new requirements.txt
	@{ echo '$(NOTE)'; $(LOCK) --group dev --constraint requirements.txt; } > requirements-dev.txt.new \
		&& mv requirements-dev.txt.new requirements-dev.txt
