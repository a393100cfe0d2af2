package bot_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/telegramtest"
)

// hooked starts a channel whose updates are delivered.
func hooked(t *testing.T) (*channel, string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	_ = listener.Close()
	c := start(t, func(o *bot.Options) {
		o.Webhook = &bot.Webhook{Listen: address, URL: "http://" + address + "/updates", Secret: "secret_of-the-hook", Max: 40}
	})
	if !c.AwaitCall(10*time.Second, func(x *telegramtest.Call) bool { return x.Method == "setWebhook" && x.Applied }) {
		t.Fatal("the webhook was not set")
	}
	return c, "http://" + address
}

func TestWebhook(t *testing.T) {
	t.Parallel()
	c, _ := hooked(t)
	for i := range 10 {
		if m := c.Person(int64(i+1), "市民").Ask(t, question); !strings.Contains(m.Text, answer) {
			t.Errorf("%q", m.Text)
		}
	}
	if n := len(c.Calls("getUpdates")); n != 0 {
		t.Errorf("%d polls", n)
	}
	if set := c.Calls("setWebhook")[0].Values; set["max_connections"] != "40" || !strings.Contains(set["allowed_updates"], "edited_message") {
		t.Errorf("setWebhook(%v)", set)
	}
	c.Add(telegramtest.Slow(200*time.Millisecond).On("sendMessage", 0))
	for i := range 5 {
		c.Person(int64(100+i), "市民").Say(question)
	}
	if err := c.end(); err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		if len(c.texts(int64(100+i))) != 1 {
			t.Errorf("chat %d was not answered before the end", 100+i)
		}
	}
}

// TestWebhookRefuses: whoever is not Telegram learns nothing.
func TestWebhookRefuses(t *testing.T) {
	t.Parallel()
	c, address := hooked(t)
	update := `{"update_id":5,"message":{"message_id":1,"date":1,"text":"` + question + `","chat":{"id":66,"type":"private"},"from":{"id":66,"is_bot":false,"first_name":"x"}}}`
	for _, r := range []struct {
		name, method, secret, body string
		status                     int
	}{
		{"no secret", "POST", "", update, 404},
		{"a wrong secret", "POST", "secret_of-the-hooK", update, 404},
		{"a longer secret", "POST", "secret_of-the-hook2", update, 404},
		{"GET", "GET", "secret_of-the-hook", "", 404},
		{"GET without", "GET", "", "", 404},
		{"garbage", "POST", "secret_of-the-hook", "{", 200}, // left out, or it would come again for ever
		{"no update", "POST", "secret_of-the-hook", "{}", 200},
		{"nothing", "POST", "secret_of-the-hook", "", 200},
		{"of other kinds", "POST", "secret_of-the-hook", `{"update_id":7,"message":[]}`, 200},
		{"too large", "POST", "secret_of-the-hook", `{"update_id":8,"x":"` + strings.Repeat("x", 2<<20) + `"}`, 413},
		{"in order", "POST", "secret_of-the-hook", update, 200},
		{"again", "POST", "secret_of-the-hook", update, 200},
	} {
		request, err := http.NewRequestWithContext(t.Context(), r.method, address+"/", bytes.NewReader([]byte(r.body)))
		if err != nil {
			t.Fatal(err)
		}
		if r.secret != "" {
			request.Header.Set("X-Telegram-Bot-Api-Secret-Token", r.secret)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatalf("%s: %v", r.name, err)
		}
		said, _ := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if response.StatusCode != r.status {
			t.Errorf("%s: status %d, want %d", r.name, response.StatusCode, r.status)
		}
		if strings.Contains(string(said), "secret_of") || strings.Contains(string(said), "TEST-token") {
			t.Errorf("%s: answer %q", r.name, said)
		}
	}
	http.DefaultClient.CloseIdleConnections()
	p := c.Person(66, "x")
	p.AwaitText(t, 66, answer)
	if n := len(c.texts(66)); n != 1 {
		t.Errorf("%d answers", n)
	}
}

// TestWebhookEnds: a caller that is slow, or sends half a header, neither delays the end nor
// makes it a failure.
func TestWebhookEnds(t *testing.T) {
	t.Parallel()
	for name, half := range map[string]string{
		"slow":     "POST /updates HTTP/1.1\r\nHost: x\r\n" + "X-Telegram-Bot-Api-Secret-Token: secret_of-the-hook\r\nContent-Length: 100\r\n\r\n{",
		"stranger": "POST /updates HTTP/1.1\r\nHost: x\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, address := hooked(t)
			conn, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = conn.Close() }()
			if _, err := io.WriteString(conn, half); err != nil {
				t.Fatal(err)
			}
			c.Add(telegramtest.Slow(time.Second).On("sendMessage", 0))
			c.Person(1, "市民").Say(question)
			time.Sleep(100 * time.Millisecond)
			began := time.Now()
			if err := c.end(); err != nil {
				t.Errorf("error %v", err)
			}
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
			if len(c.texts(1)) != 1 {
				t.Error("the answer in hand was not given")
			}
		})
	}
}

func TestWebhookNeedsASecret(t *testing.T) {
	t.Parallel()
	c := prepare(t, func(o *bot.Options) { o.Webhook = &bot.Webhook{Listen: "127.0.0.1:0", URL: "https://example.com/"} })
	c.run(t)
	<-c.done
	if err := c.end(); err == nil || errors.Is(err, bot.ErrToken) {
		t.Errorf("error %v", err)
	}
	c.end = func() error { return nil }
}
