# The targets are the interface: people and the gate call the same ones.
export CGO_ENABLED ?= 0
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
BUILD = go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/huifang .

.PHONY: demo build test check lint generate generated bench fmt clean

demo: build ## build, make a believable sample in ./data/demo, serve it, print URL and logins
	./bin/huifang demo

build: ## one static binary, bin/huifang
	$(BUILD)

test: ## the whole suite on SQLite and MariaDB
	CGO_ENABLED=1 .ci/test

check: ## what the gate runs
	bash .ci/run

lint: ## formatting and vet
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo "run make fmt"; exit 1; }
	go vet ./...

generate: ## GraphQL code, the published schema and the manifest of operations
	go tool gqlgen generate
	go tool gqlgen generate --config graph/internal/tiny/gqlgen.yml
	go generate ./mobile-schema/...

generated: generate ## generating changes nothing
	@git diff --exit-code --stat || { echo "generated files are stale: run make generate and commit"; exit 1; }

bench: ## what we measure, printed with medians
	bench/run

fmt:
	gofmt -w $$(git ls-files '*.go')

clean:
	rm -rf bin
