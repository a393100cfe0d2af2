package bot_test

import (
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/telegramtest"
	"duban/commands"
	"duban/plan"
)

// TestFloodOfOne: hundreds of messages, buttons and inline queries of one person keep others
// from no answer, and get one sentence.
func TestFloodOfOne(t *testing.T) {
	t.Parallel()
	c := prepare(t, nil)
	c.router.Limit = commands.DefaultLimit()
	c.run(t)
	mad, other := c.Person(13, "吵"), c.Person(14, "静")
	for i := range 300 {
		mad.Say(question)
		if i%3 == 0 {
			mad.PressData(13, telegramtest.Message{ID: 1, Text: "x"}, "l::0")
			mad.Query("养老床位")
		}
	}
	began := time.Now()
	other.Say(question)
	other.AwaitText(t, other.ID, answer)
	if took := time.Since(began); took > 15*time.Second {
		t.Errorf("the other one waited %v", took)
	}
	eventually(t, "the end of the flood", func() bool { return c.Unconfirmed() == 0 })
	told := func() int { return strings.Count(strings.Join(c.texts(13), "\n"), "消息太快了") }
	eventually(t, "the sentence", func() bool { return told() > 0 })
	if n := len(c.texts(13)); told() != 1 || n > 60 {
		t.Errorf("the flood got %d messages, %d times the sentence", n, told())
	}
}

// TestOversizedMedia: a file that is too large by what the API says of it is not downloaded,
// whatever it says of itself; its words are filed all the same.
func TestOversizedMedia(t *testing.T) {
	t.Parallel()
	c := start(t, func(o *bot.Options) { o.MaxFile = 1000 })
	p := c.member(t, 9001, plan.Supervisor, "")
	p.SendFile("huge", "../../../etc/passwd", make([]byte, 5000), "养老床位 1477")
	p.AwaitText(t, p.ID, "1477")
	if n := len(c.Calls("getFile")); n != 1 {
		t.Errorf("getFile was called %d times", n)
	}
	if n := len(c.Calls("file")); n != 0 {
		t.Errorf("the file was downloaded %d times", n)
	}
}

// TestEvidenceNamesArePathless: a file is kept under its hash, whatever its name says.
func TestEvidenceNamesArePathless(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	c := start(t, func(o *bot.Options) { o.Evidence = filepath.Join(root, "a", "evidence") })
	p := c.member(t, 9001, plan.Supervisor, "")
	for i, name := range []string{"../../x", "/etc/x", `..\..\x`, "x\x00y", strings.Repeat("长", 5000), "", "."} {
		p.SendFile("f"+string(rune('a'+i)), name, []byte(name+"!"), "养老床位 1477")
		p.Await(t, p.ID)
	}
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if base := filepath.Base(path); len(base) != 64 || strings.Trim(base, "0123456789abcdef") != "" || !strings.HasPrefix(path, filepath.Join(root, "a", "evidence")) {
			t.Errorf("kept as %s", path)
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s can be read by others: %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestWebhookSlowBody: who sends headers or a body drop by drop holds a connection for no
// longer than the limit, and nobody else up.
func TestWebhookSlowBody(t *testing.T) {
	t.Parallel()
	c, address := hooked(t)
	conn, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, _ = io.WriteString(conn, "POST / HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: wrong\r\nContent-Length: 1000000\r\n\r\n{")
	_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	head := make([]byte, 12)
	if _, err := io.ReadFull(conn, head); err != nil || !strings.HasSuffix(string(head), "404") {
		t.Errorf("without the secret the body is waited for: %q %v", head, err)
	}
	if m := c.Person(1, "市民").Ask(t, question); !strings.Contains(m.Text, answer) {
		t.Errorf("%q", m.Text)
	}
}

// TestLogHoldsNothingPersonal: at level info and above the log holds no names, no words of
// messages, no file names and no secrets, also when things go wrong.
func TestLogHoldsNothingPersonal(t *testing.T) {
	t.Parallel()
	c := prepare(t, func(o *bot.Options) { o.MaxFile = 10 })
	log := &buffer{}
	change := c.change
	c.change = func(o *bot.Options) {
		change(o)
		o.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelInfo}))
	}
	c.Add(telegramtest.Gateway(502).On("sendMessage", 2))
	c.Add(telegramtest.Refusal(http.StatusBadRequest, "Bad Request: file is too big").On("getFile", 1))
	c.run(t)
	p := c.Person(66, "欧阳明")
	for _, text := range []string{question, "反馈 实事8 门前的路没修 @东关街", "/join sekret-token", "/start inv_sekret-token", "关注 实事8", "门前的路在哪里"} {
		p.Say(text)
	}
	s := c.member(t, 9001, plan.Supervisor, "")
	s.SendFile("f", "机密名单.docx", make([]byte, 100), "养老床位 1477，东关街口径")
	s.AwaitText(t, s.ID, "1477")
	c.Add(telegramtest.Refusal(http.StatusForbidden, "Forbidden: bot was blocked by the user").On("sendMessage", 1))
	s.Say("退回 东关街口径不对")
	p.Say("欧阳明家门前的路")
	eventually(t, "all to be handled", func() bool { return c.Unconfirmed() == 0 })
	_ = c.end()
	said := log.String()
	if said == "" {
		t.Error("nothing went wrong: nothing is in the log")
	}
	for _, word := range []string{"欧阳明", "门前的路", "东关街", "sekret-token", "机密名单", "养老床位", strings.SplitN(telegramtest.Token, ":", 2)[1]} {
		if strings.Contains(said, word) {
			t.Errorf("%q is in the log:\n%s", word, said)
		}
	}
}
