package report

import (
	"slices"
	"strings"

	"duban/plan"
)

// opOf decides how the value is to be compared and how firmly it is meant.
func (r *reader) opOf(s setting, metric string) (plan.Op, plan.Hedge) {
	hedge := r.hedge
	if s.q.bound == plan.About {
		hedge = plan.Roughly
	}
	if w := suffixOf(s.before, []string{"约", "大约"}); w != "" || strings.Contains(s.pre, "约") && leadAbout(s.pre) {
		hedge = plan.Around
	}
	if hedge == "" && strings.Contains(s.pre, "基本建成") || hedge == "" && strings.Contains(s.pre, "基本完成") {
		hedge = plan.Basically
	}
	return comparison(s, metric, hedge), hedge
}

func leadAbout(pre string) bool {
	return strings.HasPrefix(trimLead(pre), "约") || strings.HasPrefix(pre, "约")
}

// ceiling reports whether the metric should stay low.
func ceiling(metric string) bool {
	if w := growthWords.suffix(metric); slices.Contains(cutsBack, w) || w == "改善" {
		return false
	}
	return containsAny(metric, []string{"消费价格", "CPI", "失业率", "死亡率", "自然增长率", "物价", "负债率", "赤字率", "不良率", "不良贷款率", "浓度"})
}

func comparison(s setting, metric string, hedge plan.Hedge) plan.Op {
	switch {
	case s.q.bound == plan.AtMost, ceilingWords.suffix(s.before) != "" && floorWords.suffix(s.before) == "" && s.q.bound != plan.AtLeast, ceiling(metric) && s.q.bound != plan.AtLeast && s.q.kind != times:
		return plan.AtMost
	case s.q.bound == plan.About, hedge == plan.Around:
		return plan.About
	case s.q.kind == proportion && s.q.value.Cmp(plan.NewDecimal(100, 0)) == 0:
		return plan.Exactly
	}
	return plan.AtLeast
}

// target makes the plan's record of it.
func (r *reader) target(m reading) plan.Target {
	q := m.q
	return plan.Target{
		Metric: m.metric, Op: m.op, Value: q.value, Upper: q.upper, Stretch: q.stretch, Unit: q.unit,
		Kind: kindOf(m), Hedge: m.hedge, Deadline: m.until,
		ValueText: r.src.cut(q.a, q.b), Start: r.src.start(q.a), Quote: r.quote(m.clause),
	}
}

// quote is the clause as the report has it.
func (r *reader) quote(c *clause) string {
	a := c.a + len(prefixOf(r.src.text[c.a:c.b], []string{"同时", "其中", "并"}))
	return r.src.words(a, c.b)
}

// cutsBack are verbs of metrics that count what is to be cut.
var cutsBack = []string{"压减", "削减", "降低", "下降", "减少", "淘汰", "压缩", "压降", "降幅", "缩减"}

// ratio reports whether a metric is the change of a rate or share.
func ratio(metric string) bool {
	base := strings.TrimSuffix(metric, growthWords.suffix(metric))
	return suffixOf(base, []string{"率", "占比", "比重", "比例"}) != ""
}

func kindOf(m reading) plan.Kind {
	switch m.q.kind {
	case money:
		return plan.Amount
	case times:
		return plan.Multiple
	}
	switch {
	case m.op == plan.AtMost && (ceiling(m.metric) || !containsAny(m.metric, cutsBack)):
		return plan.Ceiling
	case containsAny(m.metric, cutsBack):
		return plan.Reduction
	case m.q.kind != proportion && m.q.kind != points:
		return plan.Count
	case m.q.kind == points && ratio(m.metric), strings.Contains(m.metric, "占") || strings.Contains(m.metric, "率提高") || strings.Contains(m.metric, "比重"):
		return plan.Share
	case growthWords.suffix(m.metric) != "" || containsAny(m.metric, []string{"增长", "增幅", "增速"}):
		return plan.Growth
	}
	return plan.Share
}
