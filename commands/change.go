package commands

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"duban/plan"
	"duban/render"
)

// changeKind names the dialog of a change of the plan that waits for its confirmation.
const changeKind = "change"

// usage says how each change of the plan is written.
var usage = map[plan.RequestKind]string{
	plan.Schedule: "节点 3.6.2.8 公路 6月30日 40% 9月30日 75%",
	plan.Adjust:   "调整 实事8 公路 2400公里 市政府常务会议 聊政字〔2017〕12号 雨季停工",
	plan.Drop:     "取消事项 实事8 公路 市政府常务会议 聊政字〔2017〕12号 项目并入省道改造",
}

func handleNodes(t *turn) ([]render.Message, error)  { return t.change(plan.Schedule) }
func handleAdjust(t *turn) ([]render.Message, error) { return t.change(plan.Adjust) }
func handleDrop(t *turn) ([]render.Message, error)   { return t.change(plan.Drop) }

// change reads a supervisor's change of the plan; what cannot be taken back asks for its
// confirmation.
func (t *turn) change(kind plan.RequestKind) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	if err := plan.May(t.actor, plan.ActDecide, nil); err != nil {
		return nil, err
	}
	said := t.words
	if kind == plan.Adjust {
		said = spacedChange(said)
	}
	c, words, _ := t.partReference(p, said)
	if c == nil || words == "" {
		return one(render.Message{Text: "请写清编号和内容，例如：" + usage[kind]}), nil
	}
	if kind == plan.Adjust {
		words = valueBehind.ReplaceAllString(words, "$1 $2$3")
	}
	item, rest, problem := t.part(p, c, words)
	if problem != "" {
		return one(render.Message{Text: problem}), nil
	}
	r := plan.Request{Plan: p.Key(), Item: item, Kind: kind, Chat: t.request.Chat}
	s, err := t.subject(r.Plan, r.Item)
	if err != nil {
		return nil, err
	}
	if problem := readChange(&r, s, rest); problem != "" {
		return one(render.Message{Text: problem + "例如：" + usage[kind]}), nil
	}
	if kind == plan.Schedule {
		return t.applyChange(r, s)
	}
	return one(render.AskChange(requestView(r, s))), t.await(changeKind, r)
}

func requestView(r plan.Request, s *subject) render.RequestView {
	return render.RequestView{Request: r, Commitment: s.commitment, Target: s.target, Task: s.task}
}

// part takes the name of a part of a commitment off the beginning of words; a commitment
// with one part needs none.
func (t *turn) part(p *plan.Plan, c *plan.Commitment, words string) (item plan.ID, rest, problem string) {
	parts := partsOf(c)
	if len(parts) == 0 {
		return 0, "", shortTitle(c) + "没有指标，也没有任务。"
	}
	first, behind, _ := strings.Cut(words, " ")
	e := t.library.Engine(string(p.Key()))
	found := distinct(e.Match(first, 4, func(x *plan.Commitment) bool { return x.ID == c.ID }))
	switch named := len(found) > 0 && found[0].Score >= weakMatch; {
	case named && (len(found) == 1 || found[1].Score < closeMatch*found[0].Score):
		return itemOf(found[0]), strings.TrimSpace(behind), ""
	case len(parts) == 1 && (named || mentions(parts[0].Target, first)):
		return itemOf(parts[0]), strings.TrimSpace(behind), ""
	case len(parts) == 1:
		return itemOf(parts[0]), words, ""
	}
	return 0, "", shortTitle(c) + "有几项，没认出“" + first + "”是哪一项。请写明：" + render.PartNames(c)
}

// mentions reports whether a word is part of a target's name.
func mentions(t *plan.Target, word string) bool {
	return t != nil && word != "" && strings.Contains(t.Metric, word)
}

// readChange fills a request from the words behind the item.
func readChange(r *plan.Request, s *subject, words string) string {
	switch {
	case r.Kind == plan.Schedule && s.target == nil:
		return "任务没有数，不能设节点。"
	case r.Kind == plan.Schedule:
		return readNodes(r, s, words)
	case r.Kind == plan.Adjust:
		rest, problem := readNewTarget(r, s, words)
		if problem != "" {
			return problem
		}
		words = rest
	}
	return readApproval(r, words)
}

