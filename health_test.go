package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"duban/bot/telegramtest"
	"duban/schedule"
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

// The metrics tell when the last backup was made, after a new start too, and which jobs failed.
func TestBackupMetrics(t *testing.T) {
	t.Parallel()
	n := newNight(t, nil)
	if err := n.copyAt(t, "2017-07-31 03:30"); err != nil {
		t.Fatal(err)
	}
	registry, failures := prometheus.NewRegistry(), newJobFailures()
	registry.MustRegister(&standingMetrics{app: n.app, db: n.db}, failures)
	broken := counted([]schedule.Job{{Name: "backup", Run: func(context.Context, time.Time) error { return io.EOF }}}, failures)
	_ = broken[0].Run(t.Context(), time.Now())
	answer := httptest.NewRecorder()
	healthMux(nil, registry).ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", http.NoBody))
	for _, want := range []string{"duban_last_backup_timestamp_seconds 1.501443e+09", `duban_job_failures_total{job="backup"} 1`} {
		if !strings.Contains(answer.Body.String(), want) {
			t.Errorf("the metrics lack %s:\n%s", want, answer.Body.String())
		}
	}
}
