# objhound: one command each. CMake and Ninja do the work; see CMakePresets.json for the other builds.
#
#   make fuzz ARGS="--seeds 1..1000 --db nightly.db"

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help set-up build test fuzz mutate self-fuzz bench presubmit clean

BUILD := build
JOBS := $(shell nproc)
ARGS ?=

help:  ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

set-up:  ## install the Debian packages that are missing (sudo when not root)
	@tools/install-deps

build: set-up  ## the program, at build/objhound
	@[ -f $(BUILD)/build.ninja ] || cmake --preset release
	@cmake --build $(BUILD) --parallel $(JOBS)

test: build  ## every test, in parallel; the last line says how it went
	@if ctest --test-dir $(BUILD) --parallel $(JOBS) --output-on-failure --no-tests=error; then \
	  echo "make test: passed"; \
	else \
	  echo "make test: FAILED"; exit 1; \
	fi

fuzz: build  ## a campaign of about three minutes; ARGS="..." is passed on to objhound fuzz
	@$(BUILD)/objhound fuzz $(ARGS); status=$$?; \
	case $$status in \
	  0) echo "make fuzz: nothing found" ;; \
	  1) echo "make fuzz: FOUND violations or failures; the report named above shows them (exit status 1)" ;; \
	  2) echo "make fuzz: objhound could not run with these arguments or inputs (exit status 2)" ;; \
	  *) echo "make fuzz: objhound itself failed (exit status $$status)" ;; \
	esac; exit $$status

mutate: build  ## the oracle's own measure: planted faults and how many are found; ARGS="..." is passed on
	@$(BUILD)/objhound mutate $(ARGS)

self-fuzz: set-up  ## our own readers and the whole of check under libFuzzer and sanitizers; ARGS="--seconds 600"
	@tools/self-fuzz $(ARGS)

bench: set-up  ## check against objtool, and a campaign against a bare compile loop
	@tools/install-deps --bench
	@[ -f $(BUILD)/build.ninja ] || cmake --preset release
	@cmake --build $(BUILD) --parallel $(JOBS)
	@tools/bench --objhound $(BUILD)/objhound $(ARGS)

presubmit: build  ## everything to run before a commit: format, tidy, rules on the tree, tests
	@tools/presubmit $(BUILD)
	@$(MAKE) --no-print-directory test

clean:  ## remove the build
	rm -rf $(BUILD)
