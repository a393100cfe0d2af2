package commands_test

import (
	"bytes"
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

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
