package schedule

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"duban/plan"
	"duban/render"
)

// plain composes pages of a few lines.
type plain struct{}

var stop = [][]render.Button{{{Text: "滞后清单", Action: render.DoAction("lagging")}, {Text: "退订", Action: render.DoAction("unsubscribe")}}}

// Digest implements Pages.
func (plain) Digest(v DigestView) render.Message {
	moved := []string{}
	for i := range v.Now.Commitments {
		cs := &v.Now.Commitments[i]
		if !v.covers(cs.Commitment) {
			continue
		}
		for j := range cs.Targets {
			if line := movedLine(&cs.Commitment.Targets[j], &cs.Targets[j], &v.Before.Commitments[i].Targets[j]); line != "" {
				moved = append(moved, line)
			}
		}
	}
	lines := []string{
		fmt.Sprintf("督办周报 · %s—%s", plan.DayText(v.Before.AsOf.AddDays(1)), plan.DayText(v.Now.AsOf)),
		render.TallyText(v.Now.TallyOf(func(cs *plan.CommitmentStanding) bool { return v.covers(cs.Commitment) })),
	}
	if len(moved) > 0 {
		lines = append(lines, "本周推进")
		lines = append(lines, moved[:min(len(moved), 5)]...)
	}
	if missing := missingText(v.Turnouts); missing != "" {
		lines = append(lines, "未按时填报："+missing)
	}
	return render.Message{Text: strings.Join(lines, "\n"), Buttons: stop}
}

// covers reports whether the digest is about a commitment.
func (v *DigestView) covers(c *plan.Commitment) bool {
	if len(v.Reader.Follows) == 0 {
		return true
	}
	for i := range v.Reader.Follows {
		if v.Reader.Follows[i].Covers(v.Plan.Key(), c) {
			return true
		}
	}
	return false
}

func movedLine(t *plan.Target, now, before *plan.Standing) string {
	if now.Reported == nil || before.Reported != nil && *before.Reported == *now.Reported {
		return ""
	}
	return "· " + now.Light.Mark() + t.Metric + " " + t.Operands(*now.Reported)
}

func missingText(list []plan.Turnout) string {
	var parts []string
	for i := range list {
		if n := list[i].Missing(); n > 0 {
			parts = append(parts, fmt.Sprintf("%s%d项", list[i].Department, n))
		}
	}
	return strings.Join(parts, "、")
}

// Summary implements Pages.
func (plain) Summary(v SummaryView) render.Message {
	var filed []string
	for i := range v.Turnouts {
		if t := &v.Turnouts[i]; t.OnTime+t.Late > 0 {
			filed = append(filed, fmt.Sprintf("%s%d项", t.Department, t.OnTime+t.Late))
		}
	}
	lines := []string{
		"月调度小结 · " + v.Period, "已填报：" + cmp.Or(strings.Join(filed, "、"), "无"),
		"未填报：" + cmp.Or(missingText(v.Turnouts), "无"), render.TallyText(v.Now.Tally()),
	}
	return render.Message{Text: strings.Join(lines, "\n")}
}

// Preview implements Pages.
func (plain) Preview(_ plan.Tx, _ time.Time, v BulletinView) (render.Message, error) {
	m := bulletinLines(&v)
	m.Text = "请过目，发布后发给各单位和订阅者。\n" + m.Text
	m.Buttons = [][]render.Button{{{Text: "核对并发布", Action: render.DoAction("bulletin-draft", strconv.Itoa(v.Year), strconv.Itoa(v.Quarter))}}}
	return m, nil
}

// Bulletin implements Pages.
func (plain) Bulletin(_ plan.Tx, _ time.Time, v BulletinView) (render.Message, error) {
	return bulletinLines(&v), nil
}

// Erratum implements Pages.
func (plain) Erratum(_ plan.Tx, _ time.Time, v BulletinView, number int) (render.Message, error) {
	m := bulletinLines(&v)
	m.Text = fmt.Sprintf("更正%d · ", number) + m.Text
	return m, nil
}

func bulletinLines(v *BulletinView) render.Message {
	lines := []string{fmt.Sprintf("%d年第%d季度督办通报", v.Year, v.Quarter), render.TallyText(v.Now.Tally())}
	return render.Message{Text: strings.Join(lines, "\n")}
}
