package bot_test

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/telegramtest"
)

// nodeVariable turns on the tests with packages of npm, which are fetched.
const nodeVariable = "DUBAN_FOREIGN"

// npm fetches packages into a folder of the test; it skips where that cannot be.
func npm(t *testing.T, packages ...string) string {
	t.Helper()
	if os.Getenv(nodeVariable) == "" {
		t.Skip("set " + nodeVariable + "=1 to run clients and servers of npm")
	}
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("Node is not here")
	}
	folder := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
	defer cancel()
	command := exec.CommandContext(ctx, "npm", append([]string{"install", "--no-audit", "--no-fund", "--silent"}, packages...)...)
	command.Dir = folder
	if out, err := command.CombinedOutput(); err != nil {
		t.Skipf("npm: %v %s", err, out)
	}
	return folder
}

// node runs a script with the packages of a folder until the test ends.
func node(t *testing.T, folder, script string, args ...string) (io.WriteCloser, *bufio.Scanner) {
	t.Helper()
	source, err := os.ReadFile(filepath.Join("testdata", script))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, script)
	if err := os.WriteFile(path, source, 0o600); err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), "node", append([]string{path}, args...)...)
	child.Dir, child.Stderr = folder, os.Stderr
	stdin, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = stdin.Close()
		_ = child.Process.Kill()
		_ = child.Wait()
	})
	return stdin, bufio.NewScanner(stdout)
}

// TestNodeClients: bots of other libraries work with our server.
func TestNodeClients(t *testing.T) {
	folder := npm(t, "grammy", "telegraf")
	for _, library := range []string{"grammy", "telegraf"} {
		t.Run(library, func(t *testing.T) {
			s := telegramtest.New(t)
			stdin, _ := node(t, folder, "node_clients.js", library, s.URL, telegramtest.Token)
			p := s.Person(5, "甲")
			m := p.Ask(t, "你好")
			if m.Text != "<b>你好</b>" || len(m.Buttons) != 1 {
				t.Errorf("%+v", m)
			}
			query := p.Press(5, m, "按")
			eventually(t, "the button", func() bool { return s.Answered(query) == 1 && s.Messages(5)[0].Text == "改过" })
			_ = stdin.Close()
		})
	}
}

// TestNodeServer: the bot works with the server of npm, which knows nine methods, waits for
// nothing and fails where it is asked for a menu.
func TestNodeServer(t *testing.T) {
	folder := npm(t, "telegram-test-api@4.2.1")
	stdin, out := node(t, folder, "node_server.js", telegramtest.Token)
	if !out.Scan() {
		t.Fatal("the server did not start")
	}
	address := out.Text()
	c := prepare(t, func(o *bot.Options) { o.Endpoint = address })
	c.run(t)
	for _, say := range []struct{ text, want string }{{question, answer}, {"/start item_3_6_2_5", ""}, {"/list", ""}} {
		if _, err := io.WriteString(stdin, say.text+"\n"); err != nil {
			t.Fatal(err)
		}
		if !out.Scan() || !strings.Contains(out.Text(), say.want) {
			t.Errorf("%q: %q", say.text, out.Text())
		}
	}
	eventually(t, "the refusal of the menu", func() bool { return strings.Contains(c.log.String(), "menu was not set") })
}
