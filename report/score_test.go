package report_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"duban/plan"
	"duban/report"
	"duban/report/builtin"
)

// goldTarget is one record of a hand-made list; see the README beside it.
type goldTarget struct {
	ID        string   `json:"id"`
	Code      string   `json:"code"`
	Metric    string   `json:"metric"`
	MetricAlt []string `json:"metric_alt"`
	Op        string   `json:"op"`
	Value     float64  `json:"value"`
	Unit      string   `json:"unit"`
	Kind      string   `json:"kind"`
	Deadline  string   `json:"deadline"`
	Start     int      `json:"start"`
	ValueText string   `json:"value_text"`
	Doubtful  bool     `json:"doubtful"`
}

type found struct {
	plan.Target
	code plan.Code
}

// figures are the marks of an extraction against a gold list.
type figures struct {
	recall, precision, f1, fields float64
	missed, extra, differing      []string
}

func score(p *plan.Plan, gold []goldTarget) figures {
	var all []found
	for _, c := range p.Commitments {
		for _, t := range c.Targets {
			all = append(all, found{t, c.Code})
		}
	}
	used := make([]bool, len(all))
	var f figures
	hits, right := 0.0, 0.0
	for _, g := range gold {
		i, likeness := nearest(all, used, g)
		switch {
		case i >= 0 && !g.Doubtful:
			hits++
			used[i] = true
			if same(all[i], g) && likeness >= 0.6 {
				right++
			} else {
				f.differing = append(f.differing, g.ValueText+" "+g.Metric+" ~ "+all[i].Metric)
			}
		case i >= 0:
			used[i] = true
		case !g.Doubtful:
			f.missed = append(f.missed, g.ValueText+" "+g.Metric)
		}
	}
	for i, t := range all {
		if !used[i] {
			f.extra = append(f.extra, t.ValueText+" "+t.Metric)
		}
	}
	f.recall = hits / max(1, hits+float64(len(f.missed)))
	f.precision = hits / max(1, hits+float64(len(f.extra)))
	f.f1 = 2 * f.recall * f.precision / max(1e-9, f.recall+f.precision)
	f.fields = right / max(1, hits+float64(len(f.missed)))
	return f
}

// nearest returns the unused target at the gold's place whose metric is most alike.
func nearest(all []found, used []bool, g goldTarget) (best int, likeness float64) {
	best, likeness = -1, -1
	for i, t := range all {
		if used[i] || t.Start < g.Start-2 || t.Start > g.Start+2 {
			continue
		}
		for _, name := range append([]string{g.Metric}, g.MetricAlt...) {
			if l := alike(t.Metric, name); l > likeness {
				best, likeness = i, l
			}
		}
	}
	return best, likeness
}

func same(t found, g goldTarget) bool {
	value, _ := t.Value.Rat().Float64()
	return t.Unit == g.Unit && string(t.Op) == g.Op && t.Deadline.String() == g.Deadline &&
		math.Abs(value-g.Value) <= max(0.01, 1e-4*math.Abs(g.Value)) && (g.Code == "" || string(t.code) == g.Code)
}

// alike is the share of letter pairs that two names have in common.
func alike(a, b string) float64 {
	x, y := pairs(a), pairs(b)
	common := 0
	for p := range x {
		if y[p] {
			common++
		}
	}
	return 2 * float64(common) / float64(len(x)+len(y))
}

func pairs(s string) map[string]bool {
	var runes []rune
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			runes = append(runes, r)
		}
	}
	set := map[string]bool{}
	for i := 0; i+1 < len(runes); i++ {
		set[string(runes[i:i+2])] = true
	}
	if len(set) == 0 {
		set[string(runes)] = true
	}
	return set
}

