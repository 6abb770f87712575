# `make lab` opens the lessons, `make test` runs every test. Without make: `python make.py lab`.
.PHONY: lab test bundles strip lock
lab test bundles strip lock:
	python3 make.py $@ $(ARGS)
