package commands

import (
	"strings"
	"testing"

	"duban/plan"
)

// enrol registers people of one department.
func (w *world) enrol(department string, names ...string) {
	w.t.Helper()
	err := w.db.Update(w.t.Context(), func(tx plan.Tx) error {
		for _, name := range names {
			p := plan.Person{ID: plan.PersonID(name), Chat: name, Name: name, Role: plan.Staff, Department: department}
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

// by sends a message of a registered person.
func (w *world) by(name, text string) string {
	w.t.Helper()
	return texts(w.send(Request{Text: text, Chat: name, From: plan.PersonID(name)}))
}

// TestLeaveDays reads spans, lengths in words and days of the week; 28 July 2017 is a Friday.
func TestLeaveDays(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"9月5日至9月20日": "9月5日—9月20日请假", "9月5日-20日": "9月5日—9月20日请假", "到8月5日": "请假到8月5日",
		"3天": "请假到7月30日", "三天": "请假到7月30日", "两周": "请假到8月10日", "下周五": "请假到8月4日", "周日": "请假到7月30日",
		"今天": "请假到7月28日", "后天": "请假到7月30日", "9月20日至9月5日": "早于", "7月1日": "已经过去", "下次": "请写请假到哪天",
	} {
		w := liaocheng(t)
		w.enrol("民政局", "甲", "乙")
		if got := w.by("甲", "请假 "+words); !strings.Contains(got, want) {
			t.Errorf("请假 %s: %s\nwant %s", words, got, want)
		}
	}
}

// TestStandInChanges tells the former one, and keeps who was set where a name is unknown.
func TestStandInChanges(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.enrol("民政局", "甲", "乙", "丙")
	w.by("甲", "请假 8月20日 由 乙 代理")
	if got := w.by("甲", "请假 8月21日 由 丁 代理"); !strings.Contains(got, "没有找到") || !strings.Contains(got, "仍由乙代理") {
		t.Errorf("an unknown name: %s", got)
	}
	if got := w.by("甲", "请假 8月20日 由 丙 代理"); !strings.Contains(got, "由丙代理") {
		t.Errorf("another one: %s", got)
	}
	if got := w.mail("乙"); !strings.Contains(got, "你不用再代理") {
		t.Errorf("the former one hears: %s", got)
	}
	w.by("甲", "销假")
	if got := w.mail("丙"); !strings.Contains(got, "已销假") {
		t.Errorf("the last one hears: %s", got)
	}
}
