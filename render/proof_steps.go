package render

import (
	"fmt"
	"strconv"
	"strings"

	"duban/plan"
)

// ProofOverview shows how far each chapter of a plan was checked.
func ProofOverview(p *plan.Plan) Message {
	n := p.ProofOf("")
	mark := PlanMark(p.Key())
	var w strings.Builder
	fmt.Fprintf(&w, "校核 %s\n已校核 %d/%d：%s\n", Heading(p), n.Checked(), n.Total, ProofCounts(n))
	m := Message{}
	var row []Button
	for i, c := range Chapters(p) {
		k := p.ProofOf(c.Code)
		if k.Total == 0 {
			continue
		}
		fmt.Fprintf(&w, "%d. %s %d/%d\n", i+1, Shorten(c.Title, 22), k.Checked(), k.Total)
		row = append(row, Button{Text: "第" + strconv.Itoa(i+1) + "章", Action: DoAction("proof-go", mark, string(c.Code))})
		if len(row) == 4 {
			m.Buttons, row = append(m.Buttons, row), nil
		}
	}
	if len(row) > 0 {
		m.Buttons = append(m.Buttons, row)
	}
	w.WriteString("从某一项开始：发“校核 实事8”；成批改：发“校核 表格”。")
	m.Text = w.String()
	last := []Button{}
	if n.Unseen > 0 {
		last = append(last, Button{Text: "接着校核", Action: DoAction("proof-go", mark, "")})
	}
	if p.State == plan.Draft || n.Waiting > 0 {
		last = append(last, Button{Text: "发布", Action: DoAction("publish", mark)})
	}
	if len(last) > 0 {
		m.Buttons = append(m.Buttons, last)
	}
	return m
}

// ProofFinished says that nothing is left to check under a code.
func ProofFinished(p *plan.Plan, under plan.Code) Message {
	what := string(under)
	if c := p.Commitment(under); c != nil {
		what = shortName(c)
	}
	mark, n := PlanMark(p.Key()), p.ProofOf("")
	return Message{
		Text:    fmt.Sprintf("%s 都校核过了。全部：已校核 %d/%d", what, n.Checked(), n.Total),
		Buttons: [][]Button{{{Text: "接着校核", Action: DoAction("proof-go", mark, "")}, {Text: "校核概况", Action: DoAction("proof-go", mark, "-")}}},
	}
}

// ProofCounts says what was decided: 对120、改5、新增1、不是指标3、没看过22.
func ProofCounts(n plan.Proof) string {
	var parts []string
	for _, part := range []struct {
		word string
		n    int
	}{{"对", n.Right}, {"改", n.Fixed}, {"新增", n.Added}, {"不是指标", n.Rejected}, {"没看过", n.Unseen}} {
		if part.n > 0 {
			parts = append(parts, part.word+strconv.Itoa(part.n))
		}
	}
	if len(parts) == 0 {
		return "没有指标"
	}
	return strings.Join(parts, "、")
}

// Decision is what a supervisor decided on one target; before is nil for an addition, after
// for a rejection.
type Decision struct {
	Commitment *plan.Commitment
	Before     *plan.Target
	After      *plan.Target
	Check      plan.Check
}

// ProofDone says what was decided, before → after, with the button that takes it back. from
// and to are the places of the decisions in the list of all.
func ProofDone(p *plan.Plan, list []Decision, from, to int) Message {
	lines := make([]string, 0, len(list))
	for i := range list {
		lines = append(lines, decisionLine(&list[i]))
	}
	undo := Button{Text: "撤销", Action: DoAction("proof-undo", PlanMark(p.Key()), strconv.Itoa(from), strconv.Itoa(to))}
	return Message{Text: strings.Join(lines, "\n"), Buttons: [][]Button{{undo}}}
}

func decisionLine(d *Decision) string {
	switch where := shortName(d.Commitment) + " "; {
	case d.Check == plan.Rejected && d.Before != nil:
		return "✂️ 不是指标：" + where + d.Before.Metric + " " + d.Before.ValueText
	case d.Before == nil && d.After != nil:
		return "➕ 新增：" + where + readLine(d.After) + "，期限" + plan.DeadlineText(d.After.Deadline) + "前"
	case d.Check == plan.CheckedRight:
		return "✅ 对：" + where + d.After.Metric + " " + d.After.ValueText
	default:
		return "✏️ 改：" + where + d.Before.Metric + "\n" + TargetDiff(d.Before, d.After)
	}
}

// TargetDiff says what differs between two versions of a target, one line a field.
func TargetDiff(a, b *plan.Target) string {
	var lines []string
	add := func(field, before, after string) {
		if before != after {
			lines = append(lines, "  "+field+"："+before+" → "+after)
		}
	}
	add("指标", a.Metric, b.Metric)
	add("数值", comparedValue(a), comparedValue(b))
	add("单位", a.Unit, b.Unit)
	add("期限", plan.DeadlineText(a.Deadline)+"前", plan.DeadlineText(b.Deadline)+"前")
	add("口径", BasisWord(plan.BasisOf(a)), BasisWord(plan.BasisOf(b)))
	add("权重", weightText(a), weightText(b))
	if len(lines) == 0 {
		return "  没有变化"
	}
	return strings.Join(lines, "\n")
}

