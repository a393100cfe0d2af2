package bot_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/telegramtest"
	"duban/plan"
	"duban/report"
	"duban/report/builtin"
)

// TestEvidence: a photo is fetched, through failures too, and kept under its hash.
func TestEvidence(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	c := start(t, func(o *bot.Options) { o.Evidence, o.MaxFile = folder, 1000 })
	c.Add(telegramtest.Gateway(502).On("getFile", 1))
	c.Add(telegramtest.ResetBefore().On("file", 1))
	p := c.member(t, 9001, plan.Supervisor, "")
	picture := bytes.Repeat([]byte("路"), 100)
	p.SendPhoto("big", picture, "养老床位 1476")
	p.AwaitText(t, p.ID, "1476")
	sum := sha256.Sum256(picture)
	digest := hex.EncodeToString(sum[:])
	kept, err := os.ReadFile(filepath.Join(folder, digest[:2], digest))
	if err != nil || !bytes.Equal(kept, picture) {
		t.Fatalf("kept: %v", err)
	}
	p.Ask(t, "确认")
	var filings map[plan.ID][]plan.Filing
	_ = c.db.View(t.Context(), func(tx plan.Tx) (err error) {
		filings, err = tx.As(plan.System, time.Now()).Filings("聊城市2017")
		return err
	})
	for _, list := range filings {
		if len(list[0].Evidence) != 1 || list[0].Evidence[0].Digest != digest || list[0].Evidence[0].Ref != "big" {
			t.Errorf("evidence %+v", list[0].Evidence)
		}
	}
	if len(filings) != 1 {
		t.Errorf("%d filings", len(filings))
	}
	p.SendFile("huge", "x.bin", make([]byte, 2000), "养老床位 1477") // larger than what is fetched
	p.AwaitText(t, p.ID, "1477")
	if !strings.Contains(c.log.String(), "not fetched") {
		t.Error("the log does not say that a file was not fetched")
	}
}

// TestReportFile: an admin's report becomes a draft; others get a sentence.
func TestReportFile(t *testing.T) {
	t.Parallel()
	c := prepare(t, nil)
	c.router.ImportReport = func(_ context.Context, _ string, data []byte) (*plan.Plan, error) {
		p, err := report.Parse(string(data), report.Options{})
		if err != nil {
			return nil, errors.New("这个文件不是政府工作报告。")
		}
		return p, nil
	}
	c.run(t)
	text := strings.ReplaceAll(builtin.Text(), "聊城", "某某")
	a := c.Person(admin, "管理员")
	a.SendFile("f1", "报告.TXT", []byte(text), "")
	if m := a.Await(t, admin); !strings.Contains(m.Text, "正在读取") {
		t.Errorf("progress: %q", m.Text)
	}
	m := a.Await(t, admin)
	if !strings.Contains(m.Text, "草稿") || len(m.Buttons) != 1 || m.Buttons[0].Text != "校核" {
		t.Errorf("answer: %+v", m)
	}
	var list []plan.Summary
	_ = c.db.View(t.Context(), func(tx plan.Tx) (err error) { list, err = tx.Plans().List(); return err })
	if len(list) != 2 {
		t.Errorf("%d plans", len(list))
	}
	for _, again := range []struct{ text, want string }{
		{text, "没有变化"}, {text + "\n再新增1000张养老床位。", "没有"}, {"不是报告", "不是政府工作报告"},
	} {
		a.SendFile("f2", "报告.txt", []byte(again.text), "")
		a.AwaitText(t, admin, again.want)
	}
	c.Add(telegramtest.Refusal(400, "Bad Request: file is too big").On("getFile", 1))
	a.SendFile("f3", "报告.pdf", []byte(text), "")
	a.AwaitText(t, admin, "20MB")
	a.SendFile("f3", "报告.doc", []byte(text), "")
	if m := a.Await(t, admin); !strings.Contains(m.Text, "不支持 .doc") {
		t.Errorf("%q", m.Text)
	}
	a.SendFile("f2", "报告.txt", []byte(text), "") // a wrong file before it is in nobody's way
	a.AwaitText(t, admin, "没有变化")
	for _, p := range []*telegramtest.Person{c.Person(1, "市民"), c.member(t, 9001, plan.Supervisor, "")} {
		p.SendFile("f4", "报告.docx", []byte(text), "")
		if m := p.Await(t, p.ID); !strings.Contains(m.Text, "管理员") {
			t.Errorf("%s: %q", p, m.Text)
		}
	}
	if n := len(c.Calls("getFile")); n != 6 {
		t.Errorf("%d files were fetched, want the admin's 6", n)
	}
}

