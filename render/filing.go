package render

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"duban/plan"
)

// Echo is what a filing would change.
type Echo struct {
	Commitment *plan.Commitment
	Target     *plan.Target // nil for a task
	Task       *plan.Task
	Department string
	Date       plan.Date
	Value      *plan.Decimal
	Stage      plan.Stage
	Percent    *plan.Decimal
	Note       string
	Last       *plan.Mark // filed before; nil for none
	Later      *plan.Mark // counts already for a later date; nil for none
	Before     plan.Standing
	After      plan.Standing
	Corrects   bool
}

// mostEchoes is how many status reports a confirmation writes out.
const mostEchoes = 6

// Confirm shows what was understood of a status report and asks for its confirmation. seq
// tells its buttons from those of earlier questions.
func Confirm(list []Echo, files int, seq string) Message {
	var w strings.Builder
	fmt.Fprintf(&w, "请确认填报（%s）\n", echoHead(list))
	together := len(list) > 1 && oneDayAndNote(list)
	for i := range list[:min(len(list), mostEchoes)] {
		w.WriteString(echoLine(&list[i], together))
	}
	if len(list) > mostEchoes {
		fmt.Fprintf(&w, "……共%d项\n", len(list))
	}
	if together {
		w.WriteString("数据日期：" + plan.DayText(list[0].Date) + noteText(list[0].Note) + "\n")
	}
	if files > 0 {
		fmt.Fprintf(&w, "附件%d个\n", files)
	}
	rows := [][]Button{{{Text: "确认", Action: DoAction("file-ok", seq)}, {Text: "补充照片", Action: DoAction("file-photo", seq)}}}
	last := []Button{}
	if len(list) == 1 && list[0].Target != nil {
		last = append(last, Button{Text: "改数", Action: DoAction("file-edit", seq, "0")})
	}
	last = append(last, Button{Text: "取消", Action: DoAction("file-no", seq)})
	return Message{Text: strings.TrimRight(w.String(), "\n"), Buttons: append(rows, last)}
}

// oneDayAndNote reports whether several status reports have the same data date and note, so
// that both can be said once.
func oneDayAndNote(list []Echo) bool {
	return !slices.ContainsFunc(list, func(e Echo) bool { return e.Date != list[0].Date || e.Note != list[0].Note })
}

// echoHead names department and commitment: 民政局 · 实事5.
func echoHead(list []Echo) string {
	var parts []string
	if d := list[0].Department; d != "" {
		parts = append(parts, d)
	}
	for i := range list {
		if label := shortName(list[i].Commitment); !slices.Contains(parts, label) && len(parts) < 4 {
			parts = append(parts, label)
		}
	}
	return strings.Join(parts, " · ")
}

// shortName is what a commitment is called in few characters: 实事5, else its title.
func shortName(c *plan.Commitment) string {
	if c.Label != "" {
		return c.Label
	}
	return Shorten(name(&c.Segment), 16)
}

// echoLine says one change: 新增养老床位：1266 → 1476张（+210）.
func echoLine(e *Echo, brief bool) string {
	if e.Task != nil {
		return taskEcho(e, brief)
	}
	var w strings.Builder
	w.WriteString(e.Target.Metric + "：")
	if e.Last != nil && e.Last.Value != nil {
		if e.Value.Cmp(*e.Last.Value) == 0 {
			return w.String() + e.Target.Say(*e.Value) + "，与上次（" + plan.DayText(e.Last.Date) + "）相同\n" + echoTail(e, brief)
		}
		change := plan.NewDecimalRat(new(big.Rat).Sub(e.Value.Rat(), e.Last.Value.Rat()))
		sign := "+"
		if change.Rat().Sign() < 0 {
			sign = ""
		}
		fmt.Fprintf(&w, "%s → %s（%s%s）", e.Target.Number(*e.Last.Value), e.Target.Say(*e.Value), sign, valueChange(e.Target, change))
	} else {
		w.WriteString(e.Target.Say(*e.Value) + "（首次填报，目标" + e.Target.Say(e.Target.Value) + "）")
	}
	if e.Corrects {
		w.WriteString("，更正上次的数")
	}
	return w.String() + "\n" + echoTail(e, brief)
}

// echoTail says what becomes of the light, the date where it stands alone, and that a later
// figure counts already.
func echoTail(e *Echo, brief bool) string {
	tail := ""
	if line := progressLine(e); line != "" {
		tail = line + "\n"
	}
	if !brief {
		tail += "数据日期：" + plan.DayText(e.Date) + noteText(e.Note) + "\n"
	}
	return tail + laterText(e)
}

// valueChange writes a difference without its unit; of rates in percentage points.
func valueChange(t *plan.Target, change plan.Decimal) string {
	if t.Unit == "%" {
		return change.String() + "个百分点"
	}
	return t.Number(change)
}

func noteText(note string) string {
	if note == "" {
		return ""
	}
	return " · 说明：" + Shorten(note, 60)
}

