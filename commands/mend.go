package commands

import (
	"regexp"
	"slices"
	"strings"

	"duban/plan"
	"duban/render"
)

// mendPattern is a number that takes the place of another one: 是834, 上次填错了 应该是828.
var mendPattern = regexp.MustCompile(`^((?:我|上次|刚才|刚刚|之前|前面)*(?:的数)?(?:填|报|写|打|发|弄|搞)错了?)?[，,。.:： ]*(不对|错了|更正)?[，,。.:： ]*(应该?是|应为|正确的?是|改为|改成|更正为|其实是|实际是|是)?[：: ]*(\S.*)$`)

// mended is the figure of words that correct one; last tells that it is an earlier filing's,
// plain that nothing but the figure was said.
func mended(text string) (figure string, last, plain bool) {
	m := mendPattern.FindStringSubmatch(text)
	if m == nil {
		return text, false, true
	}
	return m[4], m[1] != "", m[1]+m[2]+m[3] == ""
}

// typedFigure takes a figure or a stage alone for the draft that is asked about, else for the
// only one; the figure that was doubted, said again, is kept.
func (t *turn) typedFigure(d *filingDialog, asked *int, text string) (done bool, messages []render.Message, err error) {
	figure, last, _ := mended(text)
	switch {
	case !t.onlyFigure(figure):
		return false, nil, nil
	case asked == nil && len(d.Drafts) > 1:
		return true, one(render.Message{Text: "不知道改哪一项。请把那一项连名字重发一次，例如：危桥 28。别的不变。"}), nil
	}
	x := &d.Drafts[0]
	if asked != nil {
		x = &d.Drafts[*asked]
	}
	said, err := t.retake(x, figure, asked != nil, last)
	if said != nil || err != nil {
		return true, said, err
	}
	messages, err = t.proceed(d)
	return true, messages, err
}

// retake reads a figure into a draft anew; the one that was doubted, said again, is kept, and
// one for an earlier filing corrects it. said is what to say where it cannot be taken.
func (t *turn) retake(x *draft, figure string, asked, last bool) (said []render.Message, err error) {
	s, err := t.subject(x.Plan, x.Item)
	if err != nil {
		return nil, err
	}
	before, whole := *x, t.text
	t.text = figure
	taken := t.fill(x, s)
	t.text = whole
	switch {
	case !taken:
		*x = before
		if isUnchanged(figure) {
			return one(neverFiled), nil
		}
		return one(render.Message{Text: "这一项不是这样报的。" + render.AskAgain(s.target, s.task)}), nil
	case asked && before.Value != nil && x.Value != nil && before.Value.Cmp(*x.Value) == 0 && x.Unit == before.Unit:
		*x = before
		return nil, keepValue(t, x, s)
	case last:
		return nil, correctLast(t, x, s)
	}
	return nil, nil
}

// mendsLast reports whether a message corrects what the person filed last.
func (t *turn) mendsLast() bool {
	figure, _, plain := mended(t.text)
	return !plain && t.onlyFigure(figure) && strings.ContainsAny(figure, "0123456789")
}

// mendLast takes a figure for the item that the person filed for last.
func mendLast(t *turn) ([]render.Message, error) {
	f, err := t.lastFiled()
	if err != nil {
		return nil, err
	}
	if f == nil {
		return one(render.Message{Text: "没有找到你报过的数。请连名字一起发，例如：养老床位 1476"}), nil
	}
	s, err := t.subject(f.Plan, f.Item)
	if err != nil {
		return nil, err
	}
	if err := plan.May(t.actor, plan.ActFile, s.duty); err != nil {
		return nil, err
	}
	x := draft{Plan: f.Plan, Item: f.Item, Date: f.Date}
	whole := t.text
	t.text, _, _ = mended(t.text)
	ok := t.fill(&x, s)
	t.text = whole
	if !ok {
		return one(render.Message{Text: "你上次报的不是这样的数。请连名字一起发，例如：养老床位 1476"}), nil
	}
	x.Supersedes, x.Reason = f.ID, "更正上次填报"
	return t.joinAndProceed(&filingDialog{Drafts: []draft{x}, Message: t.request.Message})
}

// lastFiled is what the person filed last in the plan; nil for nothing.
func (t *turn) lastFiled() (*plan.Filing, error) {
	filings, err := t.desk().Filings(t.current().Key())
	if err != nil {
		return nil, err
	}
	var last *plan.Filing
	for _, list := range filings {
		for i := range list {
			if f := &list[i]; f.By == t.actor.ID && (last == nil || f.ID > last.ID) {
				last = f
			}
		}
	}
	return last, nil
}

// assignPattern is 把实事5分给民政局.
var assignPattern = regexp.MustCompile(`^(?:请|把|将)*((?:第?\p{Han}{0,3}件)?实事\s*[\d一二三四五六七八九十]*|[\d.]{5,})\s*(?:分派|分|派|交)给\s*(\p{Han}{2,})$`)

// outOfPlace says the way out to words that answer something which does not wait.
func (t *turn) outOfPlace() (run handler, writes, ok bool) {
	text := strings.Trim(t.text, "。！!，, ")
	if m := assignPattern.FindStringSubmatch(text); m != nil && t.may(plan.ActAssign) {
		t.words = m[1] + " " + m[2]
		return handleAssign, true, true
	}
	if run, found := t.reviewsOutOfPlace(text); found {
		return run, true, true
	}
	switch {
	case !t.may(plan.ActFile) || t.current() == nil:
		return nil, false, false
	case slices.Contains([]string{"撤回", "撤销", "撤回填报"}, text) && t.may(plan.ActDecide):
		return say("已定的不能撤销。目标调错了就再发一次“调整”（要批准机关和文号）；审核错了请填报人把数重报一次；校核错了就发“校核”接着改。"), false, true
	case slices.Contains([]string{"撤回", "撤销", "撤回填报"}, text):
		return say("已提交的不能撤回。报错了就把对的数再发一次，例如：养老床位 1476；还没审核的会换成新的。"), false, true
	case t.mendsLast():
		return mendLast, true, true
	}
	return nil, false, false
}