var nodePattern = regexp.MustCompile(`^(.*?)\s*(\d+(?:\.\d+)?)\s*[%％]\s*[，,、;；]?\s*`)

// readNodes takes 6月30日 40% 9月30日 75%.
func readNodes(r *plan.Request, s *subject, words string) string {
	for rest := words; rest != ""; {
		m := nodePattern.FindStringSubmatch(rest)
		if m == nil {
			return "没看懂“" + rest + "”：节点要写日期和百分比。"
		}
		rest = rest[len(m[0]):]
		day, left := dateOf(m[1], plan.EndOfYear(s.plan.Year))
		percent, err := plan.ParseDecimal(m[2])
		switch {
		case day.IsZero() || strings.TrimSpace(left) != "":
			return "日期“" + strings.TrimSpace(m[1]) + "”没看懂。"
		case err != nil || percent.Cmp(plan.NewDecimal(100, 0)) > 0:
			return "百分比要在0到100之间。"
		case day.Year < s.plan.Year || day.After(s.target.Deadline):
			return "节点要在" + yearText(s.plan.Year) + "1月1日到期限" + fullDate(s.target.Deadline) + "之间。"
		}
		r.Nodes = append(r.Nodes, plan.Node{Date: day, Percent: percent})
	}
	rising := slices.IsSortedFunc(r.Nodes, func(a, b plan.Node) int { return a.Percent.Cmp(b.Percent) })
	dated := slices.IsSortedFunc(r.Nodes, func(a, b plan.Node) int { return a.Date.Compare(b.Date) })
	if len(r.Nodes) == 0 || !rising || !dated {
		return "节点要按日期先后写，百分比不能变小。"
	}
	r.Reason = "督查室设定节点"
	return ""
}

// readNewTarget takes the new value or the new deadline off the beginning of words.
func readNewTarget(r *plan.Request, s *subject, words string) (rest, problem string) {
	first, rest := words, ""
	if i := strings.IndexAny(words, " ，；"); i >= 0 {
		first, rest = words[:i], strings.TrimLeft(words[i:], " ，；")
	}
	if first == "" {
		return "", "请写新的目标或期限、批准机关、文号和理由。"
	}
	if late, ok := strings.CutPrefix(first, "期限"); ok {
		e := edit{plan: s.plan}
		if late == "" {
			late, rest, _ = strings.Cut(rest, " ")
		}
		if problem := e.deadline(late); problem != "" {
			return "", problem + "。"
		}
		r.Deadline = e.target.Deadline
		return rest, sameAsNow(r.Deadline == s.deadline())
	}
	if s.target == nil {
		return "", "任务只能调整期限：期限 2018年6月30日。"
	}
	e := edit{plan: s.plan, target: *s.target}
	if problem := e.value(first); problem != "" {
		return "", "新目标“" + first + "”没看懂。"
	}
	if !plan.UnitFits(e.target.Unit, s.target.Unit) {
		return "", "单位应是" + s.target.UnitWord() + "。"
	}
	r.Value = &e.target.Value
	return rest, sameAsNow(e.target.Value == s.target.Value)
}

func sameAsNow(same bool) string {
	if same {
		return "和现在的一样，没有变化。"
	}
	return ""
}

// documentNumber finds the number of a document: 聊政字〔2017〕12号, 第8号, 会议纪要〔2017〕3.
var documentNumber = regexp.MustCompile(`\S*(?:[〔\[【（(]\d{4}[〕\]】）)]\s*(?:第)?\d+号?|第?\d+号|\d+次\S*纪要)\S*`)

// readApproval takes 批准机关 文号 理由.
func readApproval(r *plan.Request, words string) string {
	place := documentNumber.FindStringIndex(words)
	if place == nil {
		return "要写批准机关和文号。"
	}
	body := strings.Trim(words[:place[0]], " ，,、：:")
	reason := strings.Trim(words[place[1]:], " ，,、。")
	switch {
	case len([]rune(body)) < 2:
		return "文号前面要写批准机关。"
	case len([]rune(reason)) < 2:
		return "文号后面要写理由。"
	case len([]rune(body)) > 40 || len([]rune(reason)) > 200:
		return "批准机关最多40个字，理由最多200个字。"
	}
	r.Approval, r.Reason = body+" "+words[place[0]:place[1]], reason
	return ""
}

