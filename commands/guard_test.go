package commands

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"duban/plan"
	"duban/render"
)

var manager = &plan.Actor{ID: "test:admin", Role: plan.Admin}

// TestGroupsKeepSecrets: what would show tokens, names, remarks or everything is not done in
// a group, by command or by button, whoever asks.
func TestGroupsKeepSecrets(t *testing.T) {
	t.Parallel()
	w := liaochengWith(t, Options{Backup: func(context.Context, io.Writer) error { panic("copied") }})
	w.join(civil, civilHead, supervisor)
	requests := []Request{{Text: "/join x"}, {Text: "/start inv_x"}, {Text: "邀请 民政局 填报"}, {Text: "/backup"}, {Text: "备份"}, {Text: "人员"}, {Text: "群众反馈"}, {Text: "移除 test:li"}, {Text: "发件箱"}, {Text: "我的反馈"}, {Text: "请假 到12月30日"}, {Text: "转交 实事5"}, {Text: "我下周休假请老李代"}}
	for verb := range privateActs {
		requests = append(requests, Request{Action: "a:" + verb + ":填报:民政局"})
	}
	for _, r := range requests {
		r.Group, r.Chat, r.From, r.As = true, "telegram:-1", manager.ID, manager
		if got := texts(w.send(r)); !strings.Contains(got, "私聊") {
			t.Errorf("%s%s in a group: %s", r.Text, r.Action, got)
		}
	}
	for name := range privateCommands {
		if _, _, ok := w.router.find(&turn{router: w.router, text: "/" + name, actor: *manager}); !ok {
			t.Errorf("%s is no command", name)
		}
	}
	for verb := range privateActs {
		if _, ok := w.router.acts[verb]; !ok {
			t.Errorf("%s is no button", verb)
		}
	}
}

// TestNamesAreTamed: a name cannot forge a line, turn the reading direction or fill a screen
// of those who see it.
func TestNamesAreTamed(t *testing.T) {
	t.Parallel()
	w := liaochengWith(t, Options{Random: strings.NewReader(strings.Repeat("x", 64))})
	w.join(&plan.Actor{ID: "test:admin", Role: plan.Admin})
	token := tokenIn(texts(w.tell(manager, "邀请 民政局 填报")))
	name := "李明\n✅ 已通过：实事5\u202e\u2066\u200f\x1b[2J" + "\u3164\u2800\ufe0f" + strings.Repeat("\u0301", 50) + strings.Repeat("长", 300)
	w.send(Request{Text: "/join " + token, Chat: "test:new", From: "test:new", Name: name})
	for what, got := range map[string]string{"mail": w.mail("test:admin"), "list": texts(w.tell(manager, "人员"))} {
		if strings.ContainsAny(got, "\u202e\u2066\u200f\x1b\u3164\u2800\ufe0f\u0301") || strings.Contains(got, "\n✅") || strings.Contains(got, strings.Repeat("长", longestName)) || !strings.Contains(got, "李明") {
			t.Errorf("%s: %q", what, got)
		}
	}
	r := Request{Media: []plan.Evidence{{Name: "../\u202egpj.exe\n" + strings.Repeat("x", 500)}}}
	if r.named(); strings.ContainsAny(r.Media[0].Name, "\u202e\n") || len(r.Media[0].Name) > longestFileName+3 {
		t.Errorf("file %q", r.Media[0].Name)
	}
}

func tokenIn(text string) string {
	_, token, _ := strings.Cut(text, "/join ")
	return strings.TrimSpace(token)
}

