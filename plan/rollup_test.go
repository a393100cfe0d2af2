package plan_test

import (
	"math/big"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"duban/plan"
)

// rolled computes the standing of one commitment whose parts are given as in lights.txt.
func rolled(t *testing.T, day string, parts ...[2]string) plan.CommitmentStanding {
	t.Helper()
	c := plan.Commitment{ID: 1, Segment: plan.Segment{Code: "2.1.1.1"}}
	marks := map[plan.ID][]plan.Mark{}
	for i, part := range parts {
		id := plan.ID(i + 2)
		if len(part[0]) >= 4 && part[0][:4] == "task" {
			task := taskOf(t, part[0][4:])
			task.ID = id
			c.Tasks = append(c.Tasks, *task)
		} else {
			x := targetOf(t, part[0])
			x.ID = id
			c.Targets = append(c.Targets, *x)
		}
		marks[id] = marksOf(t, part[1])
	}
	p := &plan.Plan{Year: 2017, Commitments: []plan.Commitment{c}}
	return plan.Stand(p, marks, date(t, day), time.Time{}, plan.DefaultRules()).Commitments[0]
}

func TestRollUp(t *testing.T) {
	t.Parallel()
	type part = [2]string
	green, yellow, red := part{"count >= 100个", "2017-07-31=60"}, part{"count >= 100个", "2017-07-31=40"}, part{"count >= 100个", "2017-07-31=20"}
	done, none := part{"count >= 100个", "2017-07-31=100"}, part{"count >= 100个", "-"}
	gone := part{"count >= 100个 cancelled=停办", "2017-07-31=1"}
	for _, c := range []struct {
		name    string
		parts   []part
		light   plan.Light
		percent string // of the progress; "" is none
		unfiled int
	}{
		{"nothing in it", nil, plan.None, "", 0},
		{"one green", []part{green}, plan.Green, "60.0", 0},
		{"the worst", []part{green, yellow, red, done}, plan.Red, "55.0", 0},
		{"done and green", []part{done, green}, plan.Green, "80.0", 0},
		{"all done", []part{done, done}, plan.Done, "100.0", 0},
		{"unfiled is no zero", []part{green, none, none}, plan.Green, "60.0", 2},
		{"all unfiled", []part{none, none}, plan.None, "", 2},
		{"cancelled is not rated", []part{gone, green}, plan.Green, "60.0", 0},
		{"cancelled and unfiled", []part{gone, none}, plan.None, "", 1},
		{"all cancelled", []part{gone, gone}, plan.Cancelled, "", 0},
		{"levels give no progress", []part{{"growth >= 7.5%", "2017-06-30=5"}, green}, plan.Red, "60.0", 0},
		{"based levels neither", []part{{"share >= 50% base=47%", "2017-07-31=48.5"}, green}, plan.Green, "60.0", 0},
		{"more than done", []part{{"count >= 100个", "2017-07-31=300"}, green}, plan.Green, "180.0", 0},
		{"tasks count too", []part{green, {"task", "2017-07-31=未启动"}}, plan.Red, "60.0", 0},
		{"a task alone", []part{{"task", "2017-07-31=推进中"}}, plan.Green, "", 0},
		{"an unfiled task", []part{green, {"task", "-"}}, plan.Green, "60.0", 1},
		{"weights", []part{{"count >= 100个 weight=3", "2017-07-31=60"}, red}, plan.Red, "50.0", 0},
		{"overdue is the worst", []part{{"count >= 100个 due=2017-06-30", "2017-06-30=99"}, red}, plan.Overdue, "59.5", 0},
	} {
		got := rolled(t, "2017-07-31", c.parts...)
		percent := ""
		if got.Progress != nil {
			percent = new(big.Rat).Mul(got.Progress, big.NewRat(100, 1)).FloatString(1)
		}
		if got.Light != c.light || percent != c.percent || got.Unfiled != c.unfiled {
			t.Errorf("%s: %s %s, %d unfiled; want %s %s, %d", c.name, got.Light, percent, got.Unfiled, c.light, c.percent, c.unfiled)
		}
	}
}

