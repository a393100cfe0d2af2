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
	for _, p := range []*telegramtest.Person{c.Person(1, "市民"), c.member(t, 9001, plan.Supervisor, "")} {
		p.SendFile("f4", "报告.docx", []byte(text), "")
		if m := p.Await(t, p.ID); !strings.Contains(m.Text, "管理员") {
			t.Errorf("%s: %q", p, m.Text)
		}
	}
	if n := len(c.Calls("getFile")); n != 5 {
		t.Errorf("%d files were fetched, want the admin's 5", n)
	}
}
