# `make lab` opens the lessons, `make test` runs every test. Without make: `python make.py lab`.
COMMANDS = lab test check bundles new-view watch site slides instructor strip lock
.PHONY: $(COMMANDS) bench peers names
$(COMMANDS):
	python3 make.py $@ $(ARGS)
# Time and memory of the framework beside TransformerLens', and views beside their peers, each as ratios in one run.
bench: peers
	.venv/bin/python -m tests.bench
peers:
	.venv/bin/python -m tests.peers $(ARGS)
# The version and the repository, each set in one place, written where they stand again.
names:
	python3 names.py
