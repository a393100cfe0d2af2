package render_test

import (
	"fmt"
	"strings"
	"testing"

	"duban/plan"
	"duban/render"
)

// sampleDuties are made up for tests; the report names no departments.
func sampleDuties(p *plan.Plan) map[plan.ID]plan.Duty {
	duties := map[plan.ID]plan.Duty{}
	for code, lead := range map[plan.Code]string{"3.6.2.8": "示例交通局", "3.6.2.9": "示例文化局", "3.6.2.3": "示例教育局", "3.6.1.0": "示例扶贫办"} {
		c := p.Commitment(code)
		duties[c.ID] = plan.Duty{Item: c.ID, Lead: lead}
	}
	return duties
}

// demoRecords are the demonstration's; its figures come from publications.
func demoRecords(t testing.TB) *render.Records {
	t.Helper()
	p, marks := demo(t)
	r := &render.Records{Plan: p, Marks: marks, Duties: sampleDuties(p), Rules: plan.DefaultRules(), Window: plan.RoundOf, Today: plan.NewDate(2018, 3, 1), Filings: map[plan.ID][]plan.Filing{}}
	for item, list := range marks {
		for _, m := range list {
			r.Filings[item] = append(r.Filings[item], plan.Filing{Item: item, Value: m.Value, Date: m.Date, At: m.At, Source: "示例"})
		}
	}
	return r
}

// demoInput is what a period's digest of the demonstration looks at.
func demoInput(t testing.TB, span plan.Span, day string) render.DigestInput {
	t.Helper()
	r, period := demoRecords(t), plan.PeriodAt(span, date(t, day))
	return r.Input(period, date(t, day))
}

func TestWeeklyDigest(t *testing.T) {
	t.Parallel()
	key := plan.Key("聊城市2017")
	for name, c := range map[string]struct {
		day    string
		reader render.Reader
	}{
		"week-all-2017-07-31":     {"2017-07-31", render.Reader{}},
		"week-staff-2017-07-31":   {"2017-07-31", render.Reader{Department: "示例教育局"}},
		"week-own-2017-07-31":     {"2017-07-31", render.Reader{Department: "示例交通局"}},
		"week-follows-2017-07-31": {"2017-07-31", render.Reader{Follows: []plan.Subscription{{Plan: key, Prefix: "3.6.2.8"}}}},
		"week-empty-2017-08-13":   {"2017-08-13", render.Reader{}},
		"week-all-2017-12-31":     {"2017-12-31", render.Reader{}},
		"week-overdue-2018-01-07": {"2018-01-07", render.Reader{}},
	} {
		t.Run(name, func(t *testing.T) {
			m := render.NewDigest(demoInput(t, plan.Week, c.day)).For(c.reader)
			if n := strings.Count(m.Text, "\n") + 1; n > 15 {
				t.Errorf("%d lines", n)
			}
			if !strings.Contains(m.Text, "数据截至"+c.day) {
				t.Errorf("the digest does not say up to when figures count")
			}
			golden(t, "testdata/digest/"+name+".txt", []byte(m.Text+"\n"))
		})
	}
}

func TestMonthlySummary(t *testing.T) {
	t.Parallel()
	m, err := render.DispatchSummary(demoInput(t, plan.Month, "2017-07-31"))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/digest/month-2017-07.txt", []byte(m.Text+"\n"))
	if m.Document == nil || !strings.HasSuffix(m.Document.Name, ".xlsx") {
		t.Errorf("no workbook is attached")
	}
}

func demoBulletin(t testing.TB, day string) render.BulletinInput {
	r, quarter := demoRecords(t), plan.PeriodAt(plan.Quarter, date(t, day))
	return r.Bulletin(quarter, date(t, day))
}

func TestBulletin(t *testing.T) {
	t.Parallel()
	for name, day := range map[string]string{"quarter-2017-Q3": "2017-09-30", "quarter-2017-Q4": "2017-12-31"} {
		t.Run(name, func(t *testing.T) {
			b, err := render.BulletinOf(demoBulletin(t, day))
			if err != nil {
				t.Fatal(err)
			}
			golden(t, "testdata/digest/"+name+".txt", []byte(b.Text+"\n"))
			golden(t, "testdata/digest/"+name+".html", b.Document)
			again, _ := render.BulletinOf(demoBulletin(t, day))
			if string(again.Document) != string(b.Document) || again.Digest != b.Digest {
				t.Errorf("the same filings print differently")
			}
			for _, part := range []string{"<script", "http://", "https://", "src="} {
				if strings.Contains(string(b.Document), part) {
					t.Errorf("the document holds %s", part)
				}
			}
			if !strings.Contains(string(b.Document), render.RankingRule) {
				t.Errorf("the rule is not printed")
			}
		})
	}
}

func TestDraftHasNoDigest(t *testing.T) {
	t.Parallel()
	in := demoInput(t, plan.Week, "2017-07-31")
	draft := *in.Now.Plan
	draft.State = plan.Draft
	in.Now.Plan = &draft
	if m := render.NewDigest(in).For(render.Reader{}); !strings.Contains(m.Text, "没有发布") {
		t.Errorf("a draft's digest says %q", m.Text)
	}
}

// Ten thousand readers of every sort get their digests composed in two seconds.
func BenchmarkDigestFor10000(b *testing.B) {
	in := demoInput(b, plan.Week, "2017-07-31")
	key := in.Now.Plan.Key()
	readers := make([]render.Reader, 10_000)
	for i := range readers {
		switch c := &in.Now.Plan.Commitments[i%len(in.Now.Plan.Commitments)]; i % 4 {
		case 0:
			readers[i].Department = fmt.Sprintf("示例单位%d", i%60)
		case 1:
			readers[i].Follows = []plan.Subscription{{Plan: key, Item: c.ID}, {Plan: key, Prefix: "3.6.2"}}
		}
	}
	for b.Loop() {
		d := render.NewDigest(in)
		for _, r := range readers {
			if _, err := render.Encode(d.For(r)); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// TestDueWhenTheDayIsOver: what was due on the last day of a week that is over is due no more.
func TestDueWhenTheDayIsOver(t *testing.T) {
	t.Parallel()
	in := demoInput(t, plan.Week, "2017-12-31")
	for over, want := range map[bool]string{false: "都在12月31日", true: "30天内到期：无"} {
		in.Over = over
		if got := render.NewDigest(in).For(render.Reader{}).Text; !strings.Contains(got, want) {
			t.Errorf("over %t:\n%s", over, got)
		}
	}
}

// TestDigestAfterAWeekOff names all weeks that it covers, and the plan's year where there are
// several.
func TestDigestAfterAWeekOff(t *testing.T) {
	t.Parallel()
	in := demoInput(t, plan.Week, "2017-10-08")
	in.Period.From, in.Dated = plan.NewDate(2017, 9, 25), true
	if got := render.NewDigest(in).For(render.Reader{}).Text; !strings.HasPrefix(got, "聊城市2017年督办周报 · 9月25日—10月8日（第39—40周）") {
		t.Errorf("%s", got)
	}
}
