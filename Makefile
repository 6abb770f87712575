# `make lab` opens the lessons, `make test` runs every test. Without make: `python make.py lab`.
.PHONY: lab test bundles lock
lab test bundles lock:
	python3 make.py $@ $(ARGS)
