package commands

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"duban/plan"
	"duban/report"
)

// edit changes what was read of a target. Each method takes one field as a person writes it
// and returns a sentence for the person where that cannot be.
type edit struct {
	plan   *plan.Plan
	target plan.Target
}

// Limits of what supervisors may write.
const (
	longestMetric = 60
	longestUnit   = 12
	latestYear    = 15 // years after the plan's that a deadline may lie
)

// editFields are the words that open a field in a line.
var editFields = regexp.MustCompile(`(指标名称|指标|名称|目标值|数值|单位|期限|口径|权重|比较)[:：\s为是]*`)

// line takes 3600张 期限2018年6月底, or one field behind its word.
func (e *edit) line(text string) string {
	text = strings.TrimSpace(report.Narrow(text))
	places := editFields.FindAllStringSubmatchIndex(text, -1)
	end := len(text)
	if len(places) > 0 {
		end = places[0][0]
	}
	if lead := strings.Trim(text[:end], " ，,；;、"); lead != "" {
		if problem := e.field("数值", lead); problem != "" {
			return problem
		}
	}
	for i, m := range places {
		end := len(text)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		if problem := e.field(text[m[2]:m[3]], strings.Trim(text[m[1]:end], " ，,；;、。")); problem != "" {
			return problem
		}
	}
	return ""
}

// field takes one field by the word that people call it.
func (e *edit) field(name, text string) string {
	switch name {
	case "指标", "指标名称", "名称":
		return e.metric(text)
	case "单位":
		return e.unit(text)
	case "期限":
		return e.deadline(text)
	case "口径":
		return e.basis(text)
	case "权重":
		return e.weight(text)
	case "比较":
		return e.compare(text)
	}
	return e.value(text)
}

func (e *edit) metric(text string) string {
	text = strings.TrimSpace(text)
	if n := utf8.RuneCountInString(text); n < 2 || n > longestMetric {
		return "指标名称请写2到60个字，例如：指标 新增养老床位"
	}
	e.target.Metric = text
	return ""
}

// value takes 40%以上, 不超过3%, 3.5万套; without a unit the target's stays.
func (e *edit) value(text string) string {
	s, before, ok := report.ReadStated(text)
	switch {
	case !ok:
		return "没看到数。请写数和单位，例如：数值 40%以上；改别的请带上名称，例如：期限 2018年6月底"
	case before != "":
		return "“" + before + "”没看懂。只改数就发：数值 " + s.Text + "；改名称就发：指标 " + before
	case s.Value.Cmp(plan.Decimal{}) < 0:
		return "数值不能小于0。请写成例如：数值 40%以上"
	}
	s.WithUnit(e.target.Unit)
	t := &e.target
	t.Value, t.Upper, t.Stretch, t.Unit, t.ValueText = s.Value, s.Upper, nil, s.Unit, strings.ReplaceAll(s.Text, ",", "")
	if s.Op != "" {
		t.Op, t.Hedge = s.Op, s.Hedge
	}
	t.Kind = s.KindOf(t.Metric, t.Op)
	return ""
}

func (e *edit) unit(text string) string {
	unit := report.UnitName(text)
	n := utf8.RuneCountInString(unit)
	if n == 0 || n > longestUnit || strings.ContainsAny(unit, "0123456789. ") {
		return "单位请写1到12个字，不带数，例如：单位 公里"
	}
	t := &e.target
	numeral := t.Numeral()
	t.Unit = unit
	t.ValueText = numeral + t.UnitWord()
	s := report.Stated{Value: t.Value, Unit: unit}
	t.Kind = s.KindOf(t.Metric, t.Op)
	return ""
}

func (e *edit) deadline(text string) string {
	day := e.day(text)
	switch {
	case day.IsZero():
		return "期限没看懂。请写成例如：期限 2018年6月底，或 2018-06-30"
	case day.Year < e.plan.Year || day.Year > e.plan.Year+latestYear:
		return "期限要在" + yearText(e.plan.Year) + "到" + yearText(e.plan.Year+latestYear) + "之间，例如：期限 " + yearText(e.plan.Year) + "底"
	}
	e.target.Deadline = day
	return ""
}

