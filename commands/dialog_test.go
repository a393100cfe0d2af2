package commands

import (
	"strings"
	"testing"
	"time"

	"duban/plan"
	"duban/render"
)

var (
	civil      = staff("民政局")
	roads      = staff("交通运输局")
	supervisor = &plan.Actor{ID: "test:li", Role: plan.Supervisor}
	second     = &plan.Actor{ID: "test:wang", Role: plan.Supervisor}
	civilHead  = &plan.Actor{ID: "test:head", Role: plan.Head, Department: "民政局"}
)

// press presses the button with a text below some messages.
func (w *world) press(as *plan.Actor, messages []render.Message, text string) []render.Message {
	w.t.Helper()
	for _, m := range messages {
		for _, row := range m.Buttons {
			for _, b := range row {
				if b.Text == text {
					return w.send(Request{Action: b.Action, Chat: string(as.ID), From: as.ID, As: as})
				}
			}
		}
	}
	w.t.Fatalf("no button %q below %q", text, texts(messages))
	return nil
}

func (w *world) tell(as *plan.Actor, text string) []render.Message {
	w.t.Helper()
	return w.say(as, string(as.ID), text)
}

// mail returns the messages that wait for a chat, joined.
func (w *world) mail(chat string) string {
	w.t.Helper()
	var all []string
	err := w.db.View(w.t.Context(), func(tx plan.Tx) error {
		list, err := tx.Outbox(chat)
		for _, d := range list {
			m, err := render.Decode(d.Payload)
			if err != nil {
				return err
			}
			all = append(all, m.Text)
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return strings.Join(all, "\n")
}

func (w *world) filings(words string) []plan.Filing {
	w.t.Helper()
	id, _, _ := w.part(words)
	var list []plan.Filing
	err := w.db.View(w.t.Context(), func(tx plan.Tx) (err error) {
		list, err = tx.As(plan.System, w.now).History(w.plan.Key(), id)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// join stores people, whose chats are their ids.
func (w *world) join(actors ...*plan.Actor) {
	w.t.Helper()
	err := w.db.Update(w.t.Context(), func(tx plan.Tx) error {
		for _, a := range actors {
			p := plan.Person{ID: a.ID, Chat: string(a.ID), Role: a.Role, Department: a.Department, Warned: true}
			if err := tx.As(plan.System, w.now).PutPerson(p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) wants(what, got string, words ...string) {
	w.t.Helper()
	for _, word := range words {
		if !strings.Contains(got, word) {
			w.t.Errorf("%s: no %q in\n%s", what, word, got)
		}
	}
}

func TestPressedTwiceFilesOnce(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	card := w.tell(civil, "养老床位 1476")
	w.press(civil, card, "确认")
	w.wants("second press", texts(w.press(civil, card, "确认")), "已经处理过或已过期")
	if n := len(w.filings("新增养老床位")); n != 1 {
		t.Errorf("%d filings", n)
	}
}

func TestUpdateIsAppliedOnce(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	card := w.tell(civil, "养老床位 1476")
	request := Request{Action: card[0].Buttons[0][0].Action, Chat: string(civil.ID), From: civil.ID, As: civil, Update: "update:7"}
	w.send(request)
	w.tell(civil, "养老床位 1500")
	if again := w.send(request); len(again) != 0 {
		t.Errorf("an update applied twice said %q", texts(again))
	}
	if n := len(w.filings("新增养老床位")); n != 1 {
		t.Errorf("%d filings", n)
	}
}

func TestButtonOfAnEarlierQuestion(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	card := w.tell(civil, "特困人员供养 推进中")
	doubt := w.tell(civil, "养老床位 147600")
	w.wants("both wait", texts(w.press(civil, doubt, "是1476张")), "特困人员", "1476张")
	w.wants("earlier doubt", texts(w.press(civil, doubt, "确是147600张")), "前一条消息", "特困人员")
	w.wants("earlier card", texts(w.press(civil, card, "确认")), "前一条消息")
	w.wants("earlier cancel", texts(w.press(civil, card, "取消")), "没有取消")
	if len(w.filings("新增养老床位"))+len(w.filings("统筹实施城乡特困")) > 0 {
		t.Error("a stale button filed")
	}
}

func TestDialogExpires(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	card := w.tell(civil, "养老床位 1476")
	w.now = w.now.Add(25 * time.Hour)
	w.wants("late press", texts(w.press(civil, card, "确认")), "已过期")
	w.wants("late word", texts(w.tell(civil, "确认")), "没有在等答复的填报")
	if n := len(w.filings("新增养老床位")); n > 0 {
		t.Errorf("%d filings", n)
	}
}

func TestDoubtInTheSecondDraft(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	ask := w.tell(roads, "公路824公里，危桥2800座")
	w.wants("doubt", texts(ask), "2800座是目标100座的28倍", "是不是28座")
	w.wants("confirmation", texts(w.press(roads, ask, "是28座")), "824公里", "28座", "请确认填报")
	w.tell(roads, "确认")
	got := w.filings("改造农村危桥")
	if len(got) != 1 || got[0].Value.String() != "28" || len(w.filings("新改建农村公路")) != 1 {
		t.Errorf("filed %+v", got)
	}
}

func TestConfirmationCannotSkipADoubt(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	before(w)
	w.tell(civil, "养老床位 1200")
	w.wants("确认", texts(w.tell(civil, "确认")), "累计数一般不会减少")
	w.wants("一串字", texts(w.tell(civil, "数没错")), "累计数一般不会减少")
	if n := len(w.filings("新增养老床位")); n != 1 {
		t.Errorf("%d filings", n)
	}
}

func TestTwoReviewers(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.tell(civil, "养老床位 1476")
	w.tell(civil, "确认")
	one, two := w.tell(supervisor, "待审"), w.tell(second, "待审")
	w.wants("first", texts(w.press(supervisor, one, "通过")), "✅ 已通过")
	w.wants("second", texts(w.press(second, two, "通过")), "已由别人通过")
	w.press(second, two, "退回")
	w.wants("third", texts(w.tell(second, "照片不清楚")), "已由别人通过")
	if f := w.filings("新增养老床位"); len(f[0].Reviews) != 1 {
		t.Errorf("%d reviews", len(f[0].Reviews))
	}
}

func TestReviewOfASupersededFiling(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.tell(civil, "养老床位 1476")
	w.tell(civil, "确认")
	card := w.tell(supervisor, "待审")
	w.tell(civil, "养老床位 1480")
	w.tell(civil, "确认")
	w.wants("old card", texts(w.press(supervisor, card, "通过")), "已被新的填报代替", "1480")
}
