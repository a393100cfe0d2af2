package bot_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"duban/bot"
	"duban/bot/telegramtest"
	"duban/commands"
	"duban/plan"
	"duban/render"
	"duban/report"
	"duban/report/builtin"
	"duban/storage"
)

var update = flag.Bool("update", false, "write what the conversations say anew")

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) != "" {
		os.Exit(runChild())
	}
	goleak.VerifyTestMain(telegramtest.Waiting{M: m})
}

// database returns one with the built-in report.
func database(t testing.TB, state plan.State, review storage.Policy) *storage.DB {
	t.Helper()
	db, err := storage.Open(filepath.Join(t.TempDir(), "duban.db"), storage.Options{Review: review})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	p, err := report.Parse(builtin.Text(), report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p.State = state
	merged, _ := plan.Merge(nil, p)
	if err := db.Update(t.Context(), func(tx plan.Tx) error { return tx.As(plan.System, time.Time{}).PutPlan(merged) }); err != nil {
		t.Fatal(err)
	}
	return db
}

// fresh returns a conversation over such a database.
func fresh(t *testing.T) *commands.Router {
	t.Helper()
	return commands.New(database(t, plan.Published, storage.Policy{}), commands.Options{})
}

func terminal(c bot.Handler) *bot.Terminal {
	day := time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC)
	return &bot.Terminal{Conversation: c, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return day }, User: "test"}
}

func TestHostileInput(t *testing.T) {
	t.Parallel()
	lines := []string{
		"😀😀😀", "<b>养老</b><script>", "'; DROP TABLE plans; --", "\x1b[2J\x07养老床位", "\u202e位床老养", strings.Repeat("养", 4096),
		strings.Repeat("床位", 700_000), builtin.Text()[:30_000], "/item", "/item ../../etc/passwd", "/list 99.99", "/list 3.6 7", "/nonsense", "/", "[99]", "-1", "0", "第", "\xff\xfe",
	}
	var out bytes.Buffer
	if err := terminal(fresh(t)).Run(t.Context(), strings.NewReader(strings.Join(lines, "\n")), &out); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(out.String(), "\x1b\x07\u202e") {
		t.Error("control characters came back")
	}
	if strings.Contains(out.String(), "出错了") {
		t.Errorf("a request failed:\n%s", out.String())
	}
}

// broken fails every request.
type broken struct{}

func (broken) Handle(context.Context, commands.Request) ([]render.Message, error) {
	return nil, errors.New("disk on fire")
}

func TestFailureIsOneSentence(t *testing.T) {
	t.Parallel()
	var out, log bytes.Buffer
	terminal := terminal(broken{})
	terminal.Log = slog.New(slog.NewTextHandler(&log, nil))
	if err := terminal.Run(t.Context(), strings.NewReader("你好\n"), &out); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "fire") || !strings.Contains(out.String(), "请再试一次") || !strings.Contains(log.String(), "disk on fire") {
		t.Errorf("person: %q, log: %q", out.String(), log.String())
	}
}

func TestEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := terminal(fresh(t)).Run(ctx, strings.NewReader("目录\n"), io.Discard); err != nil {
		t.Error(err)
	}
}
