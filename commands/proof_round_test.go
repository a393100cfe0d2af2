package commands_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"duban/plan"
	"duban/report"
	"duban/report/builtin"
)

// TestDecisionsRoundTrip makes random decisions: the workbook of what comes out changes
// nothing, undoing them all gives the plan back, and a second import keeps them.
func TestDecisionsRoundTrip(t *testing.T) {
	t.Parallel()
	p, err := report.Parse(builtin.Text(), report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	read, _ := plan.Merge(nil, p)
	rapid.Check(t, func(t *rapid.T) {
		var decisions []plan.Correction
		next := read.NextID
		for range rapid.IntRange(1, 30).Draw(t, "n") {
			now := plan.Proofed(read, decisions)
			c := &now.Commitments[rapid.IntRange(0, len(now.Commitments)-1).Draw(t, "c")]
			if len(c.Targets) == 0 {
				continue
			}
			target := c.Targets[rapid.IntRange(0, len(c.Targets)-1).Draw(t, "t")]
			d := plan.Correction{Commitment: c.ID, Item: target.ID, Was: target.ReadAs(), Check: rapid.SampledFrom([]plan.Check{plan.CheckedRight, plan.CheckedFixed, plan.Rejected, plan.CheckedAdded}).Draw(t, "check")}
			if d.Check == plan.CheckedFixed || d.Check == plan.CheckedAdded {
				target.Value, target.ValueText = plan.NewDecimal(rapid.Int64Range(1, 9999).Draw(t, "v"), 0), "7"+target.Unit
				d.Target = &target
			}
			if d.Check == plan.CheckedAdded {
				d.Item, d.Was = next, ""
				next++
			}
			decisions = append(decisions, d)
		}
		if len(decisions) == 0 {
			return
		}
		inverse, ok := plan.Undo(read, decisions, 0, len(decisions))
		if !ok {
			t.Fatal("cannot be undone")
		}
		back := plan.Corrected(read, append(decisions, inverse...))
		for i := range read.Commitments {
			for j := range read.Commitments[i].Targets {
				a, b := &read.Commitments[i].Targets[j], back.Commitments[i].Targets[j]
				if a.Value != b.Value || a.ValueText != b.ValueText || a.Check != b.Check {
					t.Fatalf("%s: %s is %s %q", a.Metric, a.ValueText, b.ValueText, b.Check)
				}
			}
			if len(read.Commitments[i].Targets) != len(back.Commitments[i].Targets) {
				t.Fatal("additions stay")
			}
		}
	})
}

func TestReimportKeepsDecisions(t *testing.T) {
	t.Parallel()
	db, r := checked(t)
	data := exported(t, r)
	beds, road := rowOf(t, data, "新增养老床位"), rowOf(t, data, "新改建农村公路")
	data = edited(t, data, map[string]string{
		"G" + beds: "3500", "G" + road: "2400", "B900": "实事8", "E900": "公交专用道", "G900": "12公里", "L900": "新增",
	})
	if _, err := r.ProofImport(t.Context(), supervisor, now, data); err != nil {
		t.Fatal(err)
	}
	store(t, db, strings.Replace(builtin.Text(), "养老床位3600张", "养老床位3800张", 1))
	p, decisions := stored(t, db)
	target := p.Commitment("3.6.2.5").Targets[0]
	if target.Value.String() != "3800" || target.Check != "" {
		t.Errorf("a number that the report changed kept its correction: %+v", target)
	}
	c := p.Commitment("3.6.2.8")
	if len(c.Targets) != 3 || c.Targets[0].Value.String() != "2400" || c.Targets[2].Metric != "公交专用道" {
		t.Errorf("decisions are lost: %+v", c.Targets)
	}
	imported := p
	if err := db.View(t.Context(), func(tx plan.Tx) (err error) { imported, err = tx.Plans().Imported(key); return err }); err != nil {
		t.Fatal(err)
	}
	if lapsed := plan.Lapsed(imported, decisions); len(lapsed) != 1 || lapsed[0].Target.ValueText != "3500张" {
		t.Errorf("lapsed: %+v", lapsed)
	}
	if m, err := r.ProofImport(t.Context(), supervisor, now, exported(t, r)); err != nil || !strings.Contains(m.Text, "没有改动") {
		t.Errorf("%v: %s", err, m.Text)
	}
}

// TestWorkbookFollowsDecisions exports and imports after each of many decisions: a workbook
// without edits never changes anything.
func TestWorkbookFollowsDecisions(t *testing.T) {
	t.Parallel()
	db, r := checked(t)
	random := rand.New(rand.NewPCG(1, 2))
	texts := []string{"=1+1", "+86个", "1E+5米", "1/3", "翻番", "3.5万套", "6%-7%", "三项", " 5 家", "5家“好”", "0012", "43281"}
	for range 5 {
		err := db.Update(t.Context(), func(tx plan.Tx) error {
			read, err := tx.Plans().Imported(key)
			if err != nil {
				return err
			}
			desk := tx.As(supervisor, now)
			all, err := desk.Corrections(key)
			if err != nil {
				return err
			}
			p := plan.Proofed(read, all)
			for range 8 {
				c := &p.Commitments[random.IntN(len(p.Commitments))]
				if len(c.Targets) == 0 {
					continue
				}
				to := c.Targets[random.IntN(len(c.Targets))]
				d := plan.Correction{Commitment: c.ID, Item: to.ID, Was: to.ReadAs(), Check: []plan.Check{plan.CheckedRight, plan.CheckedFixed, plan.Rejected, ""}[random.IntN(4)], Reason: texts[random.IntN(len(texts))]}
				if d.Check == plan.CheckedFixed {
					to.Metric, to.ValueText = texts[random.IntN(len(texts))], texts[random.IntN(len(texts))]
					to.Basis, to.Weight, to.Op = plan.BasisLevel, plan.NewDecimal(int64(random.IntN(5)), 1), plan.AtMost
					d.Target = &to
				}
				if err := desk.Correct(key, d); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		m, err := r.ProofImport(t.Context(), supervisor, now, exported(t, r))
		if err != nil || !strings.Contains(m.Text, "没有改动") {
			t.Fatalf("%v: %s", err, m.Text)
		}
	}
}

// TestWorkbookOfSpreadsheets takes cells as spreadsheets store them: a date and a percentage
// with a format of their own.
func TestWorkbookOfSpreadsheets(t *testing.T) {
	t.Parallel()
	_, r := checked(t)
	data := exported(t, r)
	beds, share := rowOf(t, data, "新增养老床位"), rowOf(t, data, "常住人口城镇化率")
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	percent, err := f.NewStyle(&excelize.Style{NumFmt: 9})
	if err != nil {
		t.Fatal(err)
	}
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for name, set := range map[string]func(string) error{
		"I" + beds: func(n string) error {
			return errors.Join(f.SetCellValue("校核", n, 43281), f.SetCellStyle("校核", n, n, day))
		},
		"G" + share: func(n string) error {
			return errors.Join(f.SetCellValue("校核", n, 0.52), f.SetCellStyle("校核", n, n, percent))
		},
	} {
		if err := set(name); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	m, err := r.ProofImport(t.Context(), supervisor, now, out.Bytes())
	if err != nil || !strings.Contains(m.Text, "2018年6月底前") || !strings.Contains(m.Text, "不少于50% → 不少于52%") {
		t.Errorf("%v: %s", err, m.Text)
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	_, r := checked(t)
	staff := plan.Actor{ID: "test:x", Role: plan.Staff, Department: "民政局"}
	_, err := r.ProofImport(t.Context(), staff, now, exported(t, r))
	if s := r.Sentence(staff, err); !strings.Contains(s, "督查室可以") {
		t.Errorf("%v: %q", err, s)
	}
	_, err = r.ProofImport(t.Context(), supervisor, now, []byte("no workbook"))
	if s := r.Sentence(supervisor, err); !strings.Contains(s, "这不是校核表") || strings.Contains(s, "zip") {
		t.Errorf("%v: %q", err, s)
	}
	if s := r.Sentence(supervisor, errors.New("disk on fire")); s != "" {
		t.Errorf("%q", s)
	}
}

// TestWorkbookTwice: the same workbook may come twice, and other ways of writing a number are
// no change.
func TestWorkbookTwice(t *testing.T) {
	t.Parallel()
	db, r := checked(t)
	data := exported(t, r)
	beds, road, bridge, bus := rowOf(t, data, "新增养老床位"), rowOf(t, data, "新改建农村公路"), rowOf(t, data, "改造农村危桥"), rowOf(t, data, "新增新能源公交车")
	m, err := r.ProofImport(t.Context(), supervisor, now, edited(t, data, map[string]string{"G" + beds: "3,600张"}))
	if err != nil || !strings.Contains(m.Text, "没有改动") {
		t.Errorf("a comma is a change: %v: %s", err, m.Text)
	}
	data = edited(t, data, map[string]string{
		"G" + beds: "3,700张", "L" + beds: "对", "G" + road: "2,600", "L" + bridge: "不是指标", "L" + bus: "对",
		"B900": "实事8", "E900": "公交专用道", "G900": "12公里", "L900": "新增", "B901": "实事8", "E901": "公交专用道", "G901": "12公里", "L901": "新增",
	})
	if m, err = r.ProofImport(t.Context(), supervisor, now, data); err != nil || !strings.Contains(m.Text, "存好5项") {
		t.Fatalf("%v: %s", err, m.Text)
	}
	_, before := stored(t, db)
	m, err = r.ProofImport(t.Context(), supervisor, now, data)
	if _, after := stored(t, db); err != nil || !strings.Contains(m.Text, "没有改动") || len(after) != len(before) {
		t.Errorf("the second time: %v: %s", err, m.Text)
	}
}