func load[T any](t *testing.T, path string) T {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var v T
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func parse(t testing.TB, text string) *plan.Plan {
	t.Helper()
	p, err := report.Parse(text, report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (f figures) check(t *testing.T, f1, fields float64) {
	t.Helper()
	t.Logf("recall %.3f precision %.3f f1 %.3f all fields %.3f", f.recall, f.precision, f.f1, f.fields)
	if f.f1 < f1 || f.fields < fields {
		t.Errorf("f1 %.3f (want %.2f), all fields %.3f (want %.2f)\nmissed %q\nextra %q\ndiffering %q",
			f.f1, f1, f.fields, fields, f.missed, f.extra, f.differing)
	}
}

func TestTargetsOfLiaocheng(t *testing.T) {
	t.Parallel()
	gold := load[[]goldTarget](t, "testdata/liaocheng-2017.targets.json")
	score(parse(t, builtin.Text()), gold).check(t, 0.98, 0.95)
}

// shared is where reports of other places lie that are not ours to republish.
const shared = "../../shared"

func TestTargetsOfOtherPlaces(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"jingdezhen-2023", "guangxi-2010", "hailaer-2016"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(filepath.Join(shared, "reports", name+".txt"))
			if err != nil {
				t.Skipf("the report of %s is not here: %v", name, err)
			}
			gold := load[[]goldTarget](t, filepath.Join(shared, "gold", name+".targets.json"))
			score(parse(t, strings.ReplaceAll(string(text), "\r\n", "\n")), gold).check(t, 0.90, 0.80)
		})
	}
}

func TestTasksOfLiaocheng(t *testing.T) {
	t.Parallel()
	type goldTask struct {
		Quote     string `json:"quote"`
		Start     int    `json:"start"`
		Certainty string `json:"certainty"`
	}
	gold := load[[]goldTask](t, "testdata/liaocheng-2017.tasks.json")
	var tasks []plan.Task
	for _, c := range parse(t, builtin.Text()).Commitments {
		tasks = append(tasks, c.Tasks...)
	}
	covers := func(task plan.Task, g goldTask) bool {
		length := len([]rune(g.Quote))
		from, to := max(task.Start, g.Start), min(task.Start+len([]rune(task.Text)), g.Start+length)
		return 2*(to-from) >= length
	}
	clear, missed, extra := 0, []string{}, 0
	for _, g := range gold {
		if g.Certainty != "clear" {
			continue
		}
		clear++
		if !slices.ContainsFunc(tasks, func(task plan.Task) bool { return covers(task, g) }) {
			missed = append(missed, g.Quote)
		}
	}
	for _, task := range tasks {
		if !slices.ContainsFunc(gold, func(g goldTask) bool { return covers(task, g) }) {
			extra++
		}
	}
	recall := 1 - float64(len(missed))/float64(clear)
	precision := 1 - float64(extra)/float64(len(tasks))
	t.Logf("recall on clear %.3f precision %.3f (%d tasks)", recall, precision, len(tasks))
	if recall < 0.95 || precision < 0.60 {
		t.Errorf("recall %.3f (want 0.95), precision %.3f (want 0.60), missed %q", recall, precision, missed)
	}
}

func TestBaselinesOfLiaocheng(t *testing.T) {
	t.Parallel()
	type goldBaseline struct {
		TargetID      string   `json:"target_id"`
		Comparability string   `json:"comparability"`
		Value         *float64 `json:"last_year_value"`
		Level         *float64 `json:"last_year_level"`
	}
	targets := load[[]goldTarget](t, "testdata/liaocheng-2017.targets.json")
	byTarget := map[string]goldBaseline{}
	for _, b := range load[[]goldBaseline](t, "testdata/liaocheng-2017.baselines.json") {
		byTarget[b.TargetID] = b
	}
	p := parse(t, builtin.Text())
	comparable, hit, given, wrong := 0, 0, 0, 0
	for _, target := range targets {
		g := byTarget[target.ID]
		has, right := false, false
		for _, c := range p.Commitments {
			for _, found := range c.Targets {
				if found.Baseline == nil || found.Start < target.Start-2 || found.Start > target.Start+2 {
					continue
				}
				value, _ := found.Baseline.Value.Rat().Float64()
				has = true
				for _, good := range []*float64{g.Value, g.Level} {
					right = right || good != nil && math.Abs(value-*good) <= max(0.01, 1e-4*math.Abs(*good))
				}
			}
		}
		if g.Comparability == "same" {
			comparable++
			if right {
				hit++
			}
		}
		if has {
			given++
			if !right {
				wrong++
			}
		}
	}
	recall, share := float64(hit)/float64(comparable), float64(wrong)/float64(max(1, given))
	t.Logf("recall on same %.3f (%d/%d), wrong %.3f (%d/%d)", recall, hit, comparable, share, wrong, given)
	if recall < 0.90 || share > 0.05 {
		t.Errorf("recall %.3f (want 0.90), wrong %.3f (at most 0.05)", recall, share)
	}
}
