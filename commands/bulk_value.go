package commands

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"duban/plan"
	"duban/report"
	"duban/report/document"
)

// readValue reads a value and its unit; a unit's own 万 or 亿 counts where the value has none.
func readValue(text, unit string) (value plan.Decimal, written string, err error) {
	value, written, ok := report.ParseQuantity(text)
	if !ok {
		return value, "", fmt.Errorf("数值 %q 看不懂；请写成 824、3.5万 或 82%%，任务写 已完成、推进中 或 未启动", text)
	}
	if unit == "" {
		return value, written, nil
	}
	factor, plain, ok := report.ParseQuantity("1" + unit)
	if !ok {
		factor, plain = plan.NewDecimal(1, 0), unit
	}
	if written == "" && !strings.ContainsAny(text, "万亿千百") {
		units, scale := factor.Parts()
		if value, ok = value.Times(units); !ok || scale != 0 {
			return value, "", fmt.Errorf("数值 %s%s 太大", text, unit)
		}
	}
	if written != "" && plain != "" && written != plain && !(&plan.Target{Unit: plain}).Fits(written) {
		return value, "", fmt.Errorf("数值里的单位 %s 与单位一栏的 %s 不一致", written, unit)
	}
	if written == "" {
		written = plain
	}
	return value, written, nil
}

// stageWords are how people write stages.
var stageWords = []struct {
	word  string
	stage plan.Stage
}{
	{"已完成", plan.Finished},
	{"完成", plan.Finished},
	{"全部完成", plan.Finished},
	{"已办结", plan.Finished},
	{"办结", plan.Finished},
	{"推进中", plan.Ongoing},
	{"进行中", plan.Ongoing},
	{"正在推进", plan.Ongoing},
	{"实施中", plan.Ongoing},
	{"已启动", plan.Ongoing},
	{"未启动", plan.NotStarted},
	{"尚未启动", plan.NotStarted},
	{"未开始", plan.NotStarted},
	{"未开工", plan.NotStarted},
}

// readStage reads the stage of a task, with a percentage behind it: 推进中 60%.
func readStage(text string) (stage plan.Stage, percent *plan.Decimal, ok bool) {
	text = strings.TrimSpace(document.Narrow(text))
	for _, w := range stageWords {
		rest, found := strings.CutPrefix(text, w.word)
		if !found {
			continue
		}
		if rest == "" {
			return w.stage, nil, true
		}
		value, unit, ok := report.ParseQuantity(strings.Trim(rest, " ,，:：()（）"))
		if ok && unit == "%" && w.stage == plan.Ongoing && value.Cmp(plan.Decimal{}) >= 0 && value.Cmp(plan.NewDecimal(100, 0)) <= 0 {
			return w.stage, &value, true
		}
	}
	return "", nil, false
}

var (
	dayForm      = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00(?::00)?)?$`)
	monthEndForm = regexp.MustCompile(`^(\d{4})年(\d{1,2})月[底末]$`)
	compactForm  = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
)

// ParseDay reads a date as people write it in a cell: 2017-07-31, 2017/7/31, 2017年7月31日,
// 2017年7月底, 20170731.
func ParseDay(text string) (plan.Date, error) {
	s := document.Narrow(text)
	if s == "" {
		return plan.Date{}, fmt.Errorf("没有写日期")
	}
	if m := monthEndForm.FindStringSubmatch(s); m != nil {
		if month := whole(m[2]); month >= 1 && month <= 12 {
			return plan.EndOfMonth(whole(m[1]), time.Month(month)), nil
		}
	}
	for _, form := range []*regexp.Regexp{dayForm, compactForm} {
		m := form.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		d := plan.Date{Year: whole(m[1]), Month: time.Month(whole(m[2])), Day: whole(m[3])}
		if d == plan.NewDate(d.Year, d.Month, d.Day) {
			return d, nil
		}
	}
	return plan.Date{}, fmt.Errorf("日期 %q 不对，应写成 2017-07-31", text)
}

func whole(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
