package ask

import (
	"strings"

	"duban/plan"
)

// growthWords end the name of a rate of growth, which is not the amount that grows.
var growthWords = []string{"同比增长", "年均增长", "同口径增长", "增长率", "增长", "增速", "增幅"}

// Cues that ask for a rate, and for the amount itself.
var (
	rateCues  = []string{"增长", "增速", "增幅", "涨", "提高", "下降", "降低", "增加", "增了", "百分", "比例", "占比", "几个点", "率"}
	levelCues = []string{"总量", "总数", "总规模", "绝对数", "绝对值", "绝对额"}
)

// asksLevel reports whether a question asks how much there is, and not how much it grows.
func (q *question) asksLevel() bool {
	if containsAny(q.text, rateCues) || q.dimension == percent || q.compare {
		return false
	}
	return containsAny(q.text, levelCues) || q.dimension == money && q.unit != "" || q.lastYear && !strings.Contains(q.text, "目标")
}

// cutLevel takes 总量 out of GDP去年总量, where the report has no term that ends so.
func (e *Engine) cutLevel(q *question) {
	for _, cue := range levelCues {
		at := strings.Index(q.rest, cue)
		if at < 0 {
			continue
		}
		before := []rune(q.rest[:at])
		if n := len(before); n < 2 || !e.index.says(string(before[n-2:])+cue) {
			q.rest = q.rest[:at] + cutMark + q.rest[at+len(cue):]
		}
	}
}

// byLevel answers how much of something there was last year where the closest number of the
// report is its growth: 去年GDP多少, 城镇居民收入多少元.
func (e *Engine) byLevel(q *question, a *Answer, ranked []candidate) bool {
	top := &e.index.unit[ranked[0].unit]
	metric, grows := grownOf(top)
	if !grows || !q.asksLevel() || ranked[0].raw < e.least/2 {
		return false
	}
	level, growth := e.lastLevel(metric)
	if level == nil {
		return e.noLevel(q, a, ranked, metric)
	}
	n := &e.index.node[top.node]
	if n.commitment != nil && !q.lastYear {
		item := Item{Commitment: n.commitment, Segment: n.segment, Targets: []*plan.Target{top.target}, Level: level.figure, Sentences: e.sentencesOf(ranked)}
		a.answer(IntentTarget, item)
		return true
	}
	from := &e.index.node[level.node]
	item := Item{Segment: from.segment, Figures: []*plan.Figure{level.figure}}
	if growth != nil {
		item.Figures = append(item.Figures, growth.figure)
	}
	if level.sentence >= 0 {
		item.Sentences = []string{from.sentences[level.sentence]}
	}
	a.answer(IntentReview, item)
	return true
}

// noLevel says that the report has only the growth of what was asked for by its amount; false
// where a number of any sort will do.
func (e *Engine) noLevel(q *question, a *Answer, ranked []candidate, metric string) bool {
	if !containsAny(q.text, levelCues) && (q.dimension != money || q.unit == "") {
		return false
	}
	a.Reason = "报告没有写" + metric + "的数额，只写了增长"
	a.Nearest = e.nearest(ranked[:1])
	return true
}

// grownOf returns what a rate of growth is the growth of: 生产总值 of 生产总值增长.
func grownOf(u *unit) (metric string, ok bool) {
	switch {
	case u.target != nil:
		metric = u.target.Metric
	case u.figure != nil:
		metric = u.figure.Metric
	}
	if u.dim != percent {
		return "", false
	}
	for _, w := range growthWords {
		if stem, found := strings.CutSuffix(metric, w); found && stem != "" {
			return stem, true
		}
	}
	return "", false
}

// lastLevel finds last year's amount of a metric and its growth among the figures of the
// review; nil where the report has none.
func (e *Engine) lastLevel(metric string) (level, growth *unit) {
	for i := range e.index.unit {
		u := &e.index.unit[i]
		if u.figure == nil || u.figure.Year != e.plan.Year-1 {
			continue
		}
		stem, grows := grownOf(u)
		switch {
		case grows && growth == nil && sameMetric(stem, metric):
			growth = u
		case !grows && level == nil && u.dim != percent && u.dim != multiple && sameMetric(u.figure.Metric, metric):
			level = u
		}
	}
	return level, growth
}

// sameMetric compares two names without what reports put in front of them.
func sameMetric(a, b string) bool { return bareMetric(a) == bareMetric(b) }

func bareMetric(metric string) string {
	metric = normalize(metric, 0)
	for _, lead := range []string{"全年", "全市", "全省", "全区", "全县", "完成", "实现", "达到", "地区", "地方"} {
		metric = strings.TrimPrefix(metric, lead)
	}
	for _, alias := range [][2]string{{"国内生产总值", "gdp"}, {"生产总值", "gdp"}} {
		metric = strings.Replace(metric, alias[0], alias[1], 1)
	}
	return strings.NewReplacer("本外币", "", "各项", "").Replace(metric)
}
