package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"duban/bot/telegramtest"
)

// serving starts the real program against the server, with person 900 as administrator.
func serving(t *testing.T, server *telegramtest.Server) *bytes.Buffer {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "duban") // the name makes the test binary the program
	if err := os.Symlink(self, link); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	program := exec.Command(link, "serve")
	program.Stderr = &log
	program.Env = []string{
		"TELEGRAM_BOT_TOKEN=" + telegramtest.Token, "TELEGRAM_API_ENDPOINT=" + server.URL, "DUBAN_TELEGRAM_ADMINS=900",
		"DUBAN_STORAGE_PATH=" + filepath.Join(t.TempDir(), "duban.db"), "HOME=" + t.TempDir(),
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		began := time.Now()
		_ = program.Process.Signal(syscall.SIGTERM)
		if err := program.Wait(); err != nil {
			t.Errorf("the program ended with %v:\n%s", err, log.String())
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("ending took %v", took)
		}
		if strings.Contains(log.String(), telegramtest.Token) {
			t.Error("the log holds the token")
		}
	})
	return &log
}

// invite asks for an invitation and returns the words that use it.
func invite(t *testing.T, admin *telegramtest.Person, words string) string {
	t.Helper()
	m := admin.Ask(t, words)
	found := regexp.MustCompile(`/join [A-Za-z0-9_-]+`).FindString(m.Text)
	if found == "" {
		t.Fatalf("no invitation in:\n%s", m.Text)
	}
	return found
}

// A citizen asks, staff join by invitation and file, a supervisor accepts and staff hear of
// it, and the group
// that nobody spoke to the bot in stays silent.
func TestServe(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t)
	serving(t, server)
	citizen, admin := server.Person(11, "市民"), server.Person(900, "管理员")
	staff, boss := server.Person(21, "填报员"), server.Person(31, "督查员")
	if m := citizen.Ask(t, "今年新增养老床位多少张"); !strings.Contains(m.Text, "3600张") || !strings.Contains(m.Text, "实事5") {
		t.Errorf("the citizen reads:\n%s", m.Text)
	}
	citizen.SayIn(-500, "今天天气不错")
	if m := staff.Ask(t, invite(t, admin, "邀请 民政局 填报")); !strings.Contains(m.Text, "民政局") {
		t.Errorf("joining says:\n%s", m.Text)
	}
	if m := boss.Ask(t, invite(t, admin, "邀请 督查室")); !strings.Contains(m.Text, "督查") {
		t.Errorf("joining says:\n%s", m.Text)
	}
	boss.Ask(t, "分派 实事5 民政局")
	asked := staff.Ask(t, "填报 养老床位 1476")
	staff.Press(staff.ID, asked, "确认")
	staff.AwaitText(t, staff.ID, "已提交")
	citizen.Ask(t, "关注 实事5")
	notice := boss.AwaitText(t, boss.ID, "待审核：民政局")
	boss.Press(boss.ID, notice, "去处理")
	boss.Press(boss.ID, boss.AwaitText(t, boss.ID, "1476"), "通过")
	staff.AwaitText(t, staff.ID, "通过")
	citizen.AwaitText(t, citizen.ID, "1476")
	if got := citizen.Unread(-500); len(got) != 0 {
		t.Errorf("the group hears %d messages", len(got))
	}
}

// A start without a token, and with a wrong one, says what to do.
func TestServeNeedsAToken(t *testing.T) {
	t.Parallel()
	server := telegramtest.Start()
	defer server.Close()
	for token, want := range map[string]string{"": "TELEGRAM_BOT_TOKEN", "1:wrong": "令牌不对"} {
		var log bytes.Buffer
		status := run(t.Context(), world{
			args: []string{"serve"}, stdin: strings.NewReader(""), stdout: &log, stderr: &log, now: time.Now,
			environ: []string{"TELEGRAM_BOT_TOKEN=" + token, "TELEGRAM_API_ENDPOINT=" + server.URL, "DUBAN_STORAGE_PATH=" + filepath.Join(t.TempDir(), "duban.db")},
		})
		if status == 0 || !strings.Contains(log.String(), want) {
			t.Errorf("token %q: status %d, says:\n%s", token, status, log.String())
		}
	}
}
