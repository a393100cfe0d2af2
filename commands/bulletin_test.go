package commands

import (
	"strings"
	"testing"
	"time"

	"duban/plan"
	"duban/render"
)

func (w *world) on(day string) {
	w.t.Helper()
	d, err := plan.ParseDate(day)
	if err != nil {
		w.t.Fatal(err)
	}
	w.now = noon(d)
}

// actionOf is the action of the first button that begins so; "" where there is none.
func actionOf(messages []render.Message, text string) string {
	for _, m := range messages {
		for _, row := range m.Buttons {
			for _, b := range row {
				if strings.HasPrefix(b.Text, text) {
					return b.Action
				}
			}
		}
	}
	return ""
}

func (w *world) pressAction(as *plan.Actor, action string) []render.Message {
	w.t.Helper()
	return w.send(Request{Action: action, Chat: string(as.ID), From: as.ID, As: as})
}

// TestBulletinIsReleasedWhenItsQuarterIsComplete: before the quarter and its last round are
// over there is no button, and none of an earlier draft works.
func TestBulletinIsReleasedWhenItsQuarterIsComplete(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	for _, x := range []struct{ day, ask, says string }{
		{"2017-09-13", "季通报 三季度", "本季度还没有结束"},
		{"2017-09-30", "季通报 三季度", "本季度还没有结束"},
		{"2017-09-13", "季通报 四季度", "还没有开始"},
		{"2017-09-13", "季通报 2016年四季度", "不在"},
		{"2027-09-13", "季通报 2027年一季度", "不在"},
	} {
		w.on(x.day)
		messages := w.tell(supervisor, x.ask)
		if !strings.Contains(messages[0].Text, x.says) || actionOf(messages, "发布") != "" {
			t.Errorf("%s %s:\n%s", x.day, x.ask, messages[0].Text)
		}
	}
	w.on("2017-10-09")
	messages := w.tell(supervisor, "季通报 三季度")
	release := actionOf(messages, "发布")
	if got := w.pressAction(supervisor, release); !strings.Contains(got[0].Text, "已发布") {
		t.Errorf("%s\nreleasing a complete quarter says:\n%s", messages[0].Text, got[0].Text)
	}
}

// TestLastRoundIsWaitedFor keeps a quarter open until its last round closed.
func TestLastRoundIsWaitedFor(t *testing.T) {
	t.Parallel()
	w := liaochengWith(t, Options{Window: func(month plan.Period) plan.Round {
		r := plan.RoundOf(month)
		r.Closes = r.Closes.AddDays(2)
		return r
	}})
	w.on("2018-01-02")
	messages := w.tell(supervisor, "季通报 四季度")
	if !strings.Contains(messages[0].Text, "12月的填报1月2日才截止") || actionOf(messages, "发布") != "" {
		t.Errorf("in an open round:\n%s", messages[0].Text)
	}
	w.on("2018-01-03")
	if messages := w.tell(supervisor, "季通报 四季度"); actionOf(messages, "发布") == "" {
		t.Errorf("after the round:\n%s", messages[0].Text)
	}
}

// TestEarlyDraftIsNotReleased: one that was stored before its quarter was complete is drafted
// anew when 发布 is pressed.
func TestEarlyDraftIsNotReleased(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.on("2017-09-13")
	var early plan.Bulletin
	err := w.db.Update(t.Context(), func(tx plan.Tx) (err error) {
		early, err = tx.As(*supervisor, w.now).Draft(plan.Bulletin{Plan: w.plan.Key(), Year: 2017, Quarter: 3, AsOf: plan.NewDate(2017, time.September, 13), Text: "三季度"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	button := render.DoAction("bulletin-publish", itoa(int(early.ID)))
	for _, c := range []struct{ day, says string }{{"2017-09-13", "本季度还没有结束"}, {"2017-10-10", "【预览，尚未发布】"}} { // the second drafts anew
		w.on(c.day)
		got := w.pressAction(supervisor, button)
		if len(got) != 2 || !strings.Contains(got[0].Text, "没有发布") || !strings.Contains(got[1].Text, c.says) {
			t.Errorf("%s: %v", c.day, got)
		}
	}
}
