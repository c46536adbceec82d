# The targets are the interface: people and the gate call the same ones.
export CGO_ENABLED ?= 0
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
NPM = npm --prefix app
BUILD = go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/huifang .

.PHONY: demo build app test check lint generate generated bench fmt clean

demo: build ## build, make a believable sample in ./data/demo, serve it, print URL and logins
	./bin/huifang demo

build: app ## one static binary with the app in it, bin/huifang
	$(BUILD)

app: app/node_modules/.package-lock.json ## the app for phones and desks, app/dist; needs Node and npm
	HUIFANG_VERSION=$(VERSION) $(NPM) run --silent build
	node app/scripts/budget.mjs

app/node_modules/.package-lock.json: app/package-lock.json
	$(NPM) ci --no-audit --no-fund --silent
	@touch $@

test: ## the whole suite on SQLite and MariaDB
	CGO_ENABLED=1 .ci/test

check: ## what the gate runs
	bash .ci/run

lint: app/node_modules/.package-lock.json ## formatting, vet, and the types of the app
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo "run make fmt"; exit 1; }
	go vet ./...
	go vet -tags speed .
	$(NPM) run --silent lint
	$(NPM) run --silent check

generate: app/node_modules/.package-lock.json ## GraphQL code, the published schema, the manifest of operations, the app's types
	go tool gqlgen generate
	go tool gqlgen generate --config graph/internal/tiny/gqlgen.yml
	go generate ./mobile-schema/...
	$(NPM) run --silent codegen

generated: generate ## generating changes nothing
	@git diff --exit-code --stat || { echo "generated files are stale: run make generate and commit"; exit 1; }

bench: ## what we measure, printed with medians
	bench/run

fmt:
	gofmt -w $$(git ls-files '*.go')

clean:
	rm -rf bin app/dist/* app/node_modules
