package render

import (
	"fmt"
	"math/big"
	"strconv"

	"duban/plan"
)

// DoubtQuestion is what has to be asked back about a status report.
type DoubtQuestion struct {
	Index      int    // of the draft, for the buttons
	Seq        string // tells the buttons from those of earlier questions
	Doubt      plan.Doubt
	Commitment *plan.Commitment
	Target     *plan.Target // nil for a task
	Value      *plan.Decimal
	Unit       string // as it was written
	Date       plan.Date
	Stage      plan.Stage // of a task
	Rest       string     // of a task of several things, what was not spoken of
	Choices    []Choice
}

// Choice is one of several items that words may mean.
type Choice struct {
	Item       plan.ID
	Commitment *plan.Commitment
	Target     *plan.Target
	Task       *plan.Task
}

// Doubt asks back in one sentence; the buttons answer.
func Doubt(q DoubtQuestion) Message {
	i := strconv.Itoa(q.Index)
	edit := Button{Text: "改数", Action: DoAction("file-edit", q.Seq, i)}
	cancel := Button{Text: "取消", Action: DoAction("file-no", q.Seq)}
	m := Message{Text: doubtText(&q)}
	switch q.Doubt.Kind {
	case plan.DoubtAmbiguous:
		for n, c := range q.Choices {
			m.Buttons = append(m.Buttons, []Button{{Text: strconv.Itoa(n+1) + ". " + Shorten(choiceText(&c), 24), Action: DoAction("file-pick", q.Seq, i, strconv.Itoa(int(c.Item)))}})
		}
		m.Buttons = append(m.Buttons, []Button{cancel})
	case plan.DoubtScale:
		m.Buttons = [][]Button{
			{{Text: "是" + q.Target.Say(*q.Doubt.Suggest), Action: DoAction("file-take", q.Seq, i)}, {Text: "确是" + plain(q.Value, q.Target), Action: DoAction("file-keep", q.Seq, i)}},
			{cancel},
		}
	case plan.DoubtFalls:
		m.Buttons = [][]Button{
			{{Text: "更正上次的数", Action: DoAction("file-fix", q.Seq, i)}, {Text: "这是当月数", Action: DoAction("file-add", q.Seq, i)}},
			{edit, cancel},
		}
	case plan.DoubtFuture, plan.DoubtTooEarly:
		m.Buttons = [][]Button{{{Text: "改成今天", Action: DoAction("file-today", q.Seq, i)}, cancel}}
	case plan.DoubtPercent:
		m.Buttons = [][]Button{{edit, cancel}}
	case plan.DoubtNegative:
		if q.Doubt.Suggest == nil {
			m.Buttons = [][]Button{{edit, cancel}}
			break
		}
		m.Buttons = [][]Button{{{Text: "是" + q.Target.Say(*q.Doubt.Suggest), Action: DoAction("file-take", q.Seq, i)}, edit}, {cancel}}
	case plan.DoubtUnit:
		m.Buttons = unitButtons(&q, i, edit, cancel)
	case plan.DoubtPart:
		m.Buttons = [][]Button{{{Text: "都完成了", Action: DoAction("file-keep", q.Seq, i)}, {Text: "还没有", Action: DoAction("file-take", q.Seq, i)}}, {cancel}}
	case plan.DoubtBackward:
		edit.Text = "改一下"
		m.Buttons = [][]Button{{{Text: "确是" + string(q.Stage), Action: DoAction("file-keep", q.Seq, i)}, edit}, {cancel}}
	default:
		m.Buttons = [][]Button{{{Text: "数没错", Action: DoAction("file-keep", q.Seq, i)}, edit}, {cancel}}
	}
	return m
}

// unitButtons offer the value in the target's unit where it can be converted. A share of
// what is counted is no number of it.
func unitButtons(q *DoubtQuestion, i string, edit, cancel Button) [][]Button {
	keep := Button{Text: "确是" + plain(q.Value, q.Target), Action: DoAction("file-keep", q.Seq, i)}
	switch {
	case q.Doubt.Suggest != nil:
		return [][]Button{{{Text: "是" + plain(q.Doubt.Suggest, q.Target), Action: DoAction("file-take", q.Seq, i)}, keep}, {edit, cancel}}
	case q.Doubt.Never:
		return [][]Button{{edit, cancel}}
	}
	return [][]Button{{{Text: "数没错", Action: DoAction("file-keep", q.Seq, i)}, edit}, {cancel}}
}

func choiceText(c *Choice) string {
	if c.Target != nil {
		return shortName(c.Commitment) + " " + c.Target.Metric + "（" + c.Target.Say(c.Target.Value) + "）"
	}
	return shortName(c.Commitment) + " " + c.Task.Text
}

