package commands

import (
	"errors"
	"slices"
	"strconv"

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

// replyFeedback is the button 答复.
func replyFeedback(t *turn) ([]render.Message, error) {
	if err := plan.May(t.actor, plan.ActAnswer, nil); err != nil {
		return nil, err
	}
	return one(render.Message{Text: "请写答复，会原样发给反馈的人；不答复就发“取消”。"}), t.await(replyKind, number(t.arg(0)))
}

// answerReply takes the answer and sends it to whom gave the feedback.
func answerReply(t *turn) ([]render.Message, error) {
	var id int
	if !t.recall(replyKind, &id) {
		return converse(t)
	}
	if t.text == "取消" {
		return one(render.Message{Text: "没有答复。发“群众反馈”继续。"}), t.settle()
	}
	if n := len([]rune(t.text)); n < 2 || n > longestFeedback {
		return one(render.Message{Text: "答复请写2到500个字；不答复就发“取消”。"}), nil
	}
	if err := t.settle(); err != nil {
		return nil, err
	}
	if gone, err := t.forgotten(uint64(id)); err != nil || gone {
		return one(render.Message{Text: "反馈的人已注销，收不到答复。发“群众反馈”继续。"}), err
	}
	f, err := t.desk().Answer(uint64(id), t.text)
	switch {
	case errors.Is(err, plan.ErrDecided):
		return t.andNextFeedback("这条刚才已由别人答复，没有再发。", uint64(id))
	case err != nil:
		return nil, err
	}
	shown := t.shownRemark(f)
	if err := t.notify("feedback-answer:"+strconv.FormatUint(f.ID, 10), f.Chat, render.FeedbackAnswer(shown)); err != nil {
		return nil, err
	}
	return t.andNextFeedback("已答复，会发给反馈的人。", uint64(id))
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
