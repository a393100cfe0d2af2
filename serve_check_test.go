package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/bot/telegramtest"
	"duban/storage"
)

// checkAt runs the check over a database file.
func checkAt(t *testing.T, server *telegramtest.Server, path string, more ...string) (status int, said string) {
	t.Helper()
	return serveOnce(t, server, telegramtest.Token, append([]string{"--check", "--db", path}, more...)...)
}

// TestServeCheckLeavesTheDatabase: the check makes none, and works while the bot runs.
func TestServeCheckLeavesTheDatabase(t *testing.T) {
	t.Parallel()
	server := telegramtest.Start()
	defer server.Close()
	path := filepath.Join(t.TempDir(), "data", "duban.db")
	if status, said := checkAt(t, server, path); status != 0 || !strings.Contains(said, "还没有") {
		t.Errorf("without a database: status %d, says:\n%s", status, said)
	}
	if _, err := os.Stat(filepath.Dir(path)); err == nil {
		t.Error("the check made a folder")
	}
	db, err := storage.Open(path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if status, said := checkAt(t, server, path); status != 0 || !strings.Contains(said, "另一个进程") || !strings.Contains(said, "@duban_test_bot") {
		t.Errorf("while it is in use: status %d, says:\n%s", status, said)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if status, said := checkAt(t, server, path); status != 0 || !strings.Contains(said, "数据库可用") {
		t.Errorf("status %d, says:\n%s", status, said)
	}
}

// TestServeRefusesForms: a token or an address of the wrong form is named before anything is
// called, without the secret in it.
func TestServeRefusesForms(t *testing.T) {
	t.Parallel()
	server := telegramtest.Start()
	defer server.Close()
	for _, token := range []string{"abc", "123456:a b", "123456:abc\ndef", "123456:a%zb", ":abc"} {
		if status, said := serveOnce(t, server, token); status == 0 || !strings.Contains(said, "BotFather") || strings.Contains(said, token) {
			t.Errorf("token %q: status %d, says:\n%s", token, status, said)
		}
	}
	hook := "telegram:\n  mode: webhook\n  webhook_url: https://x.example/a\n  webhook_listen: \"127.0.0.1:1\"\n  webhook_secret: good\n"
	for config, want := range map[string]string{
		"telegram:\n  proxy: ftp://u:geheim@127.0.0.1:1\n":             "telegram.proxy",
		"telegram:\n  proxy: \"socks5://u:geheim%@127.0.0.1:1\"\n":     "telegram.proxy",
		"telegram:\n  proxy: localhost:1080\n":                         "telegram.proxy",
		strings.Replace(hook, "good", "\"geheim wort\"", 1):            "webhook_secret",
		strings.Replace(hook, "good", strings.Repeat("geheim", 50), 1): "webhook_secret",
		strings.Replace(hook, "127.0.0.1:1", "8443", 1):                "webhook_listen",
		strings.Replace(hook, "127.0.0.1:1", "127.0.0.1:99999", 1):     "webhook_listen",
		"health: \"127.0.0.1:99999\"\n":                                "health",
		strings.Replace(hook, "https://x.example/a", "https:///a", 1):  "webhook_url",
	} {
		status, said := serveOnce(t, server, telegramtest.Token, "--check", "--config", writeConfig(t, config))
		if status == 0 || !strings.Contains(said, want) || strings.Contains(said, "geheim") {
			t.Errorf("%s: status %d, says:\n%s", config, status, said)
		}
	}
	c := defaults()
	c.Telegram = telegramConfig{Mode: modeWebhook, Endpoint: defaultEndpoint, WebhookURL: "https://x.example:9999/a", WebhookListen: ":1", WebhookSecret: "good"}
	if err := c.Validate(); err == nil || !strings.Contains(err.Error(), "8443") {
		t.Errorf("a port that Telegram does not call: %v", err)
	}
	if n := len(server.Calls("")); n != 0 {
		t.Errorf("%d calls", n)
	}
}

// TestServeEndsOutOfReach: being told to end while the API cannot be reached is no failure.
func TestServeEndsOutOfReach(t *testing.T) {
	t.Parallel()
	server := telegramtest.Start()
	server.Close()
	program := serving(t, server) // its end is judged when the test is over
	for deadline := time.Now().Add(20 * time.Second); !strings.Contains(program.said(), "cannot be reached"); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the log:\n%s", program.said())
		}
	}
}

// TestServeEndsWhileACallHangs: within ten seconds, which serving judges.
func TestServeEndsWhileACallHangs(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t)
	serving(t, server)
	server.Person(1, "市民").Ask(t, "/help")
	server.Add(telegramtest.Hang(time.Minute).On("sendMessage", 0))
	server.Person(1, "市民").Say("今年新增养老床位多少张")
	server.AwaitCalls(10*time.Second, "sendMessage", 2)
}

// TestPortsTaken: an address that another program listens at is named, with what it is for.
func TestPortsTaken(t *testing.T) {
	t.Parallel()
	server := telegramtest.Start()
	defer server.Close()
	taken, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	address := taken.Addr().String()
	hook := "telegram:\n  mode: webhook\n  webhook_url: https://x.example/a\n  webhook_secret: good\n  webhook_listen: " + address + "\n"
	for config, want := range map[string]string{
		hook:                        "duban: telegram.webhook_listen " + address + " 开不了（这个端口正被别的程序使用）；请换",
		"health: " + address + "\n": "duban: 健康检查地址 " + address + " 开不了（这个端口正被别的程序使用）；请换",
	} {
		if status, said := serveOnce(t, server, telegramtest.Token, "--config", writeConfig(t, config)); status != exitFailed || !strings.Contains(said, want) {
			t.Errorf("%s: status %d, says:\n%s", config, status, said)
		}
	}
}