func doubtText(q *DoubtQuestion) string {
	t := q.Target
	switch q.Doubt.Kind {
	case plan.DoubtAmbiguous:
		return choiceQuestion(q)
	case plan.DoubtFuture:
		return "数据日期" + plan.DayText(q.Date) + "还没到，是不是写错了？"
	case plan.DoubtTooEarly:
		return "数据日期" + fullDay(q.Date) + "早于计划年度，是不是写错了？"
	case plan.DoubtScale:
		return scaleText(q)
	case plan.DoubtTooLarge:
		return plain(q.Value, t) + "是目标" + t.Say(t.Value) + "的" + times(q.Value, t) + "倍，数对吗？"
	case plan.DoubtFalls:
		if q.Value.Cmp(*q.Doubt.Last.Value) > 0 {
			return againstText(q)
		}
		less := plan.NewDecimalRat(new(big.Rat).Sub(q.Doubt.Last.Value.Rat(), q.Value.Rat()))
		return "比上次（" + plan.DayText(q.Doubt.Last.Date) + t.Say(*q.Doubt.Last.Value) + "）少了" + t.Say(less) + "。累计数一般不会减少："
	case plan.DoubtRepeats:
		return "和上次（" + plan.DayText(q.Doubt.Last.Date) + "）报的" + t.Say(*q.Doubt.Last.Value) + "一样，这个月没有进展吗？"
	case plan.DoubtUnmet:
		return "说已完成，但" + t.Say(*q.Value) + "还不到目标" + t.Say(t.Value) + "，数对吗？"
	case plan.DoubtUnit:
		return unitText(q)
	case plan.DoubtNegative:
		text := t.Metric + "报的是1月1日以来的累计数，不会是" + plain(q.Value, t) + "。"
		if q.Doubt.Suggest == nil {
			return text + "请报现在一共多少。"
		}
		return text + "是不是" + t.Say(*q.Doubt.Suggest) + "？"
	case plan.DoubtAgainst:
		return againstText(q)
	case plan.DoubtPart:
		if q.Rest == "" {
			return "说的是“基本完成”。是全部完成了吗？"
		}
		return "这一项里还有“" + q.Rest + "”，也完成了吗？"
	case plan.DoubtBackward:
		return "上次（" + plan.DayText(q.Doubt.Last.Date) + "）报的是" + string(q.Doubt.Last.Stage) + "，这次成了" + string(q.Stage) + "，是这样吗？"
	case plan.DoubtPercent:
		return t.Metric + "应在0到100%之间，写的是" + plain(q.Value, t) + "，请改一下。"
	}
	return "请再核对一下这个数。"
}

// choiceQuestion lists the items that words may mean, with numbers to answer by.
func choiceQuestion(q *DoubtQuestion) string {
	what := "这一条"
	switch {
	case q.Value != nil && q.Target != nil && (q.Unit == "" || plan.UnitFits(q.Unit, q.Target.Unit)):
		what = q.Target.Say(*q.Value)
	case q.Value != nil:
		what = q.Value.String() + q.Unit
	}
	text := what + "填的是哪一项？点一下，或回复序号："
	for i := range q.Choices {
		text += fmt.Sprintf("\n%d. %s", i+1, choiceText(&q.Choices[i]))
	}
	return text
}

// againstText says which later filing an earlier number stands against.
func againstText(q *DoubtQuestion) string {
	t, last := q.Target, q.Doubt.Last
	known := plan.DayText(last.Date) + "已报过" + t.Say(*last.Value)
	if plan.BasisOf(t) != plan.BasisLevel && q.Value.Cmp(*last.Value) > 0 {
		return known + "，" + plan.DayText(q.Date) + "的" + t.Say(*q.Value) + "比它还多。累计数一般不会减少，数和日期对吗？"
	}
	return known + "，这次补的是更早的" + plan.DayText(q.Date) + t.Say(*q.Value) + "，对吗？"
}

// unitText asks about a unit that is not the target's.
func unitText(q *DoubtQuestion) string {
	t := q.Target
	switch {
	case q.Doubt.Suggest != nil:
		return t.Metric + "按" + t.Unit + "计，" + q.Value.String() + q.Unit + "合" + plain(q.Doubt.Suggest, t) + "。是不是" + plain(q.Doubt.Suggest, t) + "？"
	case q.Doubt.Never:
		written := q.Unit
		if q.Unit == "%" {
			written = plain(q.Value, &plan.Target{Unit: q.Unit})
		}
		return t.Metric + "按" + t.Unit + "计，写的是" + written + "。请直接发数，例如：" + t.Say(t.Value) + "。"
	}
	return t.Metric + "按" + t.Unit + "计，写的是" + q.Unit + "，数对吗？"
}

// scaleText asks whether a number is off by 万: 147600张是目标3600张的41倍。是不是1476张？
func scaleText(q *DoubtQuestion) string {
	t := q.Target
	likely := "是不是" + t.Say(*q.Doubt.Suggest) + "？"
	if q.Value.Cmp(t.Value) < 0 {
		return plain(q.Value, t) + "比目标" + t.Say(t.Value) + "小得多。" + likely
	}
	return plain(q.Value, t) + "是目标" + t.Say(t.Value) + "的" + times(q.Value, t) + "倍。" + likely
}

// plain writes a value with all its digits.
func plain(v *plan.Decimal, t *plan.Target) string { return v.String() + t.Unit }

// times is how many times the target a value is, without decimals from 10 on.
func times(v *plan.Decimal, t *plan.Target) string {
	r := new(big.Rat).Quo(v.Rat(), t.Value.Rat())
	if r.Cmp(big.NewRat(10, 1)) >= 0 {
		return r.FloatString(0)
	}
	return r.FloatString(1)
}

func fullDay(d plan.Date) string { return fmt.Sprintf("%d年%s", d.Year, plan.DayText(d)) }
