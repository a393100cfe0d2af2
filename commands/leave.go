package commands

import (
	"errors"
	"regexp"

	"duban/plan"
	"duban/render"
)

// longestLeave is how many days ahead a leave may end.
const longestLeave = 180

// standIn finds who stands in: 由 王某某 代理.
var standIn = regexp.MustCompile(`由\s*(\S+?)\s*(?:代理|代替|代|负责)?$`)

// handleLeave takes 请假 8月5日 由 王某某 代理.
func handleLeave(t *turn) ([]render.Message, error) {
	if t.person == nil || t.actor.Role == plan.Public {
		return one(notRegistered), nil
	}
	words, name := t.words, ""
	if m := standIn.FindStringSubmatchIndex(words); m != nil {
		words, name = words[:m[0]], words[m[2]:m[3]]
	}
	from, until := t.leaveDays(words)
	switch {
	case until.IsZero():
		return one(render.Message{Text: t.leaveState() + "请写请假到哪天、由谁代理，例如：请假 8月5日 由 王某某 代理"}), nil
	case until.Before(t.today()):
		return one(render.Message{Text: plan.DayText(until) + "已经过去了。请写今天或以后的日期。"}), nil
	case until.Before(from):
		return one(render.Message{Text: "请假的最后一天早于第一天。例如：请假 8月5日至8月9日"}), nil
	case until.After(t.today().AddDays(longestLeave)):
		return one(render.Message{Text: "请假最长半年。更久的话请管理员换人。"}), nil
	}
	if !from.After(t.today()) {
		from = plan.Date{}
	}
	return t.goOnLeave(plan.Leave{From: from, Until: until}, name)
}

var notRegistered = render.Message{Text: "请假要先登记为工作人员。请向管理员要邀请链接，收到后点开就行。"}

func (t *turn) leaveState() string {
	if t.person.Leave.Planned(t.today()) {
		return "你" + render.LeaveText(t.person.Leave) + "；回来了发“销假”。\n"
	}
	return ""
}

// goOnLeave stores a leave. Without a stand-in, or with a name that nobody has, the one who
// was to stand in before goes on; where there is none it offers the colleagues.
func (t *turn) goOnLeave(leave plan.Leave, name string) ([]render.Message, error) {
	colleagues, err := t.colleagues()
	if err != nil {
		return nil, err
	}
	p, problem := *t.person, ""
	if name != "" {
		found := calledBy(colleagues, name)
		if len(found) == 1 {
			p.Leave = &leave
			return t.handOver(p, &found[0])
		}
		problem = "没有找到同单位的“" + name + "”。"
	}
	p.Leave = &leave
	former := t.formerStandIn()
	if former == nil || former.Away(leave.Until) {
		return one(render.ChooseStandIn(problem, p.Leave, colleagues)), errors.Join(t.putLeave(p), t.standInOver(former, &p))
	}
	leave.Delegate = former.ID
	m := render.Message{Text: render.PersonName(&p) + render.LeaveText(&leave) + "，仍请你代理。", Buttons: render.MineButton()}
	if err := t.notify("stand-in:"+string(p.ID)+":"+stamp(t.request.Now), former.Chat, m); err != nil {
		return nil, err
	}
	return one(render.KeptStandIn(problem, p.Leave, former, colleagues)), t.putLeave(p)
}

// formerStandIn is who was to stand in for the person so far; nil where nobody was.
func (t *turn) formerStandIn() *plan.Person {
	if !t.person.Leave.Planned(t.today()) || t.person.Leave.Delegate == "" {
		return nil
	}
	people, err := t.everybody()
	for i := range people {
		if err == nil && people[i].ID == t.person.Leave.Delegate {
			return &people[i]
		}
	}
	return nil
}

// standInOver tells who stood in that they need not any more.
func (t *turn) standInOver(former, p *plan.Person) error {
	if former == nil {
		return nil
	}
	text := "已销假，不用再代理。"
	if p.Leave != nil {
		text = "请假改由别人代理，你不用再代理。"
	}
	return t.notify("stand-in-over:"+string(p.ID)+":"+string(former.ID)+":"+stamp(t.request.Now), former.Chat, render.Message{Text: render.PersonName(p) + text})
}

func (t *turn) putLeave(p plan.Person) error {
	p.Chat = t.request.Chat
	return t.desk().PutPerson(p)
}

// handOver stores who stands in and tells them, and who was to before.
func (t *turn) handOver(p plan.Person, colleague *plan.Person) ([]render.Message, error) {
	if colleague.Away(p.Leave.Until) {
		return one(render.Message{Text: render.PersonName(colleague) + "那时也在请假。请换一位，例如：请假 " + plan.DayText(p.Leave.Until) + " 由 同事 代理"}), nil
	}
	if former := t.formerStandIn(); former != nil && former.ID != colleague.ID {
		if err := t.standInOver(former, &p); err != nil {
			return nil, err
		}
	}
	p.Leave.Delegate = colleague.ID
	if err := t.putLeave(p); err != nil {
		return nil, err
	}
	leave := render.LeaveText(p.Leave)
	m := render.Message{Text: render.PersonName(&p) + leave + "，请你代理。期间的提醒会发给你。", Buttons: render.MineButton()}
	if err := t.notify("stand-in:"+string(p.ID)+":"+string(colleague.ID)+":"+stamp(t.request.Now), colleague.Chat, m); err != nil {
		return nil, err
	}
	return one(render.Message{Text: "好，" + leave + "，由" + render.PersonName(colleague) + "代理，已告知。提前回来就发“销假”。"}), nil
}

// leaveBy is the button of a colleague who stands in.
func leaveBy(t *turn) ([]render.Message, error) {
	if t.person == nil || !t.person.Leave.Planned(t.today()) {
		return one(render.Message{Text: "现在没有请假。请发：请假 8月5日"}), nil
	}
	colleagues, err := t.colleagues()
	if err != nil {
		return nil, err
	}
	found := calledBy(colleagues, string(t.personArg(0)))
	if len(found) != 1 {
		return one(render.ChooseStandIn("这位同事已经不在本单位。", t.person.Leave, colleagues)), nil
	}
	p := *t.person
	leave := *p.Leave
	p.Leave = &leave
	return t.handOver(p, &found[0])
}

// handleBack ends a leave (销假).
func handleBack(t *turn) ([]render.Message, error) {
	if t.person == nil || !t.person.Leave.Planned(t.today()) {
		return one(render.Message{Text: "你现在没有请假。要请假就发：请假 8月5日"}), nil
	}
	p, former := *t.person, t.formerStandIn()
	p.Leave = nil
	if err := t.putLeave(p); err != nil {
		return nil, err
	}
	return one(render.Message{Text: "已销假，提醒照常发给你。"}), t.standInOver(former, &p)
}
