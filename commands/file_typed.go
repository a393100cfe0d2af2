package commands

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"duban/plan"
	"duban/render"
	"duban/report"
)

// Words that answer the questions about a filing without its buttons.
var (
	yesWords    = []string{"确认", "是", "是的", "对", "对的", "好", "好的", "确定", "ok", "OK", "Ok", "确认填报", "提交", "都确认", "全部确认", "全确认", "全都确认", "都提交", "全部提交", "确认全部", "都对", "全对", "都没错"}
	noWords     = []string{"取消", "撤回", "撤销", "不报了", "算了", "先不报", "不填了", "全部取消", "都取消", "全取消", "全都取消", "取消全部", "全部撤回", "都撤回", "都不报了", "全部不报", "都不要了", "不要了"}
	plainYes    = []string{"是", "是的", "对", "对的", "都对", "全对"}
	keepWords   = []string{"数没错", "没错", "数对", "数没问题", "没问题", "就是这个数"}
	fixWords    = []string{"更正上次的数", "更正上次", "更正", "上次报错了", "上次的数错了"}
	monthWords  = []string{"这是当月数", "当月数", "是当月数", "这是本月数", "本月数"}
	todayWords  = []string{"改成今天", "今天", "按今天"}
	wholeWords  = []string{"都完成了", "都完成", "完成了", "也完成了", "全部完成"}
	partlyWords = []string{"还没有", "还没", "没有", "没完成", "还没完成", "没有完成"}
	changeWords = []string{"改数", "改一下", "修改"}
	photoWords  = []string{"补充照片", "补照片", "加照片"}
)

// isAnswer reports whether a message is nothing but an answer to a question about a filing.
func isAnswer(text string) bool {
	text = strings.Trim(text, "。！!，, ")
	for _, words := range [][]string{{"确认", "确认填报", "提交", "都确认", "全部确认", "全确认", "全都确认", "都提交", "全部提交", "确认全部"}, noWords, keepWords, fixWords, monthWords, {"改成今天"}, {"改数"}, photoWords} {
		if slices.Contains(words, text) {
			return true
		}
	}
	return false
}

// answerFiling handles what is typed while a filing waits.
func answerFiling(t *turn) ([]render.Message, error) {
	var d filingDialog
	if !t.recall(filingKind, &d) {
		return converse(t)
	}
	text := strings.Trim(t.text, "。！!，, ")
	switch {
	case len(t.request.Media) > 0 && len(d.Drafts) == 0 && !t.readsAsFiling():
		return beginEvidence(t)
	case len(t.request.Media) > 0 && (text == "" || d.Photo || !t.readsAsFiling()):
		return t.addEvidence(&d, text)
	case slices.Contains(noWords, text):
		return cancelFiling(t)
	case fillPattern.MatchString(text):
		return t.elsewhere(&d)
	case d.Editing > 0 && d.Editing <= len(d.Drafts):
		if done, messages, err := t.typedNumber(&d); done {
			return messages, err
		}
	}
	if run, ok := t.offeredButton(); ok && d.Editing == 0 {
		return run(t)
	}
	if done, messages, err := t.typedAnswer(&d, text); done {
		return messages, err
	}
	return t.elsewhere(&d)
}

// elsewhere handles what answers no question of ours.
func (t *turn) elsewhere(d *filingDialog) ([]render.Message, error) {
	if t.request.Edited && t.request.Message == d.Message && !t.readsAsFiling() {
		messages, err := t.proceed(d)
		return append(one(render.Message{Text: "改后的消息里没有读出数，等你确认的还是原来的："}), messages...), err
	}
	run, _ := t.unprompted()
	if len(d.Drafts) > 0 || t.readsAsFiling() {
		return run(t)
	}
	messages, err := run(t)
	if err != nil || !t.recall(filingKind, d) || len(d.Drafts) > 0 {
		return messages, err
	}
	return append(messages, render.Message{Text: unusedPhoto}), t.settle()
}

// typedAnswer takes the words of a button; done is false where they are none.
func (t *turn) typedAnswer(d *filingDialog, text string) (done bool, messages []render.Message, err error) {
	i, s, doubt, err := t.firstDoubt(d)
	if err != nil || len(d.Drafts) == 0 {
		return err != nil, nil, err
	}
	switch {
	case doubt == nil && (slices.Contains(yesWords, text) || slices.Contains(keepWords, text)):
		messages, err = t.confirm(d)
		return true, messages, err
	case slices.Contains(photoWords, text):
		messages, err = awaitPhoto(t, d)
		return true, messages, err
	case slices.Contains(changeWords, text) && doubt == nil && len(d.Drafts) > 1:
		return true, one(render.Message{Text: "请把要改的那一项重发一次，例如：危桥 28。别的不变。"}), nil
	case slices.Contains(changeWords, text):
		messages, err = t.editDraft(d, i)
		return true, messages, err
	case doubt == nil:
		return t.typedFigure(d, nil, text)
	}
	return t.answerDoubt(d, i, s, doubt, text)
}

