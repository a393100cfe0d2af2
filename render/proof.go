package render

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"unicode/utf8"

	"duban/plan"
)

// Proofing is a target that a supervisor compares with its sentence.
type Proofing struct {
	Plan       *plan.Plan
	Commitment *plan.Commitment
	Target     *plan.Target
	Under      plan.Code // what is being gone through
	Touched    int       // decisions on the target so far
	Whole      plan.Proof
	Chapter    plan.Proof
}

// PlanMark names a plan in a button, in eight characters.
func PlanMark(key plan.Key) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key))
	return fmt.Sprintf("%08x", h.Sum32())
}

// action is a button on the target of a card.
func (p *Proofing) action(verb string, more ...string) string {
	args := []string{PlanMark(p.Plan.Key()), strconv.Itoa(int(p.Target.ID)), string(p.Under), strconv.Itoa(p.Touched)}
	return DoAction(verb, append(args, more...)...)
}

// ProofCard shows a target beside its sentence, with the buttons of the decision.
func ProofCard(p Proofing) Message {
	c, t := p.Commitment, p.Target
	var w strings.Builder
	fmt.Fprintf(&w, "校核 %s（%s）%s\n", name(&c.Segment), c.Code, checkMark(t.Check))
	w.WriteString("“" + Sentence(c, t) + "”\n")
	w.WriteString("读成：" + readLine(t) + "\n" + restLine(t) + "\n")
	fmt.Fprintf(&w, "已校核 %d/%d · 本章 %d/%d", p.Whole.Checked(), p.Whole.Total, p.Chapter.Checked(), p.Chapter.Total)
	second := []Button{{Text: "拆分", Action: p.action("proof-split")}}
	if len(c.Targets) > 1 {
		second = append(second, Button{Text: "合并", Action: p.action("proof-merge")})
	}
	second = append(second, Button{Text: "补一项", Action: p.action("proof-add")})
	return Message{Text: w.String(), Buttons: [][]Button{
		{{Text: "对", Action: p.action("proof-ok")}, {Text: "改", Action: p.action("proof-fix")}, {Text: "不是指标", Action: p.action("proof-not")}},
		second,
		{{Text: "下一项", Action: p.action("proof-next")}, {Text: "整章都对", Action: p.action("proof-chapter")}},
	}}
}

// checkMark says what was decided on a target before.
func checkMark(c plan.Check) string {
	if word := CheckWord(c); word != "" {
		return " 已校核：" + word
	}
	return ""
}

// CheckWord is what a decision is called; "" where nobody looked at the target.
func CheckWord(c plan.Check) string {
	switch c {
	case plan.CheckedRight:
		return "对"
	case plan.CheckedFixed:
		return "改"
	case plan.CheckedAdded:
		return "新增"
	case plan.Rejected:
		return "不是指标"
	}
	return ""
}

// readLine is metric, comparison and value: 新改建农村公路 不少于2500公里.
func readLine(t *plan.Target) string {
	line := t.Metric + " " + comparedValue(t)
	if t.Stretch != nil {
		line += "，力争" + t.Say(*t.Stretch)
	}
	if t.Hedge != "" && t.Hedge != plan.Roughly {
		line += "（" + string(t.Hedge) + "）"
	}
	return line
}

// comparedValue is the value with its comparison: 不少于40%, 8%左右.
func comparedValue(t *plan.Target) string {
	if t.Op == plan.About {
		return t.ValueText + "左右"
	}
	return OpWord(t.Op) + t.ValueText
}

// restLine is unit, deadline, basis and weight.
func restLine(t *plan.Target) string {
	unit := t.Unit
	if unit == "" {
		unit = "（没有）"
	}
	line := "单位：" + unit + " · 期限：" + plan.DeadlineText(t.Deadline) + "前 · 口径：" + BasisText(plan.BasisOf(t))
	if !t.Weight.IsZero() {
		line += " · 权重：" + t.Weight.String()
	}
	return line
}

// OpWord is how a comparison is called.
func OpWord(op plan.Op) string {
	switch op {
	case plan.AtMost:
		return "不超过"
	case plan.About:
		return "左右"
	case plan.Exactly:
		return "等于"
	}
	return "不少于"
}

// BasisWord is how a basis is called; BasisText explains it too.
func BasisWord(b plan.Basis) string {
	switch b {
	case plan.BasisChange:
		return "变化"
	case plan.BasisLevel:
		return "水平"
	}
	return "累计"
}

// BasisText names a basis and says what a filed number means by it.
func BasisText(b plan.Basis) string {
	switch b {
	case plan.BasisChange:
		return "变化（提高或降低了多少）"
	case plan.BasisLevel:
		return "水平（现在是多少）"
	}
	return "累计（1月1日起的总数）"
}

// longestProof is how many characters of a sentence a card shows.
const longestProof = 200

// Sentence is the report's sentence that a target stands in, its clause in 【】.
func Sentence(c *plan.Commitment, t *plan.Target) string {
	text := strings.TrimSpace(c.Text)
	at := nearest(text, t.Quote, t.Start-c.Start)
	if at < 0 || t.Quote == "" {
		return Shorten(text, longestProof)
	}
	from, end := 0, len(text)
	if i := strings.LastIndexAny(text[:at], sentenceMarks); i >= 0 {
		from = behind(text, i)
	}
	if i := strings.IndexAny(text[at+len(t.Quote):], sentenceMarks); i >= 0 {
		end = behind(text, at+len(t.Quote)+i)
	}
	return aroundQuote(strings.TrimSpace(text[from:at]), t.Quote, text[at+len(t.Quote):end])
}

const sentenceMarks = "。！？\n"

// behind is the place behind the character at a place.
func behind(text string, i int) int {
	_, size := utf8.DecodeRuneInString(text[i:])
	return i + size
}

// aroundQuote cuts what stands before and behind the clause where the whole is too long.
func aroundQuote(before, quote, behind string) string {
	room := max(longestProof-utf8.RuneCountInString(quote), 40) / 2
	if r := []rune(before); len(r) > room {
		before = "…" + string(r[len(r)-room:])
	}
	return before + "【" + quote + "】" + Shorten(strings.TrimRight(behind, "\n "), room)
}

// nearest finds the occurrence of a quote nearest to a position in code points; -1 for none.
func nearest(text, quote string, position int) int {
	best, away := -1, 0
	for i := 0; quote != ""; {
		j := strings.Index(text[i:], quote)
		if j < 0 {
			break
		}
		i += j
		if d := max(utf8.RuneCountInString(text[:i])-position, position-utf8.RuneCountInString(text[:i])); best < 0 || d < away {
			best, away = i, d
		}
		i += len(quote)
	}
	return best
}
