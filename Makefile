# A thin door to .ci/make.py, which does the work (and runs without make: python .ci/make.py demo).
# Arguments go through ARGS: make demo ARGS="--no-serve", make test ARGS="-k goal".

PYTHON ?= $(shell command -v python3 || command -v python)
COMMANDS := set-up demo test lint wheel ci drill bench full docs-pictures pins clean

.DEFAULT_GOAL := help
.PHONY: help $(COMMANDS)

help:
	@$(PYTHON) .ci/make.py --help

$(COMMANDS):
	@$(PYTHON) .ci/make.py $@ $(ARGS)