// TestFilesOfCitizensAreCounted: a file that nothing uses is not fetched, and a citizen's
// files only so many a day; officials' evidence is not counted.
func TestFilesOfCitizensAreCounted(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.join(civil)
	kept := 0
	keep := func(_ context.Context, list []plan.Evidence) []plan.Evidence {
		kept += len(list)
		list = slices.Clone(list)
		for i := range list {
			list[i].Digest = "digest of " + list[i].Ref
		}
		return list
	}
	say := func(as *plan.Actor, text string, at time.Time, files int) string {
		var media []plan.Evidence
		for i := range files {
			media = append(media, plan.Evidence{Name: "a.jpg", Ref: fmt.Sprint(at, text, i)})
		}
		return texts(w.send(Request{Text: text, Media: media, Keep: keep, Chat: string(as.ID), From: as.ID, As: as, Now: at}))
	}
	send := func(as *plan.Actor, text string, at time.Time) string { return say(as, text, at, 1) }
	report := func(as *plan.Actor, text string, at time.Time) string { return say(as, text, at, 4) }
	for range 3 {
		send(cast[0], "今年要新增多少张养老床位？", w.now)
		send(cast[0], "", w.now)
		send(cast[0], "/help", w.now)
	}
	if kept != 0 {
		t.Errorf("%d files of questions were kept", kept)
	}
	said := ""
	for i := range 3 {
		said = report(cast[0], "反馈 实事8 路没修", w.now.Add(time.Duration(i)*time.Minute))
	}
	if kept != dailyFiles || !strings.Contains(said, "明天可以再发") {
		t.Errorf("%d files were kept; %s", kept, said)
	}
	if report(cast[0], "反馈 实事8 路没修", w.now.Add(25*time.Hour)); kept != dailyFiles+4 {
		t.Errorf("the next day %d", kept)
	}
	for range dailyFiles {
		send(civil, "养老床位 1476", w.now)
		send(civil, "确认", w.now)
	}
	if kept <= 2*dailyFiles {
		t.Errorf("of evidence %d files were kept", kept)
	}
}

