package commands

import (
	"regexp"
	"strings"

	"duban/plan"
	"duban/render"
)

// longestLeave is how many days ahead a leave may end.
const longestLeave = 180

// standIn finds who stands in: 由 王某某 代理.
var standIn = regexp.MustCompile(`由\s*(\S+?)\s*(?:代理|代替|代|负责)?$`)

// daysOff finds how long a leave is: 3天.
var daysOff = regexp.MustCompile(`^(\d{1,3})\s*天`)

// handleLeave takes 请假 8月5日 由 王某某 代理.
func handleLeave(t *turn) ([]render.Message, error) {
	if t.person == nil || t.actor.Role == plan.Public {
		return one(notRegistered), nil
	}
	words, name := t.words, ""
	if m := standIn.FindStringSubmatchIndex(words); m != nil {
		words, name = words[:m[0]], words[m[2]:m[3]]
	}
	until := t.leaveEnd(words)
	switch {
	case until.IsZero():
		return one(render.Message{Text: t.leaveState() + "请写请假到哪天、由谁代理，例如：请假 8月5日 由 王某某 代理"}), nil
	case until.Before(t.today()):
		return one(render.Message{Text: plan.DayText(until) + "已经过去了。请写今天或以后的日期。"}), nil
	case until.After(t.today().AddDays(longestLeave)):
		return one(render.Message{Text: "请假最长半年。更久的话请管理员换人。"}), nil
	}
	return t.goOnLeave(until, name)
}

var notRegistered = render.Message{Text: "请假要先登记为工作人员。请向管理员要邀请链接，收到后点开就行。"}

// leaveEnd reads the last day of a leave; a day of the months before is one of next year.
func (t *turn) leaveEnd(words string) plan.Date {
	words, today := strings.TrimSpace(words), t.today()
	if m := daysOff.FindStringSubmatch(words); m != nil {
		return today.AddDays(number(m[1]) - 1)
	}
	for i, w := range []string{"明天", "后天"} {
		if strings.Contains(words, w) {
			return today.AddDays(i + 1)
		}
	}
	day, _ := dateOf(words, plan.EndOfYear(today.Year))
	if !day.IsZero() && day.Before(today.AddDays(-longestLeave)) && !strings.Contains(words, "20") {
		day.Year++
	}
	if strings.Contains(words, "今天") || strings.Contains(words, "今日") {
		return today
	}
	return day
}

func (t *turn) leaveState() string {
	if t.person.Away(t.today()) {
		return "你请假到" + plan.DayText(t.person.Leave.Until) + "；回来了发“销假”。\n"
	}
	return ""
}

// goOnLeave stores a leave; without a stand-in it offers the colleagues.
func (t *turn) goOnLeave(until plan.Date, name string) ([]render.Message, error) {
	colleagues, err := t.colleagues()
	if err != nil {
		return nil, err
	}
	p := *t.person
	p.Leave = &plan.Leave{Until: until}
	if name != "" {
		found := calledBy(colleagues, name)
		if len(found) != 1 {
			return one(render.ChooseStandIn("没有找到同单位的“"+name+"”。", until, colleagues)), t.putLeave(p)
		}
		return t.handOver(p, &found[0])
	}
	return one(render.ChooseStandIn("", until, colleagues)), t.putLeave(p)
}

func (t *turn) putLeave(p plan.Person) error {
	p.Chat = t.request.Chat
	return t.desk().PutPerson(p)
}

// handOver stores who stands in and tells them.
func (t *turn) handOver(p plan.Person, colleague *plan.Person) ([]render.Message, error) {
	if colleague.Away(p.Leave.Until) {
		return one(render.Message{Text: render.PersonName(colleague) + "那时也在请假。请换一位，例如：请假 " + plan.DayText(p.Leave.Until) + " 由 同事 代理"}), nil
	}
	p.Leave.Delegate = colleague.ID
	if err := t.putLeave(p); err != nil {
		return nil, err
	}
	until := plan.DayText(p.Leave.Until)
	m := render.Message{Text: render.PersonName(&p) + "请假到" + until + "，请你代理。期间的提醒会发给你。", Buttons: render.MineButton()}
	if err := t.notify("stand-in:"+string(p.ID)+":"+stamp(t.request.Now), colleague.Chat, m); err != nil {
		return nil, err
	}
	return one(render.Message{Text: "好，请假到" + until + "，由" + render.PersonName(colleague) + "代理，已告知。提前回来就发“销假”。"}), nil
}

// leaveBy is the button of a colleague who stands in.
func leaveBy(t *turn) ([]render.Message, error) {
	if t.person == nil || !t.person.Away(t.today()) {
		return one(render.Message{Text: "现在没有请假。请发：请假 8月5日"}), nil
	}
	colleagues, err := t.colleagues()
	if err != nil {
		return nil, err
	}
	found := calledBy(colleagues, string(t.personArg(0)))
	if len(found) != 1 {
		return one(render.ChooseStandIn("这位同事已经不在本单位。", t.person.Leave.Until, colleagues)), nil
	}
	p := *t.person
	leave := *p.Leave
	p.Leave = &leave
	return t.handOver(p, &found[0])
}

// handleBack ends a leave (销假).
func handleBack(t *turn) ([]render.Message, error) {
	if t.person == nil || !t.person.Away(t.today()) {
		return one(render.Message{Text: "你现在没有请假。要请假就发：请假 8月5日"}), nil
	}
	p := *t.person
	delegate := p.Leave.Delegate
	p.Leave = nil
	if err := t.putLeave(p); err != nil {
		return nil, err
	}
	people, err := t.everybody()
	if err != nil {
		return nil, err
	}
	for _, d := range calledBy(people, string(delegate)) {
		m := render.Message{Text: render.PersonName(&p) + "已销假，不用再代理。"}
		if err := t.notify("stand-in-over:"+string(p.ID)+":"+stamp(t.request.Now), d.Chat, m); err != nil {
			return nil, err
		}
	}
	return one(render.Message{Text: "已销假，提醒照常发给你。"}), nil
}
