package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"duban/bot/telegramtest"
	"duban/plan"
	"duban/storage"
)

// judge checks the ledger and the database; it returns how many messages were repeated.
func (r *crashRun) judge(t *testing.T) int {
	t.Helper()
	byChat := map[int64][]telegramtest.Call{}
	for _, c := range r.Sends() {
		if c.Applied {
			byChat[c.ChatID] = append(byChat[c.ChatID], c)
		}
	}
	if n := strings.Count(strings.Join(textsOf(byChat[9001]), "\n"), "已提交"); n < r.filings || n > r.filings+r.kills {
		t.Errorf("%d confirmations of %d filings", n, r.filings)
	}
	repeats := 0
	for chat, calls := range byChat {
		repeats += r.judgeChat(t, chat, calls)
	}
	p, l := r.Audit(), r.settings.Limits
	if p.Global > int(l.Global) || p.Chat > int(l.Chat) || p.Group > int(l.Group) {
		t.Errorf("peaks: %s", p)
	}
	r.judgeFilings(t)
	return repeats
}

func textsOf(calls []telegramtest.Call) []string {
	var list []string
	for _, c := range calls {
		list = append(list, c.Values["text"])
	}
	return list
}

// lateness is how long after a kill the server may still read what was sent before it: on a
// busy machine almost as long as nothing is sent after a start.
const lateness = time.Second

// judgeChat: a text that came again was the last of its chat before a kill, and only one
// came again a kill; what the chat reads is in the order of its questions.
func (r *crashRun) judgeChat(t *testing.T, chat int64, calls []telegramtest.Call) int {
	t.Helper()
	first := map[string]int{}
	repeatsOf := map[int]int{} // by kill
	for i, c := range calls {
		at, again := first[c.Values["text"]]
		if !again || strings.Contains(c.Values["text"], "已") && chat == 9001 {
			first[c.Values["text"]] = i
			continue
		}
		first[c.Values["text"]] = i
		kill := slices.IndexFunc(r.killed, func(k time.Time) bool { return k.Add(lateness).After(calls[at].At) })
		if kill < 0 || !r.killed[kill].Before(c.At) {
			t.Errorf("chat %d: %.60q came twice without a kill, after %v", chat, c.Values["text"], c.At.Sub(calls[at].At))
			continue
		}
		if repeatsOf[kill]++; repeatsOf[kill] > 1 {
			t.Errorf("chat %d: kill %d repeated more than one message", chat, kill)
		}
		if at+1 < i && calls[at+1].At.Before(r.killed[kill]) {
			t.Errorf("chat %d: %.60q was repeated although the next had left", chat, c.Values["text"])
		}
	}
	n := 0
	for _, k := range repeatsOf {
		n += k
	}
	return n
}

// judgeFilings: every filing was made once.
func (r *crashRun) judgeFilings(t *testing.T) {
	t.Helper()
	db, err := storage.Open(r.settings.Path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var filings map[plan.ID][]plan.Filing
	var inbox []plan.Update
	var outbox []plan.Delivery
	err = db.View(t.Context(), func(tx plan.Tx) (err error) {
		inbox, _ = tx.Inbox()
		outbox, _ = tx.Outbox("")
		filings, err = tx.As(plan.System, time.Now()).Filings("聊城市2017")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, list := range filings {
		for _, f := range list {
			count[f.Value.String()]++
		}
	}
	for value, n := range count {
		if n != 1 {
			t.Errorf("%s was filed %d times", value, n)
		}
	}
	if len(count) != r.filings || len(inbox) > 0 || len(outbox) > 0 {
		t.Errorf("%d filings, want %d; %d updates and %d messages are left", len(count), r.filings, len(inbox), len(outbox))
	}
	if err := db.Check(t.Context()); err != nil {
		t.Error(err)
	}
}