// kept counts the files in a folder.
func kept(t *testing.T, folder string) int {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(folder, "??", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

// TestStrangersKeepNothing: files of strangers are not fetched unless they are evidence of
// feedback, at most ten a day, and go with their sender.
func TestStrangersKeepNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	c := start(t, func(o *bot.Options) { o.Evidence = folder })
	p := c.Person(55, "路人")
	for i, caption := range []string{"", "天气怎么样", question, "/help"} {
		p.SendFile("f"+caption, "x.bin", []byte{byte(i)}, caption)
		p.Await(t, 55)
	}
	if n := len(c.Calls("getFile")); n != 0 || kept(t, folder) != 0 {
		t.Errorf("%d files were fetched, %d kept", n, kept(t, folder))
	}
	p.Ask(t, "反馈 实事8")
	for i := range 13 {
		p.SendPhoto("p"+string(rune('a'+i)), []byte{1, byte(i)}, "")
		p.Await(t, 55)
	}
	if m := p.Ask(t, "村里的路还没有动工"); !strings.Contains(m.Text, "照片10张") || !strings.Contains(m.Text, "最多收10个") {
		t.Errorf("%q", m.Text)
	}
	if n := kept(t, folder); n != 10 {
		t.Errorf("%d files are kept", n)
	}
	p.Ask(t, "忘记我")
	p.Ask(t, "是")
	eventually(t, "an empty folder", func() bool { return kept(t, folder) == 0 })
}

// TestOrphansAreSwept: a file of a filing that was not made is swept at the start, one that
// counts stays, and what this database does not know of is left alone.
func TestOrphansAreSwept(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	c := prepare(t, func(o *bot.Options) { o.Evidence = folder })
	p := c.member(t, 9001, plan.Supervisor, "")
	c.run(t)
	p.SendPhoto("one", []byte("one"), "养老床位 1476")
	p.AwaitText(t, 9001, "1476")
	p.Ask(t, "取消")
	p.SendPhoto("two", []byte("two"), "养老床位 1477")
	p.AwaitText(t, 9001, "1477")
	p.Ask(t, "确认")
	if err := os.WriteFile(filepath.Join(folder, hexOf("two")[:2], "another"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if n := kept(t, folder); n != 3 {
		t.Fatalf("%d files", n)
	}
	if err := c.end(); err != nil {
		t.Fatal(err)
	}
	c.run(t)
	eventually(t, "the sweep", func() bool { return kept(t, folder) == 2 })
	if _, err := os.Stat(filepath.Join(folder, hexOf("two")[:2], hexOf("two"))); err != nil {
		t.Error(err)
	}
}

func hexOf(data string) string {
	sum := sha256.Sum256([]byte(data))
	return hex.EncodeToString(sum[:])
}

// TestLostEvidence: a file that cannot be had does not count, and its sender hears so.
func TestLostEvidence(t *testing.T) {
	t.Parallel()
	c := prepare(t, func(o *bot.Options) { o.MaxFile = 1000 })
	p := c.member(t, 9001, plan.Supervisor, "")
	c.run(t)
	p.SendFile("big", "big.pdf", make([]byte, 2000), "养老床位 1476")
	if m := p.Await(t, 9001); !strings.Contains(m.Text, "附件没有收到") || !strings.Contains(m.Text, "1476") || strings.Contains(m.Text, "附件1") {
		t.Errorf("%q", m.Text)
	}
	p.Ask(t, "确认")
	if f := c.filing(t); len(f.Evidence) != 0 {
		t.Errorf("%+v", f.Evidence)
	}
	p.SendPhoto("big", make([]byte, 2000), "")
	if m := p.Await(t, 9001); m.Text != "附件没有收到（太大或取不到），请重发。" {
		t.Errorf("%q", m.Text)
	}
}
