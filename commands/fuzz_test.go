package commands

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duban/ask"
	"duban/plan"
	"duban/report"
	"duban/report/builtin"
)

// seeds adds the lines of testdata to a corpus.
func seeds(f *testing.F) {
	f.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "lines.tsv"))
	if err != nil {
		f.Fatal(err)
	}
	for row := range strings.Lines(string(data)) {
		if fields := strings.Split(row, "\t"); len(fields) == 3 {
			f.Add(strings.ReplaceAll(fields[1], `\n`, "\n"))
		}
	}
}

// FuzzLine reads anything as a filing: no panic, never more entries than numbers, stages
// and parts of a named commitment could make, every number as it was written, every item
// with others told apart from it.
func FuzzLine(f *testing.F) {
	seeds(f)
	p, err := report.Parse(builtin.Text(), report.Options{})
	if err != nil {
		f.Fatal(err)
	}
	p, _ = plan.Merge(nil, p)
	own := func(c *plan.Commitment) bool { return c.Code.Within("3.6.2") }
	r := lineReader{engine: ask.NewLibrary(p).Engine(string(p.Key())), today: plan.DateOf(fileday), department: "民政局", own: own}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 400 {
			return
		}
		l, ok := r.read(text)
		if ok != (len(l.entries) > 0) {
			t.Errorf("%q: ok is %v with %d entries", text, ok, len(l.entries))
		}
		most := len(report.Quantities(r.polish(text))) + 10*len(clausesOf(r.polish(text)))
		if len(l.entries) > most {
			t.Errorf("%q: %d entries", text, len(l.entries))
		}
		seen := map[plan.ID]bool{}
		for i := range l.entries {
			e := &l.entries[i]
			if seen[e.item()] || e.value == nil && e.stage == "" && !e.unchanged {
				t.Errorf("%q: entry %d says nothing or again what another says", text, i)
			}
			seen[e.item()] = true
			for _, o := range e.others {
				if itemOf(o) == e.item() {
					t.Errorf("%q: an item stands beside itself", text)
				}
			}
		}
	})
}

// FuzzDate reads anything as a date: no panic, a day that exists, a rest without more than
// the text had.
func FuzzDate(f *testing.F) {
	seeds(f)
	for _, s := range []string{"2017-02-30", "13月底", "1-6月", "截至99日", "20171399", "十二月底", "0月0日", "去年底", "截至0.0"} {
		f.Add(s)
	}
	today := plan.DateOf(fileday)
	f.Fuzz(func(t *testing.T, text string) {
		day, rest := dateOf(text, today)
		if !day.IsZero() && plan.NewDate(day.Year, day.Month, day.Day) != day {
			t.Errorf("%q: %v is no day", text, day)
		}
		if len(rest) > len(text)+8 {
			t.Errorf("%q: rest %q", text, rest)
		}
	})
}

func TestDates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, day, rest string }{
		{"截至7月底，养老床位1476", "2017-07-28", "养老床位1476"}, // a month that is not over
		{"截至6月底 1266", "2017-06-30", "1266"},
		{"6月30日1266", "2017-06-30", "1266"},
		{"6月30号1266", "2017-06-30", "1266"},
		{"2017-06-30 1266", "2017-06-30", "1266"},
		{"2017.6.30 1266", "2017-06-30", "1266"},
		{"20170630 1266", "2017-06-30", "1266"},
		{"1-6月1266", "2017-06-30", "1266"},
		{"1至6月份1266", "2017-06-30", "1266"},
		{"上半年1266", "2017-06-30", "1266"},
		{"一季度1000", "2017-03-31", "1000"},
		{"六月底1266", "2017-06-30", "1266"},
		{"截至6.30，1266", "2017-06-30", "1266"},
		{"7.28 公路824", "2017-07-28", "公路824"},
		{"7/28 公路824", "2017-07-28", "公路824"},
		{"截至28日 824", "2017-07-28", "824"},
		{"上月底700", "2017-06-30", "700"},
		{"昨天824", "2017-07-27", "824"},
		{"2016年底3932", "2016-12-31", "3932"},
		{"去年底3932", "2016-12-31", "3932"},
		{"公路7.28公里", "", "公路7.28公里"},
		{"增长7.5%", "", "增长7.5%"},
		{"达到7.5%", "", "达到7.5%"},
		{"比上个月增加12", "", "比上个月增加12"},
		{"比6月底多12", "", "比6月底多12"},
		{"预计年底完成3600", "", "预计年底完成3600"},
		{"2017年2月30日 5", "", "2017年2月30日 5"},
		{"13月底 5", "", "13月底 5"},
	} {
		day, rest := dateOf(c.text, plan.DateOf(fileday))
		if day.String() != c.day || strings.TrimSpace(rest) != c.rest {
			t.Errorf("%q: %q and %q, want %q and %q", c.text, day, rest, c.day, c.rest)
		}
	}
}
