package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"duban/bot/telegramtest"
)

// service is the real program as a child process.
type service struct {
	data string // folder of the database
	log  *sharedLog
}

// said is the log up to now.
func (s *service) said() string { return s.log.String() }

// sharedLog is written by the program while the test reads.
type sharedLog struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *sharedLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *sharedLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// serving starts the real program against the server, with person 900 as administrator and
// further arguments.
func serving(t *testing.T, server *telegramtest.Server, options ...string) *service {
	t.Helper()
	data := t.TempDir()
	return servingWith(t, server, data, []string{"DUBAN_TELEGRAM_ADMINS=900", "DUBAN_STORAGE_PATH=" + filepath.Join(data, "duban.db")}, options...)
}

// servingWith starts the real program in a folder, with no more than the token, the server's
// address and some variables.
func servingWith(t *testing.T, server *telegramtest.Server, folder string, variables []string, options ...string) *service {
	t.Helper()
	s := &service{data: folder, log: &sharedLog{}}
	program := exec.Command(programLink(t), append([]string{"serve"}, options...)...)
	program.Stderr, program.Dir = s.log, folder
	program.Env = slices.Concat(variables, []string{"TELEGRAM_BOT_TOKEN=" + telegramtest.Token, "TELEGRAM_API_ENDPOINT=" + server.URL, "HOME=" + t.TempDir()})
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		began := time.Now()
		_ = program.Process.Signal(syscall.SIGTERM)
		if err := program.Wait(); err != nil {
			t.Errorf("the program ended with %v:\n%s", err, s.log.String())
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("ending took %v", took)
		}
		if strings.Contains(s.log.String(), telegramtest.Token) {
			t.Error("the log holds the token")
		}
	})
	return s
}

// programLink is a name under which the test binary is the program.
func programLink(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "duban")
	if err := os.Symlink(self, link); err != nil {
		t.Fatal(err)
	}
	return link
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

// crew joins by invitation.
func crew(t *testing.T, server *telegramtest.Server) (staff, boss *telegramtest.Person) {
	t.Helper()
	admin := server.Person(900, "管理员")
	staff, boss = server.Person(21, "填报员"), server.Person(31, "督查员")
	if m := staff.Ask(t, invite(t, admin, "邀请 民政局 填报")); !strings.Contains(m.Text, "民政局") {
		t.Errorf("joining says:\n%s", m.Text)
	}
	if m := boss.Ask(t, invite(t, admin, "邀请 督查室")); !strings.Contains(m.Text, "督查") {
		t.Errorf("joining says:\n%s", m.Text)
	}
	boss.Ask(t, "分派 实事5 民政局")
	return staff, boss
}

// A citizen asks; staff join by invitation and file with a photo; a supervisor returns it
// with a reason; the filer corrects it; it is accepted and a follower hears of it. A group
// hears nothing before it speaks to the bot.
func TestServe(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t)
	program := serving(t, server)
	citizen := server.Person(11, "市民")
	if m := citizen.Ask(t, "今年新增养老床位多少张"); !strings.Contains(m.Text, "3600张") || !strings.Contains(m.Text, "实事5") {
		t.Errorf("the citizen reads:\n%s", m.Text)
	}
	citizen.SayIn(-500, "今天天气不错")
	staff, boss := crew(t, server)
	citizen.Ask(t, "关注 实事5")

	photo := []byte("\xff\xd8\xff\xe0 a photo")
	staff.SendPhoto("beds", photo, "养老床位 1476")
	staff.Press(staff.ID, staff.AwaitText(t, staff.ID, "请确认"), "确认")
	staff.AwaitText(t, staff.ID, "已提交")
	boss.Press(boss.ID, boss.AwaitText(t, boss.ID, "待审核：民政局"), "去处理")
	boss.Press(boss.ID, boss.AwaitText(t, boss.ID, "1476"), "退回")
	boss.Await(t, boss.ID)
	boss.Say("照片看不清床位数")
	staff.AwaitText(t, staff.ID, "照片看不清床位数")
	sum := sha256.Sum256(photo)
	if kept, err := filepath.Glob(filepath.Join(program.data, "evidence", "*", hex.EncodeToString(sum[:]))); len(kept) != 1 {
		t.Errorf("kept of the photo: %v, %v", kept, err)
	}

	staff.Press(staff.ID, staff.Ask(t, "填报 养老床位 1500"), "确认")
	staff.AwaitText(t, staff.ID, "已提交")
	boss.Press(boss.ID, boss.AwaitText(t, boss.ID, "待审核：民政局"), "去处理")
	boss.Press(boss.ID, boss.AwaitText(t, boss.ID, "1500"), "通过")
	staff.AwaitText(t, staff.ID, "通过")
	citizen.AwaitText(t, citizen.ID, "1500")

	if got := citizen.Unread(-500); len(got) != 0 {
		t.Errorf("the group hears %d messages", len(got))
	}
	citizen.SayIn(-500, "@duban_test_bot 养老床位完成多少了")
	if m := citizen.Await(t, -500); !strings.Contains(m.Text, "1500张") {
		t.Errorf("the group reads:\n%s", m.Text)
	}
}

