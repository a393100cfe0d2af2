.PHONY: build test check bench benchmarks fuzz cover soak font

build:
	CGO_ENABLED=0 go build -trimpath -o duban .

test:
	go test ./...

# What continuous integration runs.
check:
	bash .ci/run

# One table: the main jobs at 1, 10 and 100 times the size of the built-in report.
bench:
	DUBAN_PERFORMANCE=1 go test -count=1 -timeout 20m -benchtime 300ms -v -run TestPerformance .

# Every benchmark of every package.
benchmarks:
	go test -run '^$$' -bench . -benchmem ./...

fuzz:
	bash .ci/fuzz 1m

cover:
	go test -coverprofile=cover.out ./... && go tool cover -func=cover.out | tail -1

# Long runs: 200 kills, a broadcast to 1,000 people, clients and servers of other libraries.
soak:
	DUBAN_SOAK=1 DUBAN_FOREIGN=1 go test -count=1 -timeout 40m -v -run 'TestCrash|TestBroadcast|TestNode|TestLoad' ./bot

# The font of the pictures: Noto Sans CJK SC (package fonts-noto-cjk), cut by pyftsubset
# (package fonttools) to Latin, punctuation, marks and the block of common characters
# U+4E00–9FFF, which holds all of GB2312. Font 2 of the collection is SC.
FONT_SOURCE = /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
FONT_RANGES = U+0020-007E,U+00A0-00FF,U+2010-2027,U+2030,U+203B,U+2103,U+2160-217F,U+2190-2193,U+2236,U+2248,U+2260-2267,U+2460-2473,U+25A0-25CF,U+2605,U+2713,U+3000-3017,U+30FB,U+339C-33A1,U+33CA,U+4E00-9FFF,U+FF01-FF5E,U+FFE5

font:
	pyftsubset $(FONT_SOURCE) --font-number=2 --unicodes='$(FONT_RANGES)' --no-hinting --layout-features='' --output-file=render/font/NotoSansSC-subset.otf
