package commands

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"duban/plan"
	"duban/render"
)

// replyKind names the dialog that waits for the answer to feedback.
const replyKind = "feedback-reply"

// handleFeedbacks shows the first feedback that waits for an answer.
func handleFeedbacks(t *turn) ([]render.Message, error) { return t.feedbackQueue(0) }

// feedbackQueue shows the first feedback that waits behind a number.
func (t *turn) feedbackQueue(after uint64) ([]render.Message, error) {
	if err := plan.May(t.actor, plan.ActAnswer, nil); err != nil {
		return nil, err
	}
	open, err := t.openFeedback()
	if err != nil {
		return nil, err
	}
	if len(open) == 0 {
		return one(render.Message{Text: "没有待答复的群众反馈。"}), nil
	}
	first := 0
	for i := range open {
		if open[i].ID > after {
			first = i
			break
		}
	}
	t.chat.remark = open[first].ID
	same := 0
	for i := range open {
		if open[i].By == open[first].By {
			same++
		}
	}
	return one(render.FeedbackQueue(t.shownRemark(open[first]), len(open), same-1)), nil
}

// openFeedback is what waits for an answer; who asked to be forgotten waits for none.
func (t *turn) openFeedback() ([]plan.Feedback, error) {
	open, err := t.desk().FeedbackList(true)
	return slices.DeleteFunc(open, func(f plan.Feedback) bool { return f.By == "" }), err
}

// nextFeedback is the button 下一条.
func nextFeedback(t *turn) ([]render.Message, error) {
	return t.feedbackQueue(uint64(number(t.arg(0))))
}

// typedFeedback takes the words of the buttons below the feedback that was shown last; the
// answer may stand behind 答复.
func (t *turn) typedFeedback() (handler, bool) {
	if t.chat.remark == 0 || !t.may(plan.ActAnswer) {
		return nil, false
	}
	id := strconv.FormatUint(t.chat.remark, 10)
	word, answer, _ := strings.Cut(strings.NewReplacer("：", " ", ":", " ").Replace(t.text), " ")
	switch {
	case t.text == "下一条":
		t.args = []string{id}
		return nextFeedback, true
	case t.text == "答复":
		t.args = []string{id}
		return replyFeedback, true
	case word == "答复" && answer != "":
		return func(t *turn) ([]render.Message, error) {
			return t.checkReply(replying{ID: t.chat.remark}, strings.TrimSpace(answer))
		}, true
	}
	return nil, false
}

// replying is the answer to feedback before it is sent.
type replying struct {
	ID   uint64 `json:"id"`
	Text string `json:"text,omitempty"`
	Seq  string `json:"seq,omitempty"` // of the question whether to send it; buttons of others are stale
}

// replyFeedback is the button 答复.
func replyFeedback(t *turn) ([]render.Message, error) {
	if err := plan.May(t.actor, plan.ActAnswer, nil); err != nil {
		return nil, err
	}
	id := uint64(number(t.arg(0)))
	return one(render.AskReply(id)), t.await(replyKind, replying{ID: id})
}

// sendWords answer the question whether to send an answer.
var sendWords = []string{"发送", "发", "发吧", "发出"}

// answerReply takes the answer, then the word that sends it.
func answerReply(t *turn) ([]render.Message, error) {
	var r replying
	if !t.recall(replyKind, &r) {
		return converse(t)
	}
	text := strings.Trim(t.text, "。！! ")
	if r.Text != "" && (slices.Contains(sendWords, text) || slices.Contains(yesWords, text)) {
		return t.sendAnswer(r)
	}
	return t.checkReply(r, t.text)
}

// checkReply shows an answer before it goes out: what a citizen was told cannot be taken
// back.
func (t *turn) checkReply(r replying, text string) ([]render.Message, error) {
	if n := len([]rune(text)); n < 2 || n > longestFeedback {
		return one(render.Message{Text: "答复请写2到500个字；不答复就发“取消”。"}), t.await(replyKind, r)
	}
	revision, err := t.tx.Revision()
	if err != nil {
		return nil, err
	}
	r.Text, r.Seq = text, strconv.FormatUint(revision, 36)
	return one(render.CheckReply(r.ID, r.Text, r.Seq)), t.await(replyKind, r)
}

// sendReply is the button 发送.
func sendReply(t *turn) ([]render.Message, error) {
	var r replying
	switch {
	case !t.recall(replyKind, &r) || r.Text == "":
		return one(render.Message{Text: "这条答复已经处理过或已过期。发“群众反馈”继续。"}), nil
	case t.arg(0) != r.Seq:
		return one(render.CheckReply(r.ID, r.Text, r.Seq)), nil
	}
	return t.sendAnswer(r)
}

// sendAnswer stores an answer and sends it to whom gave the feedback.
func (t *turn) sendAnswer(r replying) ([]render.Message, error) {
	if err := t.settle(); err != nil {
		return nil, err
	}
	if gone, err := t.forgotten(r.ID); err != nil || gone {
		return one(render.Message{Text: "反馈的人已注销，收不到答复。发“群众反馈”继续。"}), err
	}
	f, err := t.desk().Answer(r.ID, r.Text)
	switch {
	case errors.Is(err, plan.ErrDecided):
		return t.andNextFeedback("这条刚才已由别人答复，没有再发。", r.ID)
	case err != nil:
		return nil, err
	}
	if err := t.notify("feedback-answer:"+strconv.FormatUint(f.ID, 10), f.Chat, render.FeedbackAnswer(t.shownRemark(f))); err != nil {
		return nil, err
	}
	return t.andNextFeedback("已答复，会发给反馈的人。", r.ID)
}

// forgotten reports whether who gave feedback asked to be forgotten meanwhile.
func (t *turn) forgotten(id uint64) (bool, error) {
	list, err := t.desk().FeedbackList(false)
	return slices.ContainsFunc(list, func(f plan.Feedback) bool { return f.ID == id && f.By == "" }), err
}

// andNextFeedback says what was done and shows the next feedback that waits.
func (t *turn) andNextFeedback(head string, after uint64) ([]render.Message, error) {
	rest, err := t.feedbackQueue(after)
	return append(one(render.Message{Text: head}), rest...), err
}