func weightText(t *plan.Target) string {
	if t.Weight.IsZero() {
		return "1"
	}
	return t.Weight.String()
}

// AskFix asks which field was read wrongly.
func AskFix(p Proofing) Message {
	button := func(field string) Button {
		return Button{Text: field, Action: p.action("proof-field", fieldNumber(field))}
	}
	return Message{
		Text: "改哪一项？也可以直接发一句，例如：3600张 期限2018年6月底\n现在是：" + readLine(p.Target) + "\n" + restLine(p.Target),
		Buttons: [][]Button{
			{button("指标"), button("数值"), button("单位")},
			{button("期限"), button("口径"), button("权重")},
			{{Text: "不改了", Action: DoAction("proof-stop")}},
		},
	}
}

// ProofFields are the fields of a target that can be changed, in the order of their buttons.
var ProofFields = []string{"指标", "数值", "单位", "期限", "口径", "权重"}

func fieldNumber(field string) string {
	for i, f := range ProofFields {
		if f == field {
			return strconv.Itoa(i)
		}
	}
	return ""
}

// AskField asks for one field.
func AskField(field string, t *plan.Target) Message {
	example := map[string]string{
		"指标": "新增养老床位", "数值": "40%以上，或不超过3%", "单位": "公里", "期限": "2018年6月底", "权重": "2",
	}[field]
	m := Message{Text: field + "应该是什么？例如：" + example, Buttons: [][]Button{{{Text: "不改了", Action: DoAction("proof-stop")}}}}
	if field == "口径" {
		m.Text = "填报的数是哪一种？现在是" + BasisText(plan.BasisOf(t))
		m.Buttons = [][]Button{
			{{Text: "累计", Action: DoAction("proof-basis", "0")}, {Text: "变化", Action: DoAction("proof-basis", "1")}, {Text: "水平", Action: DoAction("proof-basis", "2")}},
			{{Text: "不改了", Action: DoAction("proof-stop")}},
		}
	}
	return m
}

// AskAdded asks back before a target is added to a published plan.
func AskAdded(c *plan.Commitment, t *plan.Target) Message {
	return Message{
		Text:    "请确认新增指标（报告已发布，市民会看到）：\n" + shortName(c) + " " + readLine(t) + "，期限" + plan.DeadlineText(t.Deadline) + "前" + "\n“" + Sentence(c, t) + "”",
		Buttons: [][]Button{{{Text: "确认", Action: DoAction("add-ok")}, {Text: "不加了", Action: DoAction("add-no")}}},
	}
}

// AskMerge asks which other target of the commitment is the same as this one.
func AskMerge(p Proofing) Message {
	m := Message{Text: "把哪一项并进“" + readLine(p.Target) + "”？选中的那一项会记为不是指标。"}
	for i := range p.Commitment.Targets {
		t := &p.Commitment.Targets[i]
		if t.ID == p.Target.ID || t.Check == plan.Rejected {
			continue
		}
		m.Buttons = append(m.Buttons, []Button{{
			Text:   Shorten(t.Metric+" "+t.ValueText, 24),
			Action: p.action("proof-join", strconv.Itoa(int(t.ID))),
		}})
	}
	m.Buttons = append(m.Buttons, []Button{{Text: "不合并了", Action: DoAction("proof-stop")}})
	return m
}

// AskChapter asks back before a whole chapter is taken as right.
func AskChapter(p Proofing, title string, n int) Message {
	return Message{
		Text: fmt.Sprintf("“%s”还有%d个指标没看过原句，都记为“对”？", Shorten(title, 24), n),
		Buttons: [][]Button{{
			{Text: fmt.Sprintf("%d个都对", n), Action: p.action("proof-chapter-ok", strconv.Itoa(n))}, {Text: "逐个看", Action: p.action("proof-next")},
		}},
	}
}

// mostImported is how many changes of a workbook are listed.
const mostImported = 20

// ProofImported says what a workbook changed; notes is how many rows had a note and no
// decision.
func ProofImported(p *plan.Plan, list []Decision, from, to, notes int) Message {
	if len(list) == 0 {
		return Message{Text: "校核表和库里的一样，没有改动。" + noteRows(notes)}
	}
	var n plan.Proof
	var lines []string
	for i := range list {
		d := &list[i]
		switch {
		case d.Check == plan.Rejected:
			n.Rejected++
		case d.Before == nil:
			n.Added++
		case d.Check == plan.CheckedRight:
			n.Right++
			continue
		case d.Check == "":
			n.Unseen++
		default:
			n.Fixed++
		}
		lines = append(lines, decisionLine(d))
	}
	more := ""
	if len(lines) > mostImported {
		more = fmt.Sprintf("\n还有%d处没有列出。", len(lines)-mostImported)
		lines = lines[:mostImported]
	}
	m := ProofDone(p, nil, from, to)
	m.Text = strings.TrimRight(fmt.Sprintf("已按校核表存好%d项：%s\n", len(list), strings.Replace(ProofCounts(n), "没看过", "撤回", 1))+strings.Join(lines, "\n"), "\n") + more + noteRows(notes)
	return m
}

func noteRows(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("\n%d行只写了备注，没有校核，没有存。", n)
}