// answerDoubt takes what is typed where a draft is doubted; done is false where it is no
// answer.
func (t *turn) answerDoubt(d *filingDialog, i int, s *subject, doubt *plan.Doubt, text string) (done bool, messages []render.Message, err error) {
	if f := typedDoubt(doubt, text); f != nil {
		if err := f(t, &d.Drafts[i], s); err != nil {
			return true, nil, err
		}
		messages, err = t.proceed(d)
		return true, messages, err
	}
	if done, messages, err = t.typedChoice(d, i, doubt, text); done {
		return done, messages, err
	}
	if doubt.Kind != plan.DoubtAmbiguous {
		if done, messages, err = t.typedFigure(d, &i, text); done {
			return done, messages, err
		}
	}
	if !isAnswer(text) && !slices.Contains(yesWords, text) {
		return false, nil, nil
	}
	messages, err = t.proceed(d)
	return true, messages, err
}

// typedDoubt is what words do about a doubt; nil where they answer none of it.
func typedDoubt(doubt *plan.Doubt, text string) func(*turn, *draft, *subject) error {
	yes := slices.Contains(yesWords, text)
	switch {
	case doubt.Suggest != nil && (yes || isValue(text, doubt.Suggest)):
		return takeSuggestion
	case doubt.Kind == plan.DoubtPart && slices.Contains(partlyWords, text):
		return takeSuggestion
	case doubt.Kind == plan.DoubtPart && slices.Contains(wholeWords, text), doubt.Kind == plan.DoubtRepeats && (isUnchanged(text) || text == "没有"):
		return keepValue
	case doubt.Kind == plan.DoubtFalls && slices.Contains(fixWords, text):
		return correctLast
	case doubt.Kind == plan.DoubtFalls && slices.Contains(monthWords, text):
		return addToLast
	case (doubt.Kind == plan.DoubtFuture || doubt.Kind == plan.DoubtTooEarly) && slices.Contains(todayWords, text):
		return dateToday
	case doubt.Kind == plan.DoubtPart && yes && !slices.Contains(plainYes, text): // 确认 says not which
		return nil
	case doubt.Never, doubt.Kind == plan.DoubtAmbiguous, doubt.Kind == plan.DoubtFuture, doubt.Kind == plan.DoubtTooEarly, doubt.Kind == plan.DoubtPercent, doubt.Kind == plan.DoubtFalls:
		return nil
	case slices.Contains(keepWords, text), strings.HasPrefix(text, "确是"), yes && doubt.Suggest == nil:
		return keepValue
	}
	return nil
}

// isValue reports whether 是1476张 names a value.
func isValue(text string, v *plan.Decimal) bool {
	rest, ok := strings.CutPrefix(text, "是"+v.String())
	return ok && !strings.HasPrefix(rest, ".") && strings.IndexFunc(rest, unicode.IsDigit) != 0
}

// typedChoice takes the number of one of several items.
func (t *turn) typedChoice(d *filingDialog, i int, doubt *plan.Doubt, text string) (done bool, messages []render.Message, err error) {
	choices := append([]plan.ID{d.Drafts[i].Item}, d.Drafts[i].Others...)
	n := number(strings.Trim(text, "第个项.、 "))
	if doubt.Kind != plan.DoubtAmbiguous || n < 1 || n > len(choices) {
		return false, nil, nil
	}
	t.args = []string{"", "", strconv.Itoa(int(choices[n-1]))}
	if err := pickItem(t, &d.Drafts[i], nil); err != nil {
		return true, nil, err
	}
	messages, err = t.proceed(d)
	return true, messages, err
}

// firstDoubt finds the draft that is asked about now; doubt is nil where none is.
func (t *turn) firstDoubt(d *filingDialog) (i int, s *subject, doubt *plan.Doubt, err error) {
	for i := range d.Drafts {
		s, err := t.subject(d.Drafts[i].Plan, d.Drafts[i].Item)
		if err != nil {
			return 0, nil, nil, err
		}
		if doubts := d.Drafts[i].doubts(s, t.today()); len(doubts) > 0 {
			return i, s, &doubts[0], nil
		}
	}
	return 0, nil, nil, nil
}

