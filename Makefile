# Tandem's tasks. `make` or `make help` lists them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PORT ?= 8080
PART ?= all
# The Swift sources that are ours, as far as they exist.
SOURCES = $(wildcard Package.swift Sources Tests Examples Fuzz Benchmarks/Package.swift Benchmarks/Sources)
# Options for the benchmark, such as ARGUMENTS="--quick --servers tandem,node".
ARGUMENTS ?=

.PHONY: help
help: ## List the tasks
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)$$/\1\t\2/p' $(MAKEFILE_LIST) | awk -F '\t' '{ printf "make %-8s %s\n", $$1, $$2 }'

.PHONY: setup
setup: ## Install what building and testing need (apt, a Python environment in .tools)
	@Scripts/setup test

# With the macros that the toolchain's own swift-syntax makes in seconds; from source they take minutes.
.PHONY: run
run: ## Build Depot, read the package index into depot.sqlite, and serve it on PORT (8080)
	@Scripts/setup run
	TANDEM_MACROS=$$(Scripts/macros) swift build --scratch-path .build/fast -c release --product DepotServer
	PORT=$(PORT) exec .build/fast/release/DepotServer

.PHONY: hello
hello: ## Build and start the smallest example on PORT (8080)
	@Scripts/setup run
	TANDEM_MACROS=$$(Scripts/macros) swift build --package-path Examples/Hello --scratch-path .build/hello -c release \
		--product Hello
	PORT=$(PORT) exec .build/hello/release/Hello

.PHONY: helpdesk
helpdesk: ## Build and start the example of endpoints without a database on PORT (8080)
	@Scripts/setup run
	TANDEM_MACROS=$$(Scripts/macros) swift build --scratch-path .build/fast --product HelpdeskServer
	PORT=$(PORT) exec .build/fast/debug/HelpdeskServer

.PHONY: test
# One after another: many tests wait for real sockets, and side by side on two cores they wait for each other.
test: setup ## Run every test
	swift build --build-tests
	swift test --skip-build --no-parallel

.PHONY: traits
traits: setup ## Build what has traits with none and with each by itself
	swift build --scratch-path .build/traits --disable-default-traits --target TandemServer
	swift build --scratch-path .build/traits --disable-default-traits --target TandemHTML
	swift build --scratch-path .build/traits --disable-default-traits --target TandemRealtime
	swift build --scratch-path .build/traits --traits TLS --target TandemServer
	swift build --scratch-path .build/traits --traits HTTP2 --target TandemServer

.PHONY: scaffold
scaffold: setup ## Write a new application as `tandem new` does, and run its tests
	Scripts/scaffold

.PHONY: bench
bench: ## Measure beside others: PART=http, json, api, data, realtime, build or all, ARGUMENTS="--quick"
	@Scripts/setup bench
	.tools/python/bin/python Benchmarks/run.py $(PART) $(ARGUMENTS)

.PHONY: fuzz
fuzz: setup ## Fuzz the parsers, a minute each
	Scripts/fuzz

.PHONY: soak
soak: setup ## Run the server under load for long
	Scripts/soak

.PHONY: format
format: ## Format the Swift sources in place
	swift format format --in-place --recursive --parallel $(SOURCES)

.PHONY: lint
lint: ## Check the Swift sources' format
	swift format lint --strict --recursive --parallel $(SOURCES)

.PHONY: clean
clean: ## Remove what was built; what setup fetched stays
	rm -rf .build Benchmarks/results/quick
