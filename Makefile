# `make lab` opens the lessons, `make test` runs every test. Without make: `python make.py lab`.
COMMANDS = lab test check bundles new-view watch strip lock
.PHONY: $(COMMANDS) bench peers
$(COMMANDS):
	python3 make.py $@ $(ARGS)
# Time and memory of the framework beside TransformerLens', and views beside their peers, each as ratios in one run.
bench: peers
	.venv/bin/python -m tests.bench
peers:
	.venv/bin/python -m tests.peers $(ARGS)
