package commands

import (
	"strings"
	"time"

	"duban/plan"
	"duban/render"
)

// snoozeDays is how long 稍后提醒 lasts.
const snoozeDays = 3

// markSeen is the button 已知悉: it is recorded and shown to supervisors.
func markSeen(t *turn) ([]render.Message, error) {
	if err := plan.May(t.actor, plan.ActFile, &plan.Duty{Lead: t.actor.Department}); err != nil {
		return nil, err
	}
	period, key := t.arg(0), plan.Key(t.arg(1))
	if _, err := time.Parse("2006-01", period); err != nil || t.library.Engine(string(key)) == nil {
		return stale(t)
	}
	if err := t.tx.Tell(t.request.Now, plan.SeenKey(key, period, t.actor.ID)); err != nil {
		return nil, err
	}
	month := strings.TrimLeft(period[5:], "0")
	return one(render.Message{Text: "记下了：你已知悉" + month + "月调度，督查室看得到。填完才不再提醒。"}), nil
}

// snooze is the button 稍后提醒.
func snooze(t *turn) ([]render.Message, error) {
	now := t.request.Now
	until := time.Date(now.Year(), now.Month(), now.Day()+snoozeDays, 8, 0, 0, 0, now.Location())
	if err := t.keep(func(c *plan.Chat) { c.Snoozed = until }); err != nil {
		return nil, err
	}
	return one(render.Message{
		Text:    plan.DayText(plan.DateOf(until)) + "以前不给你发定时提醒。催报照常往上报：单位负责人和督查室仍会收到。",
		Buttons: [][]render.Button{{{Text: "恢复提醒", Action: render.DoAction("snooze-off")}}},
	}), nil
}

func wakeUp(t *turn) ([]render.Message, error) {
	err := t.keep(func(c *plan.Chat) { c.Snoozed = time.Time{} })
	return one(render.Message{Text: "已恢复提醒。"}), err
}

// keep changes what is kept of the chat.
func (t *turn) keep(change func(*plan.Chat)) error {
	c, err := t.tx.Chat(t.request.Chat)
	if err != nil {
		return err
	}
	change(&c)
	return t.tx.SetChat(c)
}

// helpLeave says how to be left alone and how to hand work on.
func helpLeave(*turn) ([]render.Message, error) {
	return one(render.Message{Text: "请假：发“请假 8月5日 由 同事姓名 代理”，这期间的提醒发给代理人；回来发“销假”。\n转交：发“转交 实事5 财政局”，督查室同意后由对方填报。\n只想晚点再提醒，就点“3天后提醒”。"}), nil
}

// helpExtend says how to ask for another deadline.
func helpExtend(t *turn) ([]render.Message, error) {
	return one(render.Message{
		Text:    "申请延期：发“申请延期 实事8 2018年6月30日 理由”。督查室批准前照原期限；原期限会一直显示。",
		Buttons: [][]render.Button{{{Text: "我的事项", Action: render.DoAction("mine")}}},
	}), nil
}