// progressLine says what becomes of the light: 35.2% → 41.0%，7月底应到58.1%，差17.1个百分点 🟡黄灯.
func progressLine(e *Echo) string {
	after := &e.After
	if after.Expected == nil || after.Progress == nil || after.Light == plan.Done {
		return after.Reason
	}
	line := ""
	if e.Before.Progress != nil {
		line = Percent(e.Before.Progress) + " → "
	}
	reason, _, _ := strings.Cut(after.Reason, "→")
	due, gap, _ := strings.Cut(reason, "，实到")
	_, gap, _ = strings.Cut(gap, "）")
	return line + Percent(after.Progress) + "，" + due + gap + " " + LightText(after.Light)
}

func taskEcho(e *Echo, brief bool) string {
	var w strings.Builder
	w.WriteString("任务“" + Shorten(e.Task.Text, 40) + "”：")
	if e.Last != nil && e.Last.Stage != "" && e.Last.Stage != e.Stage {
		w.WriteString(string(e.Last.Stage) + " → ")
	}
	w.WriteString(string(e.Stage))
	if e.Percent != nil {
		w.WriteString("（" + e.Percent.String() + "%）")
	}
	if e.After.Light.Word() != string(e.Stage) {
		w.WriteString(" " + LightText(e.After.Light))
	}
	w.WriteString("\n")
	if !brief {
		w.WriteString("数据日期：" + plan.DayText(e.Date) + noteText(e.Note) + "\n")
	}
	return w.String() + laterText(e)
}

// Percent writes a share with one decimal: 33.0%.
func Percent(share *big.Rat) string {
	return new(big.Rat).Mul(share, big.NewRat(100, 1)).FloatString(1) + "%"
}

// LightText writes a light as mark and word; colour alone says nothing to some readers.
func LightText(l plan.Light) string { return l.Mark() + l.Word() }

// Filed says what becomes of a status report now.
func Filed(n int, atOnce, signed, warn bool) Message {
	text := "已提交，等督查室审核。"
	switch {
	case atOnce:
		text = "已填报，即时生效。"
	case signed:
		text = "已提交，等本单位负责人签核，再由督查室审核。"
	}
	if n > 1 {
		text = fmt.Sprintf("%d项%s", n, text)
	}
	if warn {
		text += "\n提醒：涉密内容不要在这里填报。"
	}
	return Message{Text: text, Buttons: [][]Button{{{Text: "我的事项", Action: DoAction("mine")}}}}
}

// NotUnderstood says which words fit nothing.
func NotUnderstood(words []string) Message {
	text := "没认出是哪一项。"
	if len(words) > 0 && strings.TrimSpace(words[0]) != "" {
		text = "没认出“" + Shorten(strings.TrimSpace(words[0]), 20) + "”是哪一项。"
	}
	return Message{
		Text:    text + "请带上名称或编号，例如：养老床位 1476，或 实事8 公路824公里 危桥28座",
		Buttons: [][]Button{{{Text: "我的事项", Action: DoAction("mine")}}},
	}
}

// AskNumber asks for the cumulative value of a target; why says what was missing, "" where
// that is plain.
func AskNumber(t *plan.Target, why string) Message {
	text := why + "请发" + t.Metric + "的累计数（1月1日至今），单位" + t.Unit + "，目标" + t.Say(t.Value) + "。"
	if plan.BasisOf(t) == plan.BasisLevel {
		text = why + "请发" + t.Metric + "现在的数，目标" + t.Say(t.Value) + "。"
	}
	return Message{Text: text, Buttons: [][]Button{{{Text: "取消", Action: DoAction("file-no")}}}}
}

// AskAgain says how an item is filed.
func AskAgain(target *plan.Target, task *plan.Task) string {
	if task != nil {
		return "请发已完成、推进中或未启动，例如：推进中"
	}
	return "请发" + target.Metric + "的数，例如：" + target.Say(target.Value)
}

// NumberNotRead says that what stands behind the number of a list says nothing of its item.
func NumberNotRead(n int, said string, target *plan.Target, task *plan.Task) Message {
	no := "第" + strconv.Itoa(n) + "项"
	if task != nil {
		return Message{Text: no + "是任务“" + task.Text + "”，没有读懂“" + said + "”。请写已完成、推进中或未启动，例如：" + strconv.Itoa(n) + " 推进中"}
	}
	return Message{Text: no + "是“" + target.Metric + "”，没有读懂“" + said + "”。请每项只写一个数，例如：" + strconv.Itoa(n) + " " + target.Say(target.Value)}
}

// AskStage asks how far a task is.
func AskStage(c *plan.Commitment, t *plan.Task) Message {
	id := strconv.Itoa(int(t.ID))
	return Message{
		Text: shortName(c) + "：" + t.Text + "\n现在到哪一步？",
		Buttons: [][]Button{
			{{Text: "未启动", Action: DoAction("file-same", id, "1")}, {Text: "推进中", Action: DoAction("file-same", id, "2")}, {Text: "已完成", Action: DoAction("file-same", id, "3")}},
			{{Text: "取消", Action: DoAction("file-no")}},
		},
	}
}
