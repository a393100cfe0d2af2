package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"duban/bot/telegramtest"
)

// health runs the command against an address.
func health(t *testing.T, address string, flags ...string) (status int, says string) {
	t.Helper()
	var out bytes.Buffer
	status = run(t.Context(), world{
		args: append([]string{"health"}, flags...), stdin: strings.NewReader(""), stdout: &out, stderr: &out, now: time.Now,
		environ: []string{"DUBAN_HEALTH=" + address},
	})
	return status, out.String()
}

// The command says of a program that runs that it does, and of any other what is wrong.
func TestHealth(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t)
	address := freeAddress(t)
	serving(t, server, "--config", writeConfig(t, "health: "+address+"\n"))
	server.Person(11, "市民").Ask(t, "养老床位") // it runs and has reached Telegram
	for _, flags := range [][]string{nil, {"--ready"}} {
		if status, says := health(t, address, flags...); status != exitDone || !strings.Contains(says, "在运行") {
			t.Errorf("%v: status %d, says %s", flags, status, says)
		}
	}
	if status, says := health(t, freeAddress(t)); status != exitFailed || !strings.Contains(says, "没有回答") {
		t.Errorf("nobody there: status %d, says %s", status, says)
	}
	if status, says := health(t, ""); status != exitFailed || !strings.Contains(says, "没有设 health") {
		t.Errorf("no address: status %d, says %s", status, says)
	}
}

// What is not ready, and what is another program, is told apart.
func TestHealthOfOthers(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]string{http.StatusServiceUnavailable: "还没有连上", http.StatusNotFound: "别的程序"} {
		other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }))
		defer other.Close()
		if status, says := health(t, strings.TrimPrefix(other.URL, "http://"), "--ready"); status != exitFailed || !strings.Contains(says, want) {
			t.Errorf("%d: status %d, says %s", code, status, says)
		}
	}
}
