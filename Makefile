.PHONY: build test check bench fuzz cover soak

build:
	CGO_ENABLED=0 go build -trimpath -o duban .

test:
	go test ./...

# What continuous integration runs.
check:
	bash .ci/run

bench:
	go test -run '^$$' -bench . -benchmem ./...

fuzz:
	go test -run '^$$' -fuzz FuzzParse -fuzztime 1m ./report
	go test -run '^$$' -fuzz FuzzParseFilings -fuzztime 1m ./commands
	go test -run '^$$' -fuzz FuzzRead -fuzztime 1m ./report/document
	go test -run '^$$' -fuzz FuzzDocxBody -fuzztime 1m ./report/document
	go test -run '^$$' -fuzz FuzzHTML -fuzztime 1m ./report/document
	go test -run '^$$' -fuzz FuzzLine -fuzztime 1m ./commands
	go test -run '^$$' -fuzz FuzzDate -fuzztime 1m ./commands

cover:
	go test -coverprofile=cover.out ./... && go tool cover -func=cover.out | tail -1

# Long runs: 200 kills, a broadcast to 1,000 people, clients and servers of other libraries.
soak:
	DUBAN_SOAK=1 DUBAN_FOREIGN=1 go test -count=1 -timeout 40m -v -run 'TestCrash|TestBroadcast|TestNode|TestLoad' ./bot
