package render

import (
	"fmt"
	"math/big"
	"strings"
	"unicode/utf8"

	"duban/plan"
)

// UncheckedMark stands behind a target that nobody has checked in a plan that is published;
// a draft is marked as a whole.
func UncheckedMark(p *plan.Plan, t *plan.Target) string {
	if p != nil && p.Waits(t) {
		return unchecked
	}
	return ""
}

const unchecked = "（未校核）"

// outsideMark stands behind a target that supervisors added and whose number the report does
// not hold.
func outsideMark(t *plan.Target) string {
	if outside(t) {
		return "（督查室补录，原文没有这个数）"
	}
	return ""
}

// outside reports whether no sentence of the report is the source of a target.
func outside(t *plan.Target) bool { return t.Check == plan.CheckedAdded && t.Quote == "" }

// targetLine says one target, what the report promised behind what holds now:
// 改造农村危桥：目标90座（原100座），2017年底前.
func targetLine(p *plan.Plan, t *plan.Target) string {
	line := t.Metric + "：目标" + valueWords(t)
	if t.Stretch != nil {
		line += "，力争" + t.Stretch.String() + t.Unit
	}
	if t.Hedge == plan.Strive || t.Hedge == plan.Endeavour {
		line += "（" + string(t.Hedge) + "）"
	}
	return line + "，" + plan.DeadlineText(t.Deadline) + "前" + wasDeadline(t.Original, t.Deadline) + UncheckedMark(p, t) + outsideMark(t)
}

// valueWords says the value and how it is to be compared, in the report's manner, and the
// report's where it was adjusted.
func valueWords(t *plan.Target) string {
	value := t.Written()
	switch {
	case t.Op == plan.AtMost && t.Hedge == plan.Roughly:
		value = "控制在" + value + "左右"
	case t.Op == plan.AtMost:
		value = "不超过" + value
	case t.Op == plan.About && t.Hedge == plan.Around:
		value = "约" + value
	case t.Op == plan.About:
		value += "左右"
	default:
		before, behind := t.Floor()
		value = before + value + behind
	}
	return value + wasValue(t)
}

// bar draws a share in ten blocks.
func bar(share *big.Rat) string {
	tenths := new(big.Rat).Mul(share, big.NewRat(10, 1))
	full := int(min(max(new(big.Int).Quo(tenths.Num(), tenths.Denom()).Int64(), 0), 10))
	return strings.Repeat("▓", full) + strings.Repeat("░", 10-full)
}

// name is what a segment is called: label and title.
func name(s *plan.Segment) string {
	switch {
	case s.Label != "":
		return s.Label + " " + s.Title
	case s.Title != "":
		return s.Title
	}
	return string(s.Code)
}

const hanDigits = "零一二三四五六七八九十"

// ordinal writes 1 to 99 in Chinese numerals.
func ordinal(n int) string {
	digits := []rune(hanDigits)
	switch {
	case n <= 10:
		return string(digits[max(n, 0)])
	case n < 20:
		return "十" + string(digits[n-10])
	case n%10 == 0 && n < 100:
		return string(digits[n/10]) + "十"
	case n < 100:
		return string(digits[n/10]) + "十" + string(digits[n%10])
	}
	return fmt.Sprint(n)
}

// Source says where a segment stands: 实事5 扶老救困（第三部分（六））, without a label with
// its code.
func Source(s *plan.Segment) string {
	where := Shorten(s.Part, 16)
	if levels := s.Code.Levels(); len(levels) > 1 && s.Section != "" {
		where = "第" + ordinal(levels[0]) + "部分（" + ordinal(levels[1]) + "）"
	}
	title := Shorten(name(s), 24)
	if s.Part == name(s) {
		where = ""
	}
	if s.Label == "" {
		where = strings.TrimPrefix(where+"，"+string(s.Code), "，")
	}
	if where == "" || title == where {
		return title
	}
	return title + "（" + where + "）"
}

// Shorten cuts a text to n characters, the last of them an ellipsis.
func Shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
