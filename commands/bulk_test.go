package commands_test

import (
	"strings"
	"testing"

	"duban/commands"
	"duban/plan"
	"duban/report"
	"duban/report/builtin"
	"duban/report/document"
)

func builtinPlan(t testing.TB) *plan.Plan {
	t.Helper()
	p, err := report.Parse(builtin.Text(), report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	merged, _ := plan.Merge(nil, p)
	return merged
}

var (
	header = []string{"code", "metric", "date", "value", "unit", "plan"}
	today  = plan.Date{Year: 2018, Month: 3, Day: 31}
)

// one reads a single row.
func one(t testing.TB, plans []*plan.Plan, cells ...string) (string, plan.Filing, string) {
	t.Helper()
	list, wrong, err := commands.ParseFilings([]document.Row{{Line: 1, Cells: header}, {Line: 2, Cells: cells}}, plans, today)
	if err != nil || len(list)+len(wrong) != 1 {
		t.Fatalf("%q: %d rows, %d errors, %v", cells, len(list), len(wrong), err)
	}
	if len(wrong) == 1 {
		return "", plan.Filing{}, wrong[0].Reason
	}
	return list[0].Name, list[0].Filing, ""
}

// TestMetricsThatPeopleWrite finds targets by names that are not the report's.
func TestMetricsThatPeopleWrite(t *testing.T) {
	t.Parallel()
	plans := []*plan.Plan{builtinPlan(t)}
	for _, c := range []struct{ code, metric, value, unit, want string }{
		{"3.6.2.8", "农村公路", "1", "公里", "新改建农村公路"},
		{"3.6.2.8", "新建农村公路", "1", "", "新改建农村公路"},
		{"3.6.2.8", "危桥", "1", "", "改造农村危桥"},
		{"3.6.2.8", "农村危桥改造", "1", "座", "改造农村危桥"},
		{"3.6.2.8", "农村", "1", "座", "改造农村危桥"},
		{"3.6.2.8", "改造", "1", "", "改造农村危桥"},
		{"3.6.2.8", "桥", "1", "", ""},
		{"3.6.2.8", "农村", "1", "", ""},
		{"3.6.2.8", "养老床位", "1", "", ""},
		{"3.6.2.5", "", "1", "张", "新增养老床位"},
		{"3.6.2.5", "养老床位", "1", "", "新增养老床位"},
		{"3.6.1.0", "脱贫人口", "1", "人", "完成贫困人口脱贫"},
		{"3.6.1.0", "贫困村", "1", "个", "完成贫困村退出"},
		{"3.6.2.3", "公办幼儿园", "1", "所", "新建改建公办幼儿园"},
		{"3.6.2.3", "中小学", "1", "所", ""},
		{"3.6.2.3", "新建中小学", "1", "所", "新建中小学"},
		{"3.6.2.3", "改扩建中小学", "1", "所", "改扩建中小学"},
		{"3.6.2.3", "学位", "1", "个", "新增学位数"},
		{"3.6.2.3", "建设校舍", "1", "平方米", ""},
		{"3.6.2.3", "建设校舍（52万平方米）", "1", "万平方米", "建设校舍"},
		{"3.6.2.9", "电影放映", "1", "场", "农村公益电影放映"},
		{"3.6.2.9", "村综合文化服务中心", "1", "%", "村综合文化服务中心覆盖行政村"},
		{"3.6.2.9", "村综合文化服务中心", "1", "个", "建设村综合文化服务中心"},
		{"3.4.1.5", "农村“户户通”道路硬化整治村庄", "1", "个", "整治村庄"},
		{"3.1.2.1", "高新技术产业占比", "1", "个百分点", "高新技术产业占比提高"},
	} {
		name, _, reason := one(t, plans, c.code, c.metric, "2017-07-31", c.value, c.unit)
		if name != c.want {
			t.Errorf("%s %q %s: %q (%s), want %q", c.code, c.metric, c.unit, name, reason, c.want)
		}
	}
}

// TestEveryMetricFindsItself files every target under its own name.
func TestEveryMetricFindsItself(t *testing.T) {
	t.Parallel()
	p := builtinPlan(t)
	for i := range p.Commitments {
		c := &p.Commitments[i]
		for j := range c.Targets {
			target := &c.Targets[j]
			twins := 0
			for k := range c.Targets {
				if c.Targets[k].Metric == target.Metric {
					twins++
				}
			}
			metric := target.Metric
			if twins > 1 {
				metric += "（" + target.Say(target.Value) + "）"
			}
			_, f, reason := one(t, []*plan.Plan{p}, string(c.Code), metric, "2017-12-31", target.Value.String(), target.Unit)
			if f.Item != target.ID || f.Value == nil || *f.Value != target.Value {
				t.Errorf("%s %s: item %d, %s", c.Code, metric, f.Item, reason)
			}
		}
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	plans := []*plan.Plan{builtinPlan(t)}
	for _, c := range []struct{ code, metric, value, unit, want string }{
		{"3.6.1.0", "贫困人口脱贫", "7.87万", "人", "78700"},
		{"3.6.1.0", "贫困人口脱贫", "7.87", "万人", "78700"},
		{"3.6.1.0", "贫困人口脱贫", "7.87万人", "万人", "78700"},
		{"3.6.1.0", "贫困人口脱贫", "78,700", "", "78700"},
		{"3.6.1.0", "贫困人口脱贫", "七万八千七百", "", "78700"},
		{"3.6.2.1", "创业担保贷款", "2.3", "亿元", "230000000"},
		{"3.6.2.1", "创业担保贷款", "23000", "万元", "230000000"},
		{"3.6.2.0", "财力用于民生", "80%", "%", "80"},
		{"3.6.2.0", "财力用于民生", "80", "", "80"},
		{"3.6.2.0", "财力用于民生", "80", "％", "80"},
		{"3.6.2.8", "危桥", "28座", "座", "28"},
	} {
		_, f, reason := one(t, plans, c.code, c.metric, "2017-07-31", c.value, c.unit)
		if f.Value == nil || f.Value.String() != c.want {
			t.Errorf("%s %s %s: %v (%s), want %s", c.metric, c.value, c.unit, f.Value, reason, c.want)
		}
	}
}

func TestParseDay(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2017-07-31": "2017-07-31", "2017/7/31": "2017-07-31", "2017.7.31": "2017-07-31", "2017年7月31日": "2017-07-31",
		"２０１７年７月３１日": "2017-07-31", "20170731": "2017-07-31", "2017年2月底": "2017-02-28", "2017-07-31 00:00:00": "2017-07-31",
		"2017-02-30": "", "7月底": "", "31/7/2017": "", "": "", "2017": "", "2017-13-01": "", "2017年13月底": "",
	} {
		d, err := commands.ParseDay(text)
		if d.String() != want || (err == nil) != (want != "") {
			t.Errorf("%q: %s, %v", text, d, err)
		}
	}
}

// TestPlanOfARow finds the plan where several are stored.
func TestPlanOfARow(t *testing.T) {
	t.Parallel()
	first := builtinPlan(t)
	next := *first
	next.Year = 2018
	plans := []*plan.Plan{&next, first}
	for _, c := range []struct{ date, name, want string }{
		{"2017-07-31", "", "聊城市2017"},
		{"2018-03-01", "", "聊城市2018"},
		{"2018-03-01", "2017", "聊城市2017"},
		{"2018-03-01", "聊城市2018", "聊城市2018"},
		{"2018-03-01", "济南", ""},
	} {
		_, f, reason := one(t, plans, "3.6.2.8", "危桥", c.date, "1", "", c.name)
		if string(f.Plan) != c.want {
			t.Errorf("%s %q: %s (%s), want %s", c.date, c.name, f.Plan, reason, c.want)
		}
	}
	other := *first
	other.Place = "济南市"
	if _, _, reason := one(t, []*plan.Plan{first, &other}, "3.6.2.8", "危桥", "2017-07-31", "1"); !strings.Contains(reason, "不止一个计划") {
		t.Errorf("two plans fit: %s", reason)
	}
}

// FuzzParseFilings finds no cell that stops the program, and no filing without an item.
func FuzzParseFilings(f *testing.F) {
	p := builtinPlan(f)
	f.Add("3.6.2.8", "危桥", "2017-07-31", "28座", "座")
	f.Add("实事5", "", "2017年7月底", "推进中60%", "")
	f.Fuzz(func(t *testing.T, code, metric, date, value, unit string) {
		rows := []document.Row{{Line: 1, Cells: header}, {Line: 2, Cells: []string{code, metric, date, value, unit}}}
		list, _, err := commands.ParseFilings(rows, []*plan.Plan{p}, today)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range list {
			if p.Holder(row.Filing.Item) == nil || row.Filing.Value == nil && row.Filing.Stage == "" {
				t.Errorf("filed %+v", row)
			}
		}
	})
}

// FuzzParseAssignments finds no cell that stops the program, and no duty without an item.
func FuzzParseAssignments(f *testing.F) {
	p := builtinPlan(f)
	heads := []string{"编号", "指标", "牵头单位", "配合单位", "姓名", "身份", "单位"}
	f.Add("3.6.2.8", "危桥", "交通局", "财政局、公安局", "王某某", "填报", "民政局")
	f.Add("实事5", "", "", "、、", "\u202e", "管理员", "")
	f.Fuzz(func(t *testing.T, code, metric, lead, support, name, role, department string) {
		rows := []document.Row{{Line: 1, Cells: heads}, {Line: 2, Cells: []string{code, metric, lead, support, name, role, department}}}
		a, _, err := commands.ParseAssignments(rows, []*plan.Plan{p})
		if err != nil {
			t.Skip()
		}
		for _, row := range a.Duties {
			if p.Holder(row.Duty.Item) == nil || row.Duty.Lead == "" {
				t.Errorf("assigned %+v", row)
			}
		}
	})
}
