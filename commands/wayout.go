package commands

import (
	"regexp"
	"slices"
	"strings"

	"duban/ask"
	"duban/render"
)

// openQuestion is a question of ours that any words answer. What people type is not always
// meant for it, so it has ways out: words of leaving, commands, buttons by their words,
// plain questions.
type openQuestion struct {
	left   string   // what was not done: 没有退回
	back   string   // how to take it up again
	own    []string // commands and verbs of buttons that ask or answer it
	filing bool     // a status report is no answer to it
	asking bool     // a question may answer it
}

var openQuestions = map[string]openQuestion{
	returnKind:   {left: "没有退回", back: "发“待审”继续。", own: []string{"review-no"}},
	refuseKind:   {left: "没有处理", back: "发“申请”继续。", own: []string{"request-no"}},
	replyKind:    {left: "没有答复", back: "发“群众反馈”继续。", own: []string{"reply-send", "feedback-reply"}},
	extendKind:   {left: "没有申请延期", own: []string{"extend"}, filing: true},
	delegateKind: {left: "没有转交", own: []string{"delegate", "delegate-to"}, filing: true},
	erratumKind:  {left: "没有更正", own: []string{"bulletin-erratum"}},
	feedbackKind: {left: "没有提交反馈", own: []string{"feedback"}, asking: true},
	aboutKind:    {left: "没有提交反馈", own: []string{"feedback-about"}},
}

// Words of who is not ready to answer.
const (
	holdWords = `(?:先?等(?:等|一下|一等|下|会儿?)|稍等(?:一下|片刻|下)?|且慢|慢着|别急)`
	lookWords = `(?:让我|我|容我)?(?:再|先)?去?(?:查|看|想|问|核|核实|核对|确认|了解)(?:查|看|想|问|一下|下)?(?:再说)?`
)

// leaveWords end a question of ours without an answer; holdPattern asks us to wait.
var (
	leaveWords  = append([]string{"不了", "不用了", "退出", "返回", "不退了", "不退回了", "不退回", "不答复了", "不答复", "不发了", "不发", "不转了", "不延了", "不延期了", "不改了", "不更正了", "先不", "再说", "没事", "没事了"}, noWords...)
	holdPattern = regexp.MustCompile(`^(?:` + holdWords + `(?:[，,。 ]*` + lookWords + `)?|(?:让我|我|容我)` + lookWords + `)[啊吧哈]?$`)
)

// leaveVerb is the button that ends an open question.
const leaveVerb = "leave"

// leaves reports whether words answer nothing and only end the question, or put it off.
func leaves(text string) bool {
	text = strings.Trim(text, "。！!，,… ")
	return slices.Contains(leaveWords, text) || text != "" && holdPattern.MatchString(text)
}

// waitingQuestion returns the question of ours that any words would answer.
func (t *turn) waitingQuestion() (openQuestion, bool) {
	if t.dialog == nil {
		return openQuestion{}, false
	}
	q, ok := openQuestions[t.dialog.Kind]
	return q, ok
}

// wayOut decides what becomes of words that are no answer to the question that waits.
func (t *turn) wayOut() (run handler, ok bool) {
	q, open := t.waitingQuestion()
	if !open {
		return nil, false
	}
	if leaves(t.text) {
		return leaveQuestion, true
	}
	if run, ok = t.offeredButton(); ok {
		return run, true
	}
	run, ok = t.typedButton()
	switch {
	case ok:
	case !q.asking && t.plainQuestion():
		run = converse
	case q.filing && t.readsAsFiling() && !t.dated():
		run = beginFiling
	default:
		return nil, false
	}
	run, _ = t.leaving("", run, true)
	return run, true
}

// dated reports whether a message begins with a date.
func (t *turn) dated() bool {
	day, _ := dateOf(t.text, t.today())
	return !day.IsZero()
}

// longestQuestion is how many characters a plain question has; what is longer is an answer
// that happens to hold a word of asking.
const longestQuestion = 24

// plainQuestion reports whether a message asks us something that the plan answers: what is
// addressed to somebody is not asked of us.
func (t *turn) plainQuestion() bool {
	if t.current() == nil || len([]rune(t.text)) > longestQuestion || !asks(t.text) || strings.ContainsAny(t.text, "你您请") {
		return false
	}
	a := t.library.Ask(t.text, ask.Context{})
	return a.Answered && !a.Unsure && a.Intent != ask.IntentTalk && a.Intent != ask.IntentHelp
}

// leaving ends the question that waits before something else is done, and says so; name is
// that of the command or of the button's verb.
func (t *turn) leaving(name string, run handler, writes bool) (handler, bool) {
	q, open := t.waitingQuestion()
	if !open || name == leaveVerb || slices.Contains(q.own, name) {
		return run, writes
	}
	return func(t *turn) ([]render.Message, error) {
		if err := t.settle(); err != nil {
			return nil, err
		}
		messages, err := run(t)
		if len(messages) > 0 {
			messages[0].Text = "（" + q.left + "）\n" + messages[0].Text
		}
		return messages, err
	}, true
}

// leaveQuestion ends the question that waits.
func leaveQuestion(t *turn) ([]render.Message, error) {
	q, open := t.waitingQuestion()
	if !open {
		return stale(t)
	}
	return one(render.Message{Text: q.left + "。" + q.back}), t.settle()
}

// typedButton takes the words of the buttons below the card that was shown last.
func (t *turn) typedButton() (run handler, ok bool) {
	for _, typed := range []func() (handler, bool){t.typedReview, t.typedRequest, t.typedFeedback, t.typedProof} {
		if run, ok := typed(); ok {
			return run, true
		}
	}
	return nil, false
}
