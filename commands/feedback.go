package commands

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"duban/plan"
	"duban/render"
)

// Dialogs of feedback that is not complete yet: its text is asked for, then what it is about.
const (
	feedbackKind = "feedback"
	aboutKind    = "feedback-about"
)

// Limits of feedback.
const (
	dailyFeedback   = 5
	longestFeedback = 500 // characters
	longestPlace    = 60
	mostChoices     = 3  // of what it may be about
	dailyFiles      = 10 // of one person; more are not kept
)

// remark is feedback before it is stored.
type remark struct {
	Plan     plan.Key        `json:"plan"`
	Item     plan.ID         `json:"item,omitempty"` // commitment; 0 while it is not known
	Text     string          `json:"text,omitempty"`
	Place    string          `json:"place,omitempty"`
	Evidence []plan.Evidence `json:"evidence,omitempty"`
	Choices  []plan.ID       `json:"choices,omitempty"` // that were offered last
}

// placePattern finds where something is: @张庄, 地点：张庄.
var placePattern = regexp.MustCompile(`(?:^|[\s，,。；;])(?:[@＠]|地点[：:])\s*(\S.*)$`)

// handleFeedback takes 反馈 实事8 我们村的路还没动工 @张庄. What is missing is asked for.
func handleFeedback(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	r := remark{Plan: p.Key(), Evidence: t.request.Media}
	var before remark
	if t.recall(feedbackKind, &before) && before.Text == "" { // photos came first
		r.Evidence = append(before.Evidence, r.Evidence...)
	}
	text := t.words
	if c, rest := t.library.Engine(string(p.Key())).Reference(text); c != nil {
		r.Item, text = c.ID, rest
	}
	r.read(text)
	return t.remark(&r)
}

// photoFirst keeps a photo of a citizen until it is said what it shows.
func photoFirst(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	text := "收到照片了。想反馈就用一句话说明是哪一项、什么情况，例如：实事8 村里的路还没动工。不说了就发“取消”。"
	return one(render.Message{Text: text}), t.await(feedbackKind, remark{Plan: p.Key(), Evidence: t.request.Media})
}

// read takes text and place out of a message.
func (r *remark) read(text string) {
	if m := placePattern.FindStringSubmatchIndex(text); m != nil {
		r.Place = string([]rune(text[m[2]:m[3]])[:min(longestPlace, len([]rune(text[m[2]:m[3]])))])
		text = text[:m[0]]
	}
	r.Text = strings.TrimSpace(text)
}

// feedbackItem is the button 反馈 of a commitment.
func feedbackItem(t *turn) ([]render.Message, error) {
	p, c := t.followed()
	if c == nil {
		return stale(t)
	}
	return t.remark(&remark{Plan: p.Key(), Item: c.ID})
}

// remark stores feedback that is complete, else asks for what is missing.
func (t *turn) remark(r *remark) ([]render.Message, error) {
	switch full, err := t.saidEnough(); {
	case err != nil:
		return nil, err
	case full:
		return one(render.Message{Text: fmt.Sprintf("今天已经收到你的%d条反馈，明天可以再发。急事请拨打12345。", dailyFeedback)}), t.settle()
	}
	switch n := len([]rune(r.Text)); {
	case n > longestFeedback:
		return one(render.Message{Text: "太长了，请用500字以内说明。"}), t.await(feedbackKind, r)
	case n < 2:
		return one(render.AskFeedback(t.commitmentOf(r))), t.await(feedbackKind, r)
	case r.Item == 0:
		return t.askAbout(r, r.Text)
	}
	return t.tell(r)
}

// saidEnough reports whether the person has given all the feedback of a day.
func (t *turn) saidEnough() (bool, error) {
	list, err := t.feedbackToday()
	return len(list) >= dailyFeedback, err
}

// feedbackToday lists what the person has said today.
func (t *turn) feedbackToday() ([]plan.Feedback, error) {
	list, err := t.desk().FeedbackList(false)
	return slices.DeleteFunc(list, func(f plan.Feedback) bool {
		return f.By != t.actor.ID || plan.DateOf(f.At.In(t.request.Now.Location())) != plan.DateOf(t.request.Now)
	}), err
}

// commitmentOf returns what feedback is about; nil where it is about none.
func (t *turn) commitmentOf(r *remark) *plan.Commitment {
	e := t.library.Engine(string(r.Plan))
	if e == nil {
		return nil
	}
	return e.Plan().ByID(r.Item)
}

// askAbout asks what feedback is about: it offers what words may mean.
func (t *turn) askAbout(r *remark, words string) ([]render.Message, error) {
	e := t.library.Engine(string(r.Plan))
	a := e.AskOnly(words)
	var meant []*plan.Commitment
	for _, item := range a.Items {
		meant = append(meant, item.Commitment)
	}
	var near []*plan.Commitment
	r.Choices = nil
	for _, c := range append(meant, a.Nearest...) {
		if c != nil && e.Plan().ByID(c.ID) != nil && !slices.Contains(r.Choices, c.ID) && len(near) < mostChoices {
			near, r.Choices = append(near, c), append(r.Choices, c.ID)
		}
	}
	return one(render.AskAbout(near)), t.await(aboutKind, r)
}

