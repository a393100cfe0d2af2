package commands_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"duban/commands"
	"duban/plan"
	"duban/render"
	"duban/report"
	"duban/report/builtin"
	"duban/storage"
)

var (
	now        = time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC)
	supervisor = plan.Actor{ID: "test:s", Role: plan.Supervisor}
	key        = plan.Key("聊城市2017")
)

// checked opens a database with the built-in report as a draft.
func checked(t *testing.T) (*storage.DB, *commands.Router) {
	t.Helper()
	db, err := storage.Open(filepath.Join(t.TempDir(), "duban.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Check(context.Background()); err != nil {
			t.Error(err)
		}
		_ = db.Close()
	})
	store(t, db, builtin.Text())
	return db, commands.New(db, commands.Options{})
}

// store imports a text as duban import does.
func store(t *testing.T, db *storage.DB, text string) {
	t.Helper()
	p, err := report.Parse(text, report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(t.Context(), func(tx plan.Tx) error {
		old, err := tx.Plans().Imported(key)
		if err != nil {
			old = nil
		}
		merged, _ := plan.Merge(old, p)
		return tx.As(plan.System, now).PutPlan(merged)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func stored(t *testing.T, db *storage.DB) (p *plan.Plan, decisions []plan.Correction) {
	t.Helper()
	err := db.View(t.Context(), func(tx plan.Tx) (err error) {
		if p, err = tx.Plans().Get(key); err != nil {
			return err
		}
		decisions, err = tx.As(supervisor, now).Corrections(key)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return p, decisions
}

func exported(t *testing.T, r *commands.Router) []byte {
	t.Helper()
	data, err := r.ProofExport(t.Context(), supervisor, now, key)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// edited changes cells of a workbook: line and column → text. A text that begins with "fx"
// is a formula, a number is stored as one.
func edited(t *testing.T, data []byte, cells map[string]string) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range cells {
		set := f.SetCellStr("校核", name, text)
		if n, err := strconv.ParseFloat(text, 64); err == nil {
			set = f.SetCellValue("校核", name, n)
		}
		if formula, ok := strings.CutPrefix(text, "fx"); ok {
			set = f.SetCellFormula("校核", name, formula)
		}
		if set != nil {
			t.Fatal(set)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// rowOf finds the line of a metric in a workbook.
func rowOf(t *testing.T, data []byte, metric string) string {
	t.Helper()
	rows, problems, err := render.ReadProofSheet(data)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	for i := range rows {
		if rows[i].Cell(render.ColumnMetric) == metric {
			return strconv.Itoa(rows[i].Line)
		}
	}
	t.Fatalf("no row of %s", metric)
	return ""
}

func TestWorkbookUnedited(t *testing.T) {
	t.Parallel()
	db, r := checked(t)
	m, err := r.ProofImport(t.Context(), supervisor, now, exported(t, r))
	if err != nil || !strings.Contains(m.Text, "没有改动") {
		t.Errorf("%v: %s", err, m.Text)
	}
	if _, decisions := stored(t, db); len(decisions) > 0 {
		t.Errorf("%d decisions", len(decisions))
	}
}

func TestWorkbook(t *testing.T) {
	t.Parallel()
	db, r := checked(t)
	data := exported(t, r)
	beds, road, bridge, bus := rowOf(t, data, "新增养老床位"), rowOf(t, data, "新改建农村公路"), rowOf(t, data, "改造农村危桥"), rowOf(t, data, "新增新能源公交车")
	data = edited(t, data, map[string]string{
		"G" + beds: "3500", "M" + beds: "笔误", "L" + road: "对", "L" + bridge: "不是指标",
		"I" + bus: "43281", "K" + bus: "2", "L" + bus: "改",
		"B900": "实事8", "E900": "公交专用道", "G900": "1.2万", "H900": "米", "L900": "新增",
	})
	m, err := r.ProofImport(t.Context(), supervisor, now, data)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"已按校核表存好5项", "3600张 → 不少于3500张", "期限：2017年底前 → 2018年6月底前", "权重：1 → 2", "不是指标：实事8 改造农村危桥", "新增：实事8 公交专用道 不少于1.2万米"} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("no %q in\n%s", want, m.Text)
		}
	}
	p, decisions := stored(t, db)
	if c := p.Commitment("3.6.2.8"); len(c.Targets) != 2 || c.Targets[0].Check != plan.CheckedRight || c.Targets[1].Value.String() != "12000" {
		t.Errorf("%+v", c.Targets)
	}
	if decisions[0].Reason == "" && decisions[1].Reason == "" {
		t.Error("the note is lost")
	}
	if m, err = r.ProofImport(t.Context(), supervisor, now, exported(t, r)); err != nil || !strings.Contains(m.Text, "没有改动") {
		t.Errorf("after the import: %v: %s", err, m.Text)
	}
	if _, err = r.ProofImport(t.Context(), supervisor, now, edited(t, data, map[string]string{"G" + beds: "3400"})); err == nil || !strings.Contains(err.Error(), "请重新导出") {
		t.Errorf("a stale workbook was taken: %v", err)
	}
}

func TestWorkbookRowErrors(t *testing.T) {
	t.Parallel()
	db, r := checked(t)
	data := exported(t, r)
	for want, cells := range map[string]map[string]string{
		"第2行“数值”是公式":      {"G2": "fx1+1"},
		"第3行：“校核”栏只能是":    {"L3": "也许"},
		"第4行：没有序号99999":   {"A4": "99999"},
		"第5行：序号2和第2行重复":   {"A5": "2", "B5": "2.0.1.0"},
		"第6行：编号9.9":       {"B6": "9.9"},
		"第7行：没看到数":        {"G7": "很多"},
		"第8行：期限没看懂":       {"I8": "尽快"},
		"第9行：口径只有三种":      {"J9": "随便"},
		"第10行：权重请写":       {"K10": "-1"},
		"第11行：写了“改”":      {"L11": "改"},
		"第12行：这一项报告里本来就有": {"L12": "新增"},
		"第800行：没有序号":      {"E800": "公交专用道"},
		"第801行：没有编号":      {"B801": "实事99", "E801": "公交专用道", "G801": "12公里", "L801": "新增"},
		"第802行：指标名称请写":    {"B802": "实事8", "G802": "12公里", "L802": "新增"},
	} {
		_, err := r.ProofImport(t.Context(), supervisor, now, edited(t, data, cells))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	good := rowOf(t, data, "新增养老床位")
	_, err := r.ProofImport(t.Context(), supervisor, now, edited(t, data, map[string]string{"L" + good: "对", "G7": "很多"}))
	if _, decisions := stored(t, db); err == nil || len(decisions) > 0 {
		t.Errorf("half a workbook was stored: %v, %d", err, len(decisions))
	}
	for _, bad := range [][]byte{nil, []byte("no workbook"), bytes.Repeat([]byte("PK\x03\x04"), 1000)} {
		if _, err := r.ProofImport(t.Context(), supervisor, now, bad); err == nil || !strings.Contains(err.Error(), "这不是校核表") {
			t.Errorf("%v", err)
		}
	}
	if _, err := r.ProofImport(t.Context(), plan.Actor{Role: plan.Staff, Department: "民政局"}, now, data); err == nil {
		t.Error("staff corrected a plan")
	}
}

func TestWorkbookIsNoFormula(t *testing.T) {
	t.Parallel()
	db, r := checked(t)
	err := db.Update(t.Context(), func(tx plan.Tx) error {
		p, err := tx.Plans().Imported(key)
		if err != nil {
			return err
		}
		c := &p.Commitments[0]
		to := c.Targets[0]
		to.Metric = `=HYPERLINK("http://example.org","x")`
		return tx.As(supervisor, now).Correct(key, plan.Correction{Check: plan.CheckedFixed, Commitment: c.ID, Item: to.ID, Was: to.ReadAs(), Target: &to})
	})
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(exported(t, r)))
	if err != nil {
		t.Fatal(err)
	}
	formula, _ := f.GetCellFormula("校核", "E2")
	kind, _ := f.GetCellType("校核", "E2")
	if formula != "" || kind != excelize.CellTypeSharedString && kind != excelize.CellTypeInlineString {
		t.Errorf("formula %q, type %v", formula, kind)
	}
}

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
