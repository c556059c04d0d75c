# Everything that a fresh Debian machine with a Swift toolchain needs: `make demo`, `make test`.

PACKAGES := libopenblas-dev libjson-c-dev pkg-config
SWIFT_BUILD := swift build -c release
SONDE := .build/release/sonde

.PHONY: help setup build demo test bench format lint fixtures models clean

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## Install the libraries that the build needs
	@missing=$$(for package in $(PACKAGES); do dpkg -s $$package >/dev/null 2>&1 || echo $$package; done); \
	if [ -n "$$missing" ]; then \
		sudo=$$(if [ "$$(id -u)" = 0 ]; then :; else echo sudo; fi); \
		$$sudo apt-get update -qq && $$sudo apt-get install -y -qq $$missing; \
	fi
	@command -v swift >/dev/null || { echo "Sonde needs Swift 6.3 or later: see https://www.swift.org/install" >&2; exit 69; }

build: setup ## Build the host and the bundled plugins
	$(SWIFT_BUILD)

demo: build ## Tune soft prompts on the sample model, probe them, write a report
	$(SONDE) run samples/quickstart.yaml

test: setup ## Build and run all tests
	$(SWIFT_BUILD)
	swift test -c release --parallel

bench: setup ## Measure what people wait for against what it cannot do without
	for product in Bloom Roberta T5 Semantics sonde-bench; do $(SWIFT_BUILD) --product $$product || exit; done
	for shape in bloomz-560m roberta-base t5-base; do .build/release/sonde-bench --shape $$shape || exit; done

format: ## Format the sources
	swift format -i -r Package.swift SDK Sources Plugins Tests samples

lint: ## Check the format of the sources
	swift format lint --strict -r Package.swift SDK/Package.swift SDK/Sources Sources Plugins Tests samples

fixtures: ## Record the references' answers again (needs Python with transformers, peft, tokenizers, scipy)
	for script in Tests/References/record_*.py; do python3 $$script; done

models: ## Train the sample models again (needs PyTorch)
	python3 samples/make_models.py

clean: ## Remove what was built
	rm -rf .build SDK/.build samples/plugins/*/.build