// day reads a deadline as people write it.
func (e *edit) day(text string) plan.Date {
	text = strings.TrimSpace(text)
	if day, err := plan.ParseDate(text); err == nil {
		return day
	}
	if day, rest := dateOf(text, plan.EndOfYear(e.plan.Year)); strings.Contains(text, "月") && !strings.HasPrefix(text, "上") && utf8.RuneCountInString(rest) <= 2 {
		return day
	}
	day, _ := report.ReadDeadline(text, e.plan.Year)
	return day
}

// basisWords are what people call the bases.
var basisWords = map[string]plan.Basis{
	"累计": plan.BasisFlow, "累计数": plan.BasisFlow, "总数": plan.BasisFlow,
	"变化": plan.BasisChange, "变化量": plan.BasisChange, "增减": plan.BasisChange,
	"水平": plan.BasisLevel, "当前水平": plan.BasisLevel, "达到": plan.BasisLevel, "时点": plan.BasisLevel,
}

func (e *edit) basis(text string) string {
	b, ok := basisWords[strings.TrimSpace(text)]
	if !ok {
		return "口径只有三种：累计（1月1日起的总数）、变化（提高或降低了多少）、水平（现在是多少）。例如：口径 水平"
	}
	e.target.Basis = b
	return ""
}

func (e *edit) weight(text string) string {
	d, err := plan.ParseDecimal(strings.TrimSpace(text))
	if err != nil || d.Cmp(plan.Decimal{}) <= 0 || d.Cmp(plan.NewDecimal(100, 0)) > 0 {
		return "权重请写大于0、不超过100的数，例如：权重 2；不想计入就选“不是指标”"
	}
	e.target.Weight = d
	if d.Cmp(plan.NewDecimal(1, 0)) == 0 {
		e.target.Weight = plan.Decimal{}
	}
	return ""
}

// compareWords are what people call the comparisons.
var compareWords = map[string]plan.Op{
	"不少于": plan.AtLeast, "不低于": plan.AtLeast, "至少": plan.AtLeast, "以上": plan.AtLeast, ">=": plan.AtLeast, "≥": plan.AtLeast,
	"不超过": plan.AtMost, "不高于": plan.AtMost, "以内": plan.AtMost, "控制在": plan.AtMost, "<=": plan.AtMost, "≤": plan.AtMost,
	"左右": plan.About, "约": plan.About, "~=": plan.About, "≈": plan.About, "等于": plan.Exactly, "正好": plan.Exactly, "=": plan.Exactly,
}

func (e *edit) compare(text string) string {
	op, ok := compareWords[strings.TrimSpace(text)]
	if !ok {
		return "比较只有四种：不少于、不超过、左右、等于。例如：比较 不超过"
	}
	t := &e.target
	if t.Op == op {
		return ""
	}
	t.Op = op
	if op == plan.About || t.Hedge == plan.Roughly || t.Hedge == plan.Around {
		t.Hedge = map[bool]plan.Hedge{true: plan.Roughly}[op == plan.About]
	}
	s := report.Stated{Value: t.Value, Unit: t.Unit}
	t.Kind = s.KindOf(t.Metric, t.Op)
	return ""
}

func yearText(year int) string { return plan.NewDecimal(int64(year), 0).String() + "年" }

// sameTarget reports whether nothing that supervisors may change differs.
func sameTarget(a, b *plan.Target) bool {
	return a.Metric == b.Metric && a.Op == b.Op && a.Value == b.Value && sameDecimal(a.Upper, b.Upper) && sameDecimal(a.Stretch, b.Stretch) &&
		a.Unit == b.Unit && a.Hedge == b.Hedge && a.Deadline == b.Deadline && plan.BasisOf(a) == plan.BasisOf(b) && a.Weight == b.Weight && a.ValueText == b.ValueText
}

func sameDecimal(a, b *plan.Decimal) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
