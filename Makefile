# `make lab` opens the lessons, `make test` runs every test. Without make: `python make.py lab`.
COMMANDS = lab test check bundles new-view watch strip lock
.PHONY: $(COMMANDS)
$(COMMANDS):
	python3 make.py $@ $(ARGS)