// feedbackAbout is a button of askAbout; 0 is none of the commitments.
func feedbackAbout(t *turn) ([]render.Message, error) {
	var r remark
	if !t.recall(aboutKind, &r) {
		return one(render.Message{Text: "这条反馈已经处理过或已过期。请再发一次，例如：反馈 实事8 村里的路还没动工"}), nil
	}
	r.Item = plan.ID(number(t.arg(0)))
	if r.Item != 0 && t.commitmentOf(&r) == nil {
		return stale(t)
	}
	return t.tell(&r)
}

// tell stores feedback and tells supervisors where nothing else waits.
func (t *turn) tell(r *remark) ([]render.Message, error) {
	room, err := t.roomForFiles()
	if err != nil {
		return nil, err
	}
	over := len(r.Evidence) > room
	files := t.evidence(r.Evidence[:min(room, len(r.Evidence))])
	f, err := t.desk().Tell(plan.Feedback{Plan: r.Plan, Commitment: r.Item, Text: r.Text, Place: r.Place, Evidence: files, Chat: t.request.Chat})
	if err != nil {
		return nil, err
	}
	if err := t.settle(); err != nil {
		return nil, err
	}
	open, err := t.tx.As(plan.System, t.request.Now).FeedbackList(true)
	if err != nil {
		return nil, err
	}
	c := t.commitmentOf(r)
	open = slices.DeleteFunc(open, func(f plan.Feedback) bool { return f.By == "" })
	if len(open) == 1 {
		if err := t.tellSupervisors(&f, c); err != nil {
			return nil, err
		}
	}
	m := render.Thanks(&f, c)
	if over {
		m.Text += "\n" + tooManyFiles
	}
	return one(m), nil
}

// tooManyFiles is said where a person has sent all the files of a day.
var tooManyFiles = fmt.Sprintf("附件每天最多收%d个，多的没有收。要补充的话，明天可以再发。", dailyFiles)

// roomForFiles is how many more files of the person are kept today.
func (t *turn) roomForFiles() (int, error) {
	today, err := t.feedbackToday()
	room := dailyFiles
	for i := range today {
		room -= len(today[i].Evidence)
	}
	return max(room, 0), err
}

func (t *turn) tellSupervisors(f *plan.Feedback, c *plan.Commitment) error {
	people, err := t.desk().Reaches(plan.Supervisor, "", t.today())
	if err != nil {
		return err
	}
	for _, p := range people {
		key := "feedback:" + strconv.FormatUint(f.ID, 10) + ":" + string(p.ID)
		if err := t.notify(key, p.Chat, render.NewFeedback(c)); err != nil {
			return err
		}
	}
	return nil
}

// answerFeedback takes what is typed or sent while the text of feedback is asked for.
func answerFeedback(t *turn) ([]render.Message, error) {
	var r remark
	if !t.recall(feedbackKind, &r) {
		return converse(t)
	}
	r.attach(t.request.Media)
	if t.text == "" {
		return one(render.Message{Text: "照片收到了。请再用一句话说明情况。"}), t.await(feedbackKind, &r)
	}
	return t.complete(&r)
}

// attach takes further files in, as many as a day allows and one that shows that there were
// more.
func (r *remark) attach(files []plan.Evidence) {
	r.Evidence = append(r.Evidence, files...)
	r.Evidence = r.Evidence[:min(len(r.Evidence), dailyFiles+1)]
}

// noneWords say that feedback is about none of the commitments.
var noneWords = []string{"不属于哪一项", "都不是", "都不属于", "哪项都不是", "不知道", "不清楚", "没有", "无"}

// answerAbout takes what is typed while it is asked what feedback is about: a number of the
// choices, a reference, or words that may mean another.
func answerAbout(t *turn) ([]render.Message, error) {
	var r remark
	if !t.recall(aboutKind, &r) {
		return converse(t)
	}
	r.attach(t.request.Media)
	n := number(strings.Trim(t.text, "第个项.、 "))
	c, _ := t.library.Engine(string(r.Plan)).Reference(t.text)
	words, again := complaint(t.text)
	switch {
	case t.text == "":
		return t.askAbout(&r, r.Text)
	case n >= 1 && n <= len(r.Choices):
		r.Item = r.Choices[n-1]
		return t.tell(&r)
	case n == len(r.Choices)+1, slices.Contains(noneWords, t.text):
		return t.tell(&r)
	case c != nil:
		r.Item = c.ID
		return t.tell(&r)
	case again:
		t.words = words
		run, _ := t.leaving("", handleFeedback, true)
		return run(t)
	}
	return t.askAbout(&r, t.text)
}

// complete takes the text that was asked for; it may begin with what it is about.
func (t *turn) complete(r *remark) ([]render.Message, error) {
	place, text := r.Place, t.text
	if c, rest := t.library.Engine(string(r.Plan)).Reference(text); c != nil && r.Item == 0 {
		r.Item, text = c.ID, rest
	}
	if r.read(text); r.Place == "" {
		r.Place = place
	}
	return t.remark(r)
}

// handleMyFeedback lists what the person has said.
func handleMyFeedback(t *turn) ([]render.Message, error) {
	list, err := t.desk().FeedbackList(false)
	if err != nil {
		return nil, err
	}
	var mine []render.Remark
	for i := range list {
		if list[i].By == t.actor.ID {
			mine = append(mine, t.shownRemark(list[i]))
		}
	}
	return one(render.MyFeedback(mine)), nil
}

func (t *turn) shownRemark(f plan.Feedback) render.Remark {
	return render.Remark{Feedback: f, Commitment: t.commitmentOf(&remark{Plan: f.Plan, Item: f.Commitment})}
}
