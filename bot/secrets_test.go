package bot_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"duban/bot/telegramtest"
	"duban/plan"
)

// TestPanic: a request that panics is an error of that request only.
func TestPanic(t *testing.T) {
	t.Parallel()
	c := prepare(t, nil)
	c.router.ImportReport = func(context.Context, string, []byte) (*plan.Plan, error) { panic("of " + telegramtest.Token) }
	c.run(t)
	a := c.Person(admin, "管理员")
	a.SendFile("f1", "报告.txt", []byte("x"), "")
	a.AwaitText(t, admin, "出错了")
	a.Ask(t, question)
	if log := c.log.String(); !strings.Contains(log, "panic") {
		t.Error("the panic is not in the log")
	}
}

// TestSecrets: the token is nowhere, whatever fails.
func TestSecrets(t *testing.T) {
	t.Parallel()
	other := httptest.NewServer(http.NotFoundHandler())
	defer other.Close()
	c := prepare(t, nil)
	for _, method := range []string{"getMe", "getUpdates", "sendMessage", "setMyCommands", "answerCallbackQuery", "getFile", "file", "answerInlineQuery"} {
		for _, f := range []telegramtest.Fault{
			telegramtest.ResetBefore(), telegramtest.Gateway(502), telegramtest.Truncated(), telegramtest.Moved(other.URL + "/bot" + telegramtest.Token),
			telegramtest.Refusal(400, "Bad Request: "+telegramtest.Token),
		} {
			if method != "getMe" || f.Status != 400 && f.Status != http.StatusFound {
				c.Add(f.On(method, 1))
			}
		}
	}
	c.run(t)
	p := c.Person(admin, "管理员")
	p.Say(question)
	p.Query("养老床位")
	p.SendFile("f1", "x.bin", []byte("y"), "")
	p.PressData(admin, telegramtest.Message{ID: 1, Text: "x"}, "l::0")
	time.Sleep(3 * time.Second) // of back-off
	_ = c.end()
	secret := strings.SplitN(telegramtest.Token, ":", 2)[1]
	said := c.log.String() + strings.Join(c.texts(admin), "\n")
	if !strings.Contains(said, "502") || strings.Contains(said, secret) {
		t.Errorf("the token is in what the program says: %.4000s", said)
	}
}
