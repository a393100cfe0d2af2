package ask_test

import (
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"duban/ask"
	"duban/plan"
)

// grown returns the built-in plan with at least so many commitments: copies of its own
// under further parts.
func grown(tb testing.TB, commitments int) *plan.Plan {
	tb.Helper()
	p := builtinPlan(tb)
	base := p.Commitments
	for part := 10; len(p.Commitments) < commitments; part++ {
		for _, c := range base {
			_, rest, _ := strings.Cut(string(c.Code), ".")
			c.Code, c.Label = plan.Code(strconv.Itoa(part)+"."+rest), ""
			p.Commitments = append(p.Commitments, c)
		}
	}
	p.Commitments = p.Commitments[:commitments]
	return p
}

// benchmarkAsk asks the test questions one after the other and reports the slowest
// hundredth.
func benchmarkAsk(b *testing.B, commitments int) {
	engine := ask.New(grown(b, commitments))
	list, err := questionsIn("testdata/fresh.jsonl")
	if err != nil {
		b.Fatal(err)
	}
	engine.AskOnly(list[0].Q)
	var took []time.Duration
	b.ReportAllocs()
	for b.Loop() {
		began := time.Now()
		engine.AskOnly(list[len(took)%len(list)].Q)
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

func BenchmarkAsk300(b *testing.B)  { benchmarkAsk(b, 300) }
func BenchmarkAsk3000(b *testing.B) { benchmarkAsk(b, 3000) }

func BenchmarkIndex(b *testing.B) {
	p := builtinPlan(b)
	ask.New(p)
	b.ReportAllocs()
	for b.Loop() {
		ask.New(p)
	}
}

// BenchmarkHundredReports reports the memory of a hundred indexed reports.
func BenchmarkHundredReports(b *testing.B) {
	for b.Loop() {
		plans := make([]*plan.Plan, 0, 100)
		for range 100 {
			plans = append(plans, builtinPlan(b))
		}
		before := heap()
		library := ask.NewLibrary(plans...)
		b.ReportMetric(float64(heap()-before)/(1<<20), "MB")
		runtime.KeepAlive(library)
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