// The example configuration works as it stands: a token is all that is added.
func TestServeFromTheExample(t *testing.T) {
	t.Parallel()
	example, err := filepath.Abs("config.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	server := telegramtest.New(t)
	program := servingWith(t, server, t.TempDir(), nil, "--config", example)
	if m := server.Person(11, "市民").Ask(t, "今年新增养老床位多少张"); !strings.Contains(m.Text, "3600张") {
		t.Errorf("the citizen reads:\n%s", m.Text)
	}
	if _, err := os.Stat(filepath.Join(program.data, "data", "duban.db")); err != nil {
		t.Error(err)
	}
}

// freeAddress is a loopback address that nobody listens at.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String()
}

// Behind a proxy that ends TLS, as operators run it, updates come by webhook; health and
// metrics are at their own address.
func TestServeByWebhook(t *testing.T) {
	t.Parallel()
	server := telegramtest.New(t)
	hook, health := freeAddress(t), freeAddress(t)
	proxy := httptest.NewTLSServer(httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: hook}))
	defer proxy.Close()
	server.HookClient = proxy.Client()
	program := serving(t, server, "--config", writeConfig(t, fmt.Sprintf(
		"telegram:\n  mode: webhook\n  webhook_url: %s/updates\n  webhook_listen: %s\n  webhook_secret: secret-of-the-hook\nhealth: %s\n", proxy.URL, hook, health)))
	if !server.AwaitCall(20*time.Second, func(c *telegramtest.Call) bool { return c.Method == "setWebhook" && c.Applied }) {
		t.Fatalf("the webhook was not set:\n%s", program.log.String())
	}
	if m := server.Person(11, "市民").Ask(t, "今年新增养老床位多少张"); !strings.Contains(m.Text, "3600张") {
		t.Errorf("the citizen reads:\n%s", m.Text)
	}
	if n := len(server.Calls("getUpdates")); n != 0 {
		t.Errorf("%d polls", n)
	}
	forged, err := http.Post("http://"+hook+"/updates", "application/json", strings.NewReader(`{"update_id":1}`))
	if err != nil || forged.StatusCode != http.StatusNotFound {
		t.Fatalf("a call without the secret: %v, %v", forged, err)
	}
	_ = forged.Body.Close()
	for path, want := range map[string]string{
		"/healthz": "ok", "/readyz": "ready", "/metrics": `duban_lights{light="none"}`,
	} {
		if got := fetch(t, "http://"+health+path); !strings.Contains(got, want) {
			t.Errorf("%s says:\n%.600s", path, got)
		}
	}
	for _, name := range []string{"duban_updates_total 1", `duban_answers_total{result="ok"} 1`, "duban_answer_seconds_bucket", "duban_outbox_waiting", `duban_filings{state="waiting"} 0`} {
		if got := fetch(t, "http://"+health+"/metrics"); !strings.Contains(got, name) {
			t.Errorf("the metrics lack %s", name)
		}
	}
	if !strings.Contains(program.log.String(), "https://t.me/duban_test_bot") {
		t.Errorf("the first lines are:\n%s", program.log.String())
	}
}

func writeConfig(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func fetch(t *testing.T, address string) string {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// serveOnce runs serve in this process until it ends.
func serveOnce(t *testing.T, server *telegramtest.Server, token string, more ...string) (status int, said string) {
	t.Helper()
	var log bytes.Buffer
	status = run(t.Context(), world{
		args: append([]string{"serve"}, more...), stdin: strings.NewReader(""), stdout: &log, stderr: &log, now: time.Now,
		environ: []string{"TELEGRAM_BOT_TOKEN=" + token, "TELEGRAM_API_ENDPOINT=" + server.URL, "DUBAN_STORAGE_PATH=" + filepath.Join(t.TempDir(), "duban.db")},
	})
	return status, log.String()
}

// A start without a token, and with a wrong one, says what to do.
func TestServeNeedsAToken(t *testing.T) {
	t.Parallel()
	server := telegramtest.Start()
	defer server.Close()
	for token, want := range map[string]string{"": "TELEGRAM_BOT_TOKEN", "1:wrong": "令牌不对"} {
		if status, said := serveOnce(t, server, token); status == 0 || !strings.Contains(said, want) {
			t.Errorf("token %q: status %d, says:\n%s", token, status, said)
		}
	}
}

// The check asks for the token and changes nothing: no webhook is cleared.
func TestServeCheck(t *testing.T) {
	t.Parallel()
	server := telegramtest.Start()
	defer server.Close()
	if status, said := serveOnce(t, server, telegramtest.Token, "--check"); status != 0 || !strings.Contains(said, "@duban_test_bot") {
		t.Errorf("status %d, says:\n%s", status, said)
	}
	if n := len(server.Calls("")); n != 1 {
		t.Errorf("%d calls", n)
	}
	if status, said := serveOnce(t, server, "1:wrong", "--check"); status == 0 || !strings.Contains(said, "令牌不对") {
		t.Errorf("a wrong token: status %d, says:\n%s", status, said)
	}
	server.Close()
	if status, said := serveOnce(t, server, telegramtest.Token, "--check"); status == 0 || !strings.Contains(said, "telegram.proxy") || strings.Contains(said, telegramtest.Token) {
		t.Errorf("out of reach: status %d, says:\n%s", status, said)
	}
}