func TestStandingKnownAt(t *testing.T) {
	t.Parallel()
	x := targetOf(t, "count >= 100个")
	x.ID = 2
	p := &plan.Plan{Year: 2017, Commitments: []plan.Commitment{{ID: 1, Targets: []plan.Target{*x}}}}
	marks := marksOf(t, "2017-06-30=40 2017-06-30=50 2017-07-15=55")
	at := func(day int) time.Time { return time.Date(2017, 8, day, 0, 0, 0, 0, time.UTC) }
	for i := range marks {
		marks[i].At, marks[i].Accepted = at(i+1), at(i+1)
	}
	marks[1].Supersedes, marks[2].Accepted = 1, at(9)
	for _, c := range []struct {
		known time.Time
		want  string
	}{{at(1), "40"}, {at(2), "50"}, {at(3), "50"}, {at(9), "55"}, {time.Time{}, "55"}} {
		ps := plan.Stand(p, map[plan.ID][]plan.Mark{2: marks}, date(t, "2017-07-31"), c.known, plan.DefaultRules())
		if _, s := ps.Standing(2); s.Reported.String() != c.want {
			t.Errorf("known at %v: %s, want %s", c.known, s.Reported, c.want)
		}
	}
	if cs, s := (&plan.PlanStanding{}).Standing(9); cs != nil || s != nil {
		t.Error("a standing of nothing")
	}
}

var lightRank = []plan.Light{plan.Overdue, plan.Red, plan.Yellow, plan.Green, plan.Done}

// anyTarget draws a target whose values add up.
func anyTarget(t *rapid.T) *plan.Target {
	x := target("新增", rapid.StringMatching(`[1-9][0-9]{0,5}`).Draw(t, "target"), "个")
	x.Kind, x.Op = plan.Count, rapid.SampledFrom([]plan.Op{plan.AtLeast, plan.About, plan.Exactly}).Draw(t, "op")
	x.Deadline = plan.NewDate(2017, 1, rapid.IntRange(1, 800).Draw(t, "deadline"))
	x.Basis = plan.BasisFlow
	percent := 0
	for _, day := range rapid.SliceOfNDistinct(rapid.IntRange(1, 800), 0, 3, rapid.ID).Draw(t, "nodes") {
		x.Nodes = append(x.Nodes, plan.Node{Date: plan.NewDate(2017, 1, day)})
	}
	slices.SortFunc(x.Nodes, func(a, b plan.Node) int { return a.Date.Compare(b.Date) })
	for i := range x.Nodes {
		percent = rapid.IntRange(percent, 100).Draw(t, "percent")
		x.Nodes[i].Percent = plan.NewDecimal(int64(percent), 0)
	}
	return &x
}

func lightOf(x *plan.Target, value int, reported, day plan.Date) plan.Light {
	d := plan.NewDecimal(int64(value), 0)
	return plan.LightAt(x, []plan.Mark{{ID: 1, Value: &d, Date: reported}}, 2017, day, plan.DefaultRules()).Light
}

func TestLightProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x := anyTarget(t)
		value := rapid.IntRange(0, 1_200_000).Draw(t, "value")
		more := value + rapid.IntRange(0, 1_000_000).Draw(t, "more")
		first := rapid.IntRange(1, 900).Draw(t, "day")
		day, later := plan.NewDate(2017, 1, first), plan.NewDate(2017, 1, first+rapid.IntRange(0, 400).Draw(t, "later"))
		before, after := lightOf(x, value, day, day), lightOf(x, more, day, day)
		if after.Worse(before) {
			t.Fatalf("%d is %s, %d is %s on %s", value, before, more, after, day)
		}
		if then := lightOf(x, value, day, later); before != plan.Done && before.Worse(then) {
			t.Fatalf("%d is %s on %s and %s on %s", value, before, day, then, later)
		}
		if slices.Index(lightRank, before) < 0 {
			t.Fatalf("light %q", before)
		}
	})
}

func TestAcceptedAtProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		marks := make([]plan.Mark, rapid.IntRange(0, 12).Draw(t, "marks"))
		for i := range marks {
			marks[i] = plan.Mark{ID: plan.FilingID(i + 1), Date: plan.NewDate(2017, 1, rapid.IntRange(1, 40).Draw(t, "date"))}
			if i > 0 && rapid.Bool().Draw(t, "supersedes") {
				marks[i].Supersedes = plan.FilingID(rapid.IntRange(1, i).Draw(t, "which"))
			}
		}
		day := plan.NewDate(2017, 1, rapid.IntRange(1, 40).Draw(t, "day"))
		shuffled := rapid.Permutation(marks).Draw(t, "order")
		kept := slices.Clone(shuffled)
		one, two := plan.AcceptedAt(marks, day, time.Time{}), plan.AcceptedAt(shuffled, day, time.Time{})
		same := func(a, b plan.Mark) bool { return a.ID == b.ID }
		if !slices.EqualFunc(one, two, same) || !slices.EqualFunc(shuffled, kept, same) {
			t.Fatalf("%v, in another order %v", one, two)
		}
		for i, m := range one {
			if m.Date.After(day) || i > 0 && one[i-1].Date.After(m.Date) {
				t.Fatalf("%v on %s", one, day)
			}
			if slices.ContainsFunc(marks, func(n plan.Mark) bool { return n.Supersedes == m.ID }) {
				t.Fatalf("%d is superseded and counts", m.ID)
			}
		}
	})
}