// TestForgedButtons: buttons of others' questions, of a role that is lost, and those that
// were used do nothing.
func TestForgedButtons(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.join(civil, roads, supervisor, second)
	asked := w.tell(civil, "养老床位 1476")
	confirm := asked[0].Buttons[0][0].Action
	for _, thief := range []*plan.Actor{roads, second, cast[0], {ID: "test:colleague", Role: plan.Staff, Department: "民政局"}} {
		if got := texts(w.send(Request{Action: confirm, Chat: string(thief.ID), From: thief.ID, As: thief})); strings.Contains(got, "已提交") {
			t.Errorf("%s confirms another's filing: %s", thief.ID, got)
		}
	}
	group := Request{Text: "养老床位 1476", Chat: "telegram:-1", Group: true, From: civil.ID, As: civil}
	inGroup := w.send(group)[0].Buttons[0][0].Action
	if got := texts(w.send(Request{Action: inGroup, Chat: "telegram:-1", Group: true, From: roads.ID, As: roads})); strings.Contains(got, "已提交") {
		t.Errorf("somebody else in the group confirms: %s", got)
	}
	w.wants("its own", texts(w.send(Request{Action: confirm, Chat: string(civil.ID), From: civil.ID, As: civil})), "已提交")
	if got := texts(w.send(Request{Action: confirm, Chat: string(civil.ID), From: civil.ID, As: civil})); strings.Contains(got, "已提交") || len(w.filings("新增养老床位")) != 1 {
		t.Errorf("a used button files again: %s", got)
	}
	queue := w.tell(supervisor, "待审")
	accept := queue[0].Buttons[0][0].Action
	removed := Request{Action: accept, Chat: "test:li", From: "test:li"} // by what is stored
	err := w.db.Update(t.Context(), func(tx plan.Tx) error {
		return tx.As(plan.System, w.now).PutPerson(plan.Person{ID: "test:li", Chat: "test:li", Role: plan.Supervisor, Removed: true})
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := texts(w.send(removed)); strings.Contains(got, "已通过") || w.filings("新增养老床位")[0].Verdict() != "" {
		t.Errorf("who was removed accepts: %s", got)
	}
	for _, id := range []string{"0", "-1", "18446744073709551616", "2", "1:1"} {
		if got := texts(w.send(Request{Action: "a:review-ok:" + id, Chat: string(civil.ID), From: civil.ID, As: civil})); strings.Contains(got, "已通过") {
			t.Errorf("staff accepts %s: %s", id, got)
		}
	}
}

// TestNumbersOfAnotherChat: a number opens the list of one's own chat only.
func TestNumbersOfAnotherChat(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.join(civil)
	w.tell(cast[0], "十件实事")
	other := &plan.Actor{ID: "test:other", Role: plan.Public}
	if got := texts(w.tell(other, "3")); !strings.Contains(got, "没有序号") {
		t.Errorf("a list of another chat opens: %s", got)
	}
}

// TestManyChats: tens of thousands of people leave no more behind than the bound, and the
// next one is answered.
func TestManyChats(t *testing.T) {
	t.Parallel()
	l, c, q := newLimiter(DefaultLimit()), newChats(), newGuesses()
	for i := range 3 * maxChats {
		id := strconv.Itoa(i)
		l.admit(id, morning)
		c.get(id, morning)
		q.add(plan.PersonID(id), morning)
	}
	if len(l.buckets) > maxChats || len(c.byID) > maxChats || len(q.done) > maxChats {
		t.Errorf("kept %d, %d, %d", len(l.buckets), len(c.byID), len(q.done))
	}
	if ok, _ := l.admit("next", morning); !ok {
		t.Error("the next is not admitted")
	}
}

// TestLongTexts: the longest messages that Telegram takes are answered in no time, whatever
// they are made of, and so is what a terminal may bring.
func TestLongTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	w := liaocheng(t)
	w.join(civil, supervisor)
	pieces := []string{"1", "养老床位", "1476 ", "实事8", "，", "养老床位 1476，", "一", "（", "新改建农村公路1公里、", "截至7月28日", "a", "\u202e", "😀", "3.6.2.", "万", "和", "今年要新增多少张养老床位？", "%", "比去年增长"}
	for i, piece := range pieces {
		n := 4096 / len([]rune(piece))
		if i == 0 {
			n = 1 << 17
		}
		text := strings.Repeat(piece, n)
		for _, who := range []*plan.Actor{cast[0], civil, supervisor} {
			began := time.Now()
			messages := w.tell(who, text)
			carriable(t, messages)
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("%d × %q as %s took %v", n, piece, who.Role, took)
			}
			for _, m := range messages {
				for _, part := range render.Split(m) {
					if len([]rune(part.Text)) > 4096 {
						t.Errorf("%q: an answer of %d characters", piece, len([]rune(part.Text)))
					}
				}
			}
			w.tell(who, "取消")
		}
	}
}

// TestInviteTakesNoRoleAway: a supervisor who opens the invite of somebody else stays one, and
// the invite stays good.
func TestInviteTakesNoRoleAway(t *testing.T) {
	t.Parallel()
	w := liaochengWith(t, Options{Random: strings.NewReader(strings.Repeat("x", 64))})
	w.join(&plan.Actor{ID: "test:admin", Role: plan.Admin}, supervisor)
	token := tokenIn(texts(w.tell(manager, "邀请 民政局 填报")))
	opened := w.send(Request{Text: "/join " + token, Chat: string(supervisor.ID), From: supervisor.ID})
	w.wants("supervisor", texts(opened), "没有用掉")
	w.wants("who", texts(w.send(Request{Text: "我是谁", Chat: string(supervisor.ID), From: supervisor.ID})), "督查室")
	w.wants("whom it is for", texts(w.send(Request{Text: "/join " + token, Chat: "test:new", From: "test:new"})), "民政局")
}

// TestForgedRefusals: nobody is asked for the reason of what they may not refuse.
func TestForgedRefusals(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	for _, verb := range []string{"review-no", "request-no"} {
		got := texts(w.send(Request{Action: "a:" + verb + ":1", Chat: "test:x", From: "test:x"}))
		if strings.Contains(got, "理由") || got == "" {
			t.Errorf("%s: %s", verb, got)
		}
	}
}
