package bot_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"duban/commands"
	"duban/plan"
	"duban/render"
	"duban/schedule"
	"duban/storage"
)

// bureau is a conversation of 民政局 with a clock over the same database.
type bureau struct {
	t   *testing.T
	db  *storage.DB
	now time.Time
}

func newBureau(t *testing.T) *bureau {
	t.Helper()
	b := &bureau{t: t, db: database(t, plan.Published, storage.Policy{}), now: time.Date(2017, 7, 25, 9, 0, 0, 0, time.UTC)}
	err := b.db.Update(t.Context(), func(tx plan.Tx) error {
		list, err := tx.Plans().List()
		if err != nil {
			return err
		}
		p, err := tx.Plans().Get(list[0].Key)
		if err != nil {
			return err
		}
		d := tx.As(plan.System, b.now.AddDate(0, -1, 0))
		for _, someone := range []plan.Person{
			{ID: "staff", Chat: "staff", Role: plan.Staff, Department: "民政局"}, {ID: "boss", Chat: "boss", Role: plan.Supervisor},
		} {
			if err := d.PutPerson(someone); err != nil {
				return err
			}
		}
		return d.Assign(p.Key(), plan.Duty{Item: p.Commitment("3.6.2.5").ID, Lead: "民政局"})
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bureau) clock() *schedule.Clock {
	b.t.Helper()
	c, err := schedule.New(b.db, schedule.Options{Settings: schedule.DefaultSettings(), Now: time.Now})
	if err != nil {
		b.t.Fatal(err)
	}
	return c
}

// tick lets the clock look and returns what it put into the outbox for a chat.
func (b *bureau) tick(chat string) string {
	b.t.Helper()
	if _, err := b.clock().Tick(b.t.Context(), b.now); err != nil {
		b.t.Fatal(err)
	}
	var texts []string
	err := b.db.Update(b.t.Context(), func(tx plan.Tx) error {
		texts = nil
		waiting, err := tx.Outbox("")
		for _, d := range waiting {
			m, e := render.Decode(d.Payload)
			if err = errors.Join(err, e, tx.Sent(d.Key)); d.Recipient == chat && strings.HasPrefix(d.Key, "clock:") {
				texts = append(texts, m.Text)
			}
		}
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return strings.Join(texts, "\n")
}

// say asks a router that was started just now, as after a restart.
func (b *bureau) say(who, text string) string {
	b.t.Helper()
	return b.ask(commands.Request{Text: text, Chat: who, From: plan.PersonID(who), Now: b.now})
}

func (b *bureau) press(who, verb string, args ...string) string {
	b.t.Helper()
	return b.ask(commands.Request{Action: render.DoAction(verb, args...), Chat: who, From: plan.PersonID(who), Now: b.now})
}

func (b *bureau) ask(r commands.Request) string {
	b.t.Helper()
	messages, err := commands.New(b.db, commands.Options{Agenda: b.clock()}).Handle(context.Background(), r)
	if err != nil {
		b.t.Fatal(err)
	}
	var texts []string
	for _, m := range messages {
		texts = append(texts, m.Text)
	}
	return strings.Join(texts, "\n")
}

func (b *bureau) want(got string, parts ...string) {
	b.t.Helper()
	for _, part := range parts {
		if !strings.Contains(got, part) {
			b.t.Errorf("%q is not in:\n%s", part, got)
		}
	}
}

// TestDispatchIsAnsweredByNumber files for items of the clock's list, after a restart.
func TestDispatchIsAnsweredByNumber(t *testing.T) {
	t.Parallel()
	b := newBureau(t)
	b.want(b.tick("staff"), "7月调度（7月25日—31日），民政局3项待填：", "1 新增养老床位 还没填过，目标3600张", "直接回复“1 数字”就能填。")
	b.now = b.now.Add(time.Hour)
	b.want(b.say("staff", "1 1476"), "请确认填报（民政局", "新增养老床位：1476张（首次填报")
	b.want(b.say("staff", "确认"), "已提交")
	b.want(b.say("staff", "2 推进中"), "推进中")
	b.want(b.say("staff", "确认"), "已提交")
	b.want(b.say("staff", "3 60%"), "推进中（60%）")
	b.want(b.press("staff", "file-no"), "已取消")
	if got := b.say("staff", "9 1476"); strings.Contains(got, "请确认") {
		t.Errorf("a number off the list files:\n%s", got)
	}
	b.want(b.press("staff", "same-all"), "没有可以报“无变化”的事项")
	b.now = time.Date(2017, 8, 25, 9, 0, 0, 0, time.UTC)
	b.want(b.tick("staff"), "8月调度", "3项待填")
	b.want(b.press("staff", "same-all"), "新增养老床位：1476张，与上次（7月25日）相同")
	b.want(b.say("staff", "确认"), "2项已提交")
	if got := b.say("boss", "1 1476"); strings.Contains(got, "请确认") {
		t.Errorf("somebody without a list files:\n%s", got)
	}
}

// TestButtonsOfTheClock presses what stands under the clock's messages.
func TestButtonsOfTheClock(t *testing.T) {
	t.Parallel()
	b := newBureau(t)
	b.tick("staff")
	b.want(b.press("staff", "seen", "2017-07", "聊城市2017"), "你已知悉7月调度")
	b.want(b.press("staff", "seen", "2017-99", "聊城市2017"), "失效")
	b.want(b.press("stranger", "seen", "2017-07", "聊城市2017"), "先登记")
	b.want(b.say("staff", "日程"), "7月调度：7月25日开始，7月31日截止；没填的8月1日提醒", "8月1日 周二 9点 7月未填报（提醒填报人）")
	b.want(b.say("boss", "/schedule"), "8月1日 周二 9点\n· 7月未填报（提醒填报人） → 民政局填报人员", "8月7日 周一 9点", "周报 →")
	b.now = time.Date(2017, 8, 1, 9, 0, 0, 0, time.UTC)
	b.want(b.press("staff", "snooze"), "8月4日以前不给你发")
	if got := b.tick("staff"); got != "" {
		t.Errorf("a snoozing chat hears:\n%s", got)
	}
	b.want(b.press("staff", "snooze-off"), "已恢复")
	b.want(b.tick("staff"), "提醒：民政局7月还有3项没填")
	b.now = time.Date(2017, 8, 7, 9, 0, 0, 0, time.UTC)
	b.want(b.tick("boss"), "7月有1个单位、3项未填报", "1人点过已知悉")
	b.want(b.press("staff", "leave-help"), "请假")
	b.want(b.press("boss", "unassigned"), "未落实责任单位")
	b.want(b.press("staff", "unassigned"), "督查室可以")
	b.want(b.press("boss", "unfiled"), "未填报")
}

// TestUnsubscribing ends the digest with one tap, and begins it again with one.
func TestUnsubscribing(t *testing.T) {
	t.Parallel()
	b := newBureau(t)
	b.want(b.press("staff", "unsubscribe"), "已退订督办周报")
	b.now = time.Date(2017, 7, 31, 9, 0, 0, 0, time.UTC)
	if got := b.tick("staff"); strings.Contains(got, "周报") {
		t.Errorf("an unsubscribed chat hears:\n%s", got)
	}
	b.want(b.press("staff", "subscribe"), "已订阅督办周报")
	b.now = b.now.Add(time.Minute)
	b.want(b.tick("staff"), "周报")
}

// TestBulletinIsReleasedByButton previews it to supervisors and sends it once released.
func TestBulletinIsReleasedByButton(t *testing.T) {
	t.Parallel()
	b := newBureau(t)
	b.now = time.Date(2017, 7, 11, 10, 0, 0, 0, time.UTC)
	b.want(b.tick("boss"), "请过目", "第2季度")
	b.want(b.press("staff", "bulletin-draft", "2017", "2"), "还没有发布")
	b.want(b.press("boss", "bulletin-draft", "2017", "2"), "季")
	b.want(b.press("staff", "bulletin-publish", "1"), "督查室可以")
	b.want(b.press("boss", "bulletin-publish", "rubbish"), "失效")
	b.want(b.press("boss", "bulletin-publish", "1"), "已发布")
	b.want(b.press("boss", "bulletin-publish", "1"), "已经发布过了")
	b.now = b.now.Add(5 * time.Minute)
	b.want(b.tick("staff"), "第2季度督办通报")
}

// TestClosingAYear rates the plan, asks for a confirmation and keeps the ratings.
func TestClosingAYear(t *testing.T) {
	t.Parallel()
	b := newBureau(t)
	b.want(b.say("boss", "结账 2017"), "2018年1月1日起可以结账")
	b.want(b.say("staff", "/close 2017"), "督查室可以")
	b.now = time.Date(2018, 2, 5, 9, 0, 0, 0, time.UTC)
	b.want(b.say("boss", "结账 2017"), "结账预览", "未填报", "继续实施")
	b.want(b.press("boss", "close-ok", "聊城市2017"), "已结账", "2018年的报告导入后")
	b.want(b.say("boss", "结账 2017"), "已结账")
	if got := b.tick("staff"); strings.Contains(got, "未填报，") || strings.Contains(got, "待填") {
		t.Errorf("a closed year asks:\n%s", got)
	}
	b.want(b.say("staff", "养老床位今年目标多少"), "3600张")
}
