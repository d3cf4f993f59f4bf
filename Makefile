# The two commands of the README are `make demo` and `make test`; `make check` is what CI runs.
SWIFT ?= swift
STRICT = WHARF_STRICT=1
BUILD_FLAGS = --explicit-target-dependency-import-check error
SOURCES = Package.swift Sources Tests Fuzz
DEMO_CAPTURE = Tests/Fixtures/captures/passive-download.pcap

.PHONY: demo test check lint build arrows docs-check bench fuzz compare deps clean

demo: deps
	$(SWIFT) build -c release --product wharf
	.build/release/wharf analyze --explain $(DEMO_CAPTURE)

test: deps
	@mkdir -p .build
	$(STRICT) TZ=UTC bash -o pipefail -c '$(SWIFT) test $(BUILD_FLAGS) 2>&1 | tee .build/test.log' \
	    || { echo "What failed:"; grep -A 4 "✘\|Fatal error\|signal code" .build/test.log | grep -v "✔\|◇"; exit 1; }

check: deps lint arrows build test docs-check

lint:
	$(SWIFT) format lint --strict --recursive --parallel $(SOURCES)

build:
	$(STRICT) $(SWIFT) build --build-tests $(BUILD_FLAGS)

# Dependencies as declared are the arrows as drawn.
arrows:
	scripts/check-arrows

# Every name in the JSON is a documented one.
docs-check: build
	scripts/check-json-doc .build/debug/wharf

bench: deps
	$(SWIFT) build -c release --product wharf
	scripts/bench .build/release/wharf

# Ten thousand damaged captures, and as many or fewer of what the server has to bear; minutes, so not part of the tests.
FUZZED = captures:10000 sessions:20000 data:10000 proxy:20000 settings:5000 server:2000 commands:1000
fuzz: deps
	$(SWIFT) build -c release --product wharf-fuzz
	$(SWIFT) build -c release --product wharf
	for fuzzed in $(FUZZED); do \
	    .build/release/wharf-fuzz --subject $${fuzzed%:*} --count $${fuzzed#*:} \
	        $$([ $${fuzzed%:*} = commands ] && echo --program .build/release/wharf) || exit 1; \
	done

# Against tshark, number by number, where it is installed.
compare:
	$(SWIFT) build -c release --product wharf
	scripts/compare-tshark --wharf .build/release/wharf

deps:
	@scripts/install-dependencies

clean:
	rm -rf .build
