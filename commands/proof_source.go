package commands

import (
	"strings"
	"unicode"

	"duban/plan"
	"duban/report"
)

// notInReport says why a target cannot be added to a published plan; "" where its number and
// its name stand in the commitment's text: after publication only what was left out may be
// added, anything else is an adjustment, which needs its approval.
func notInReport(c *plan.Commitment, t *plan.Target) string {
	switch {
	case !standsIn(c.Text, t.ValueText):
		return shortTitle(c) + "的原文里没有“" + t.ValueText + "”。" + onlyLeftOut
	case held(content(t.Metric), c.Text) < mostly*float64(len([]rune(content(t.Metric)))):
		return shortTitle(c) + "的原文里没有“" + t.Metric + "”。" + onlyLeftOut
	}
	return ""
}

const onlyLeftOut = "报告已发布，只能补原文写了、漏读的指标；要改目标或期限就发：调整 编号 新目标 批准机关 文号 理由"

// standsIn reports whether a text holds a number with its unit, and not as the end of a longer
// number.
func standsIn(text, value string) bool {
	text, value = squeezed(text), squeezed(value)
	for at := strings.Index(text, value); at >= 0 && value != ""; {
		if at == 0 || !strings.ContainsRune("0123456789.", rune(text[at-1])) {
			return true
		}
		next := strings.Index(text[at+1:], value)
		if next < 0 {
			return false
		}
		at += 1 + next
	}
	return false
}

// squeezed writes a text in narrow characters, without blanks and without commas in numbers.
func squeezed(text string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || c == ',' {
			return -1
		}
		return c
	}, report.Narrow(text))
}
