package plan_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/plan"
)

// TestLights reads its table from testdata/lights.txt: name | target | filings | day |
// light and sentence. A target is its kind, comparison, number and what else differs from
// a target of 2017 that is due at the end of the year; -update writes the last column anew.
func TestLights(t *testing.T) {
	t.Parallel()
	golden := filepath.Join("testdata", "lights.txt")
	data, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	cases := 0
	for i, line := range lines {
		cells := strings.Split(line, " | ")
		if len(cells) < 4 || strings.HasPrefix(line, "#") {
			continue
		}
		cases++
		got := standing(t, cells[1], cells[2], cells[3])
		if *update {
			lines[i] = strings.Join(append(cells[:4:4], got), " | ")
			continue
		}
		if len(cells) < 5 || cells[4] != got {
			t.Errorf("%s\n got %s", line, got)
		}
	}
	if *update {
		if err := os.WriteFile(golden, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if cases < 80 {
		t.Errorf("only %d cases", cases)
	}
}

// standing computes one case: "yellow 7月底应到…".
func standing(t *testing.T, spec, filings, day string) string {
	t.Helper()
	asOf, err := plan.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	var s plan.Standing
	if rest, ok := strings.CutPrefix(spec, "task"); ok {
		s = plan.TaskLight(taskOf(t, rest), marksOf(t, filings), 2017, asOf, plan.DefaultRules())
	} else {
		s = plan.LightAt(targetOf(t, spec), marksOf(t, filings), 2017, asOf, plan.DefaultRules())
	}
	light := string(s.Light)
	if s.Late {
		light += "+late"
	}
	return light + " " + s.Reason
}

func taskOf(t *testing.T, spec string) *plan.Task {
	t.Helper()
	task := &plan.Task{Text: "整合", Deadline: plan.EndOfYear(2017)}
	for _, option := range strings.Fields(spec) {
		name, value, _ := strings.Cut(option, "=")
		switch name {
		case "due":
			task.Deadline = date(t, value)
		case "cancelled":
			task.Cancelled = value
		}
	}
	return task
}

// targetOf reads "count >= 3.5万套 due=2018-12-31".
func targetOf(t *testing.T, spec string) *plan.Target {
	t.Helper()
	fields := strings.Fields(spec)
	x := &plan.Target{Metric: "新增", Kind: plan.Kind(fields[0]), Op: plan.Op(fields[1]), Deadline: plan.EndOfYear(2017)}
	x.ValueText, x.Quote = fields[2], fields[2]
	x.Value, x.Unit = quantity(t, fields[2])
	for _, option := range fields[3:] {
		name, value, _ := strings.Cut(option, "=")
		switch name {
		case "due":
			x.Deadline = date(t, value)
		case "orig":
			x.Original = &plan.Origin{Deadline: date(t, value), Value: x.Value}
		case "base":
			v, unit := quantity(t, value)
			x.Baseline = &plan.Figure{Year: 2016, Value: v, Unit: unit}
		case "weight":
			x.Weight, _ = quantity(t, value)
		case "basis":
			x.Basis = plan.Basis(value)
		case "hedge":
			x.Hedge = plan.Hedge(value)
		case "lead":
			x.Quote = value + x.ValueText
		case "cancelled":
			x.Cancelled = value
		case "nodes":
			for node := range strings.SplitSeq(value, ",") {
				day, percent, _ := strings.Cut(node, ":")
				v, _ := quantity(t, percent)
				x.Nodes = append(x.Nodes, plan.Node{Date: date(t, day), Percent: v})
			}
		}
	}
	return x
}

// quantity reads 3.5万套, 80%, 1.5个百分点.
func quantity(t *testing.T, text string) (plan.Decimal, string) {
	t.Helper()
	end := strings.IndexFunc(text, func(r rune) bool { return !strings.ContainsRune("-.0123456789", r) })
	if end < 0 {
		end = len(text)
	}
	value, err := plan.ParseDecimal(text[:end])
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	unit := text[end:]
	for _, scale := range []struct {
		word  string
		times int64
	}{{"万", 10_000}, {"亿", 100_000_000}} {
		if rest, ok := strings.CutPrefix(unit, scale.word); ok {
			value, _ = value.Times(scale.times)
			unit = rest
		}
	}
	if unit == "个百分点" {
		unit = "百分点"
	}
	return value, unit
}

func date(t *testing.T, text string) plan.Date {
	t.Helper()
	d, err := plan.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// marksOf reads filings: "2017-07-31=824 2017-08-31=推进中:40"; "-" is none.
func marksOf(t *testing.T, text string) []plan.Mark {
	t.Helper()
	var marks []plan.Mark
	for i, field := range strings.Fields(text) {
		if field == "-" {
			continue
		}
		day, value, _ := strings.Cut(field, "=")
		m := plan.Mark{ID: plan.FilingID(i + 1), Date: date(t, day)}
		stage, percent, found := strings.Cut(value, ":")
		switch {
		case strings.ContainsAny(stage, "未推已"):
			m.Stage = plan.Stage(stage)
		case stage != "":
			v, _ := quantity(t, stage)
			m.Value = &v
		}
		if found {
			v, _ := quantity(t, percent)
			m.Percent = &v
		}
		marks = append(marks, m)
	}
	return marks
}

func TestDemoOfLiaocheng(t *testing.T) {
	t.Parallel()
	road := targetOf(t, "count >= 2500公里")
	marks := marksOf(t, "2017-07-31=824 2017-12-31=3135")
	got := []plan.Light{}
	for _, day := range []string{"2017-06-30", "2017-07-31", "2017-12-31"} {
		accepted := plan.AcceptedAt(marks, date(t, day), marks[0].At)
		got = append(got, plan.LightAt(road, accepted, 2017, date(t, day), plan.DefaultRules()).Light)
	}
	if diff := cmp.Diff([]plan.Light{plan.None, plan.Yellow, plan.Done}, got); diff != "" {
		t.Error(diff)
	}
}