// confirm files the drafts, unless something is still in doubt.
func (t *turn) confirm(d *filingDialog) ([]render.Message, error) {
	if len(d.Drafts) == 0 {
		return t.proceed(d)
	}
	for i := range d.Drafts {
		s, err := t.subject(d.Drafts[i].Plan, d.Drafts[i].Item)
		if err != nil {
			return nil, err
		}
		if s.target != nil && d.Drafts[i].Value == nil || len(d.Drafts[i].doubts(s, t.today())) > 0 {
			return t.proceed(d)
		}
	}
	return t.fileAll(d)
}

// addEvidence takes photos; their caption is a note.
func (t *turn) addEvidence(d *filingDialog, caption string) ([]render.Message, error) {
	d.Evidence = append(d.Evidence, t.media()...)
	d.Photo = false
	for i := range d.Drafts {
		d.Drafts[i].addNote(caption)
	}
	return t.proceed(d)
}

// typedNumber takes the number, the stage or the 无变化 that was asked for; done is false
// where the text holds none.
func (t *turn) typedNumber(d *filingDialog) (done bool, messages []render.Message, err error) {
	x := &d.Drafts[d.Editing-1]
	s, err := t.subject(x.Plan, x.Item)
	if err != nil {
		return true, nil, err
	}
	if !t.fill(x, s) {
		return false, nil, nil
	}
	messages, err = t.proceed(d)
	return true, messages, err
}

// fill reads a number, a stage or 无变化 into a draft whose item is known.
func (t *turn) fill(x *draft, s *subject) bool {
	day, rest := figureDate(strings.TrimSpace(width.Fold.String(t.text)), t.today())
	if !day.IsZero() {
		x.Date = day
	}
	reader := scan{lineReader: lineReader{engine: t.library.Engine(string(x.Plan))}}
	list := reader.figuresOf(rest)
	x.Cleared, x.Missing, x.Supersedes, x.Others, x.Rest, x.Nearly = nil, "", 0, nil, "", false
	var ok bool
	switch {
	case isUnchanged(rest):
		ok = x.unchanged(s)
	case s.task != nil:
		ok = x.takeStage(s.task, rest, list)
	default:
		ok = x.takeNumber(s, rest, list)
	}
	if ok {
		t.correction(x, s)
	}
	return ok
}

// decimalPattern is a number alone that looks like a date.
var decimalPattern = regexp.MustCompile(`^\d+\.\d+$`)

// figureDate is dateOf where a number is awaited: 7.3 alone is one.
func figureDate(text string, today plan.Date) (day plan.Date, rest string) {
	if decimalPattern.MatchString(text) {
		return plan.Date{}, text
	}
	return filedDate(text, today)
}

// takeStage reads how far a task is; a bare number says nothing of it.
func (x *draft) takeStage(t *plan.Task, text string, list []report.Quantity) bool {
	share := len(list) == 1 && list[0].Unit == "%"
	stage := stageFor(text, t)
	if stage == "" && !share {
		return false
	}
	x.Stage, x.Percent, x.Nearly = stage, nil, stage == plan.Finished && nearly(text, t)
	if share {
		value := list[0].Value
		x.Percent, x.Stage = &value, stageWith(text, list[0])
	}
	said := text
	if share {
		said = text[:list[0].Start] + text[list[0].End:]
	}
	if !plainStage(text) && content(withoutStage(said)) != "" {
		x.Note = text
	}
	return true
}

// takeNumber reads the value of a target, without words of anything else before it.
func (x *draft) takeNumber(s *subject, text string, list []report.Quantity) bool {
	if len(list) != 1 {
		return false
	}
	words := text[:list[0].Start]
	if thing(words) != "" && said(words, s.match()) < partly {
		return false
	}
	value := list[0].Value
	x.Value, x.Unit = &value, list[0].Unit
	if weightOf(text) == ofPeriod && plan.BasisOf(s.target) != plan.BasisLevel {
		if x.Value = s.plus(value, x.Date, true); x.Value == nil {
			x.Missing = noBase
		}
	}
	return true
}

func cancelFiling(t *turn) ([]render.Message, error) {
	var d filingDialog
	if !t.recall(filingKind, &d) {
		return one(render.Message{Text: "没有在等确认的填报。"}), nil
	}
	if seq := t.arg(0); seq != "" && seq != d.Seq {
		return one(render.Message{Text: "这次填报已经处理过或已过期，没有取消别的。"}), nil
	}
	if len(d.Drafts) > 1 {
		return one(render.Message{Text: "已取消，" + strconv.Itoa(len(d.Drafts)) + "项都没有填报。"}), t.settle()
	}
	return one(render.Message{Text: "已取消，没有填报。"}), t.settle()
}
