package commands

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"duban/plan"
	"duban/render"
)

// theatre is a database in which something waits for everybody, over which anything may be
// said: what a scene changes is taken back.
type theatre struct {
	w     *world
	verbs []string // of all buttons, sorted
}

// cast are those who come to the door, by the number that a fuzz target gives them.
var cast = []*plan.Actor{
	{ID: "test:市民", Role: plan.Public}, civil, civilHead, roads, supervisor, {ID: "test:admin", Role: plan.Admin}, {ID: "test:无", Role: plan.Staff}, {},
}

func newTheatre(t testing.TB) *theatre {
	t.Helper()
	w := liaocheng(t)
	w.join(civil, civilHead, roads, supervisor)
	w.tell(civil, "养老床位 1476")
	w.tell(civil, "确认")
	w.tell(roads, "新改建农村公路 824")
	w.tell(roads, "确认")
	w.tell(civil, "申请延期 实事5 2018年6月30日 征地没有完成")
	w.tell(cast[0], "反馈 实事8 村里的路还没动工")
	w.accept("改造农村危桥", "28", plan.NewDate(2017, 7, 20))
	return &theatre{w: w, verbs: slices.Sorted(maps.Keys(w.router.acts))}
}

// scene is one transaction that every request of a scene runs in.
type scene struct{ tx plan.Tx }

func (s scene) View(_ context.Context, f func(plan.Tx) error) error   { return f(s.tx) }
func (s scene) Update(_ context.Context, f func(plan.Tx) error) error { return f(s.tx) }

var errCurtain = errors.New("taken back")

// play lets somebody make requests, and checks what the door keeps whatever comes: no panic,
// no error (a person would read that something went wrong), answers that a channel can
// carry.
func (s *theatre) play(t *testing.T, who *plan.Actor, requests ...Request) {
	t.Helper()
	err := s.w.db.Update(t.Context(), func(tx plan.Tx) error {
		r := New(scene{tx}, Options{Random: strings.NewReader(strings.Repeat("x", 1<<12))})
		r.shelf = s.w.router.shelf
		for _, q := range requests {
			q.As, q.From, q.Chat, q.Now = who, who.ID, "test:door", s.w.now
			messages, err := r.Handle(t.Context(), q)
			if err != nil {
				t.Errorf("%s says %q, presses %q: %v", who.Role, q.Text, q.Action, err)
			}
			carriable(t, messages)
		}
		return errCurtain
	})
	if !errors.Is(err, errCurtain) {
		t.Fatal(err)
	}
}

// carriable checks that messages are ones that a channel can send.
func carriable(t *testing.T, messages []render.Message) {
	t.Helper()
	for _, m := range messages {
		if !utf8.ValidString(m.Text) {
			t.Errorf("no text: %q", m.Text)
		}
		for _, b := range slices.Concat(m.Buttons...) {
			if _, ok := render.ParseAction(b.Action); !ok || b.Text == "" {
				t.Errorf("a button that cannot be pressed: %+v", b)
			}
		}
	}
}

// FuzzTalk says anything, line by line, as anybody.
func FuzzTalk(f *testing.F) {
	for i, text := range []string{
		"今年要新增多少张养老床位？\n去年呢\n第2个", "养老床位 1476\n改数\n0\n确认", "申请延期 实事5 2018年6月30日 征地", "/join x\n/start inv_x\n/start item_3_6_2_5",
		"待审\n退回 口径不对\n全部通过", "邀请 民政局 填报\n人员\n移除 test:li", "反馈 @ \n实事8", "节点 实事8 公路 6月30日 40% 9月30日 75%", "校核\n改\n标题", "转交 实事5 财政局 资金",
		"请假 8月5日 由 王某某 代理", "结账 2017", "季通报 2017年三季度", "调整 实事8 公路 2400公里 市政府 聊政字〔2017〕12号 雨季", "发布", "新增指标 实事8 专用道 12公里", "\u202e\x00 = +1",
	} {
		f.Add(byte(i), text)
	}
	s := newTheatre(f)
	f.Fuzz(func(t *testing.T, who byte, text string) {
		if len(text) > 2000 {
			return
		}
		var requests []Request
		for line := range strings.Lines(text) {
			requests = append(requests, Request{Text: line})
		}
		s.play(t, cast[int(who)%len(cast)], requests[:min(len(requests), 5)]...)
	})
}

// FuzzPress presses any button as anybody: forged data, and every verb with forged
// arguments, between two messages that open a question.
func FuzzPress(f *testing.F) {
	s := newTheatre(f)
	forged := []string{"", "1", "0:0:3", "99999999999999999999:-1", "聊城市2017:1:2", "1:x:y:z", "2017:2", ":::", "-1:聊城市2017"}
	for v := range s.verbs {
		for i := range 3 {
			f.Add(byte(i+v), byte(v), forged[(2*v+3*i)%len(forged)])
		}
	}
	for i, data := range []string{"i:3.6.2.5", "l::0", "l:3.6:9999", "s:low.5:0", "s:x:99999", "a:", "i:0.0.0", "a:file-ok\x00", "l:3:-1"} {
		f.Add(byte(i), byte(255), data)
	}
	f.Fuzz(func(t *testing.T, who, verb byte, args string) {
		action := args
		if int(verb) < len(s.verbs) {
			action = "a:" + s.verbs[verb] + ":" + args
		}
		if action == "" {
			return
		}
		s.play(t, cast[int(who)%len(cast)], Request{Action: action}, Request{Text: "养老床位 1476"}, Request{Action: action}, Request{Text: "1"})
	})
}

// FuzzStart opens any deep link as somebody unknown: nobody gets a role by it.
func FuzzStart(f *testing.F) {
	for _, p := range []string{"", "inv_", "inv_x", "item_3_6_2_5", "item_", "inv_ 民政局", "item_3.6:2", "INV_x", "inv_\x00"} {
		f.Add(p)
	}
	s := newTheatre(f)
	f.Fuzz(func(t *testing.T, payload string) {
		s.play(t, cast[0], Request{Text: "/start " + payload}, Request{Text: "我是谁"})
	})
}

// TestTransferNeedsAReason: an item for another department without a reason is asked for it.
func TestTransferNeedsAReason(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.join(civil, supervisor)
	w.wants("no reason", texts(w.tell(civil, "转交 实事5 财政局")), "要写理由")
	w.wants("the reason", texts(w.tell(civil, "财政局 资金由财政局管")), "已申请", "财政局")
}
