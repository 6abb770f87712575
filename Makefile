# `make lab` opens the lessons, `make test` runs every test. Without make: `python make.py lab`.
COMMANDS = lab test check bundles new-view watch site slides instructor strip lock
.PHONY: $(COMMANDS) bench names
$(COMMANDS):
	python3 make.py $@ $(ARGS)
# Time and memory of the framework beside TransformerLens', as ratios in one run.
bench:
	.venv/bin/python -m tests.bench
# The version and the repository, each set in one place, written where they stand again.
names:
	python3 names.py