// confirmChange is the button 确认.
func confirmChange(t *turn) ([]render.Message, error) {
	var r plan.Request
	if !t.recall(changeKind, &r) {
		return one(render.Message{Text: "这次调整已经处理过或已过期，请再发一次。"}), nil
	}
	s, err := t.subject(r.Plan, r.Item)
	if err != nil {
		return nil, err
	}
	return t.applyChange(r, s)
}

// answerChange takes 确认 or 取消.
func answerChange(t *turn) ([]render.Message, error) { return t.answerYesNo(confirmChange, dropChange) }

// answerYesNo takes 确认 or 取消 in words; anything else is no answer.
func (t *turn) answerYesNo(yes, no handler) ([]render.Message, error) {
	switch strings.Trim(t.text, "。！! ") {
	case "确认", "是", "对", "确定":
		return yes(t)
	case "取消", "不", "算了":
		return no(t)
	}
	if words, ok := t.adjusts(); ok {
		t.words = words
		return handleAdjusting(t)
	}
	return converse(t)
}

func dropChange(t *turn) ([]render.Message, error) {
	return one(render.Message{Text: "没有改动。"}), t.settle()
}

// applyChange stores the request and its grant, and tells those who file for the item.
func (t *turn) applyChange(r plan.Request, s *subject) ([]render.Message, error) {
	stored, err := t.desk().Ask(r)
	if err != nil {
		return nil, err
	}
	stored, err = t.desk().Decide(stored.ID, plan.Accepted, r.Reason)
	if err != nil {
		return nil, err
	}
	if err := t.settle(); err != nil {
		return nil, err
	}
	m := render.Changed(requestView(stored, s))
	return one(m), t.tellFilers(stored, s, m)
}

// tellFilers tells the staff of the leading department.
func (t *turn) tellFilers(r plan.Request, s *subject, m render.Message) error {
	if s.duty == nil {
		return nil
	}
	people, err := t.desk().Reaches(plan.Staff, s.duty.Lead, t.today())
	if err != nil {
		return err
	}
	for _, p := range people {
		if err := t.notify("change:"+strconv.FormatUint(r.ID, 10)+":"+string(p.ID), p.Chat, m); err != nil {
			return err
		}
	}
	return nil
}

const basisExample = "例如：口径 实事8 公路 水平（累计、变化、水平三选一）"

// handleBasis takes 口径 实事8 公路 水平: a correction. In the dialog of 改 it is the answer,
// with a basis alone it concerns the card that was shown last.
func handleBasis(t *turn) ([]render.Message, error) {
	if t.dialog != nil && t.dialog.Kind == fixKind {
		switch {
		case t.words == "":
			return proofDialog(fixKind, askBasis)(t)
		case basisWords[t.words] != "":
			return proofDialog(fixKind, answerFix)(t)
		}
	}
	if basisWords[t.words] != "" && t.chat.card == proofCard {
		t.args = t.chat.proof
		return withCard(fixTyped)(t)
	}
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	x, err := t.proofing(p.Key())
	if err != nil {
		return nil, err
	}
	c, words, _ := t.partReference(p, t.words)
	i := strings.LastIndex(words, " ")
	if c == nil || words == "" || i < 0 && len(c.Targets) != 1 {
		return one(render.Message{Text: "请写清编号、指标和口径，" + basisExample}), nil
	}
	item, _, problem := t.part(p, c, words[:max(i, 0)])
	if problem != "" {
		return one(render.Message{Text: problem}), nil
	}
	return t.setBasis(x, item, words[i+1:])
}

func (t *turn) setBasis(x *proofing, item plan.ID, word string) ([]render.Message, error) {
	c, target := x.target(item)
	if target == nil {
		return one(render.Message{Text: "任务没有口径。请写指标，" + basisExample}), nil
	}
	e := edit{plan: x.plan, target: *target}
	if problem := e.basis(word); problem != "" {
		return one(render.Message{Text: problem}), nil
	}
	if sameTarget(target, &e.target) {
		return one(render.Message{Text: target.Metric + "的口径就是" + render.BasisText(plan.BasisOf(target)) + "，没有变化。"}), nil
	}
	done, _, err := t.correct(x, fixed(c, target, &e.target))
	return one(done), err
}
