package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"duban/bot/telegramtest"
	"duban/report/builtin"
)

// Fences of commands: a block of sh runs as it stands; of a console, which also shows
// commands of the system, only the lines of this program run, behind $ or #.
var (
	shBlock      = regexp.MustCompile("(?ms)^```sh\n(.*?)^```")
	consoleBlock = regexp.MustCompile("(?ms)^```console\n(.*?)^```")
	consoleLine  = regexp.MustCompile(`(?m)^[$#] ((?:[A-Z_]+=\S+ )?(?:sudo -u duban )?duban .+)$`)
	commandSpan  = regexp.MustCompile("`duban ([a-z][^`]*)`")
	testCommand  = regexp.MustCompile(`(?m)^go test ([^#\n]+)`)
	makeCommand  = regexp.MustCompile("(?m)^make ([a-z]+)|`make ([a-z]+)`")
)

// manuals are the documents that show commands.
func manuals(t *testing.T) map[string]string {
	t.Helper()
	paths, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, path := range append(paths, "README.md", "CONTRIBUTING.md") {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts[path] = string(data)
	}
	return texts
}

// Every command line of a document runs, in the order of the document, in a folder with the
// files that they name.
func TestShownCommands(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs the program for every command")
	}
	ran := 0
	for path, text := range manuals(t) {
		lines := commandsOf(text)
		if len(lines) == 0 {
			continue
		}
		ran += len(lines)
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			s := newSandbox(t)
			for _, line := range lines {
				if out, err := s.shell(line).CombinedOutput(); err != nil {
					t.Errorf("%v in\n%s\n%s", err, line, out)
				}
			}
		})
	}
	if ran < 20 {
		t.Errorf("only %d command lines were found", ran)
	}
}

// commandsOf lists the blocks and lines of a document that run, in order.
func commandsOf(text string) []string {
	var list []string
	for _, block := range regexp.MustCompile("(?ms)^```(?:sh|console)\n.*?^```").FindAllString(text, -1) {
		if found := shBlock.FindStringSubmatch(block); found != nil {
			for line := range strings.Lines(found[1]) {
				if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
					list = append(list, line)
				}
			}
			continue
		}
		for _, found := range consoleLine.FindAllStringSubmatch(consoleBlock.FindStringSubmatch(block)[1], -1) {
			list = append(list, found[1])
		}
	}
	return list
}

// sandbox is a folder with the files that documents name and a published report, for
// commands that find this program as duban.
type sandbox struct{ folder, bin, endpoint string }

// stubs take the place of programs that documents call beside this one: serve only checks
// itself, with a token that is known, go run is this program, and tests are not run inside of a test.
var stubs = map[string]string{
	"duban": "case \" $* \" in *\" --check \"*) ;; *\" serve \"*) set -- \"$@\" --check;; esac\nexport TELEGRAM_BOT_TOKEN=KNOWN\nexec REAL \"$@\"\n",
	"go":    "[ \"$1\" = run ] || exit 0\nshift 2\nexec duban \"$@\"\n",
	"make":  "exit 0\n",
	"sudo":  "shift 2\nexec \"$@\"\n",
}

func newSandbox(t *testing.T) *sandbox {
	t.Helper()
	server := telegramtest.Start()
	t.Cleanup(server.Close)
	s := &sandbox{folder: t.TempDir(), bin: t.TempDir(), endpoint: server.URL}
	real := programLink(t)
	example, err := os.ReadFile("config.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{
		"report.txt": builtin.Text(), "config.yaml": string(example), "etc/duban/config.yaml": string(example), "backups/.keep": "",
		"filings.csv":     "code,metric,date,value\n3.6.2.8,新改建农村公路,2017-07-31,824\n",
		"assignments.csv": "编号,牵头单位\n3.6.2.8,交通运输局\n",
	}
	for name, text := range files {
		s.write(t, filepath.Join(s.folder, name), text, 0o600)
	}
	for name, text := range stubs {
		s.write(t, filepath.Join(s.bin, name), "#!/bin/sh\n"+strings.NewReplacer("REAL", real, "KNOWN", telegramtest.Token).Replace(text), 0o700)
	}
	if out, err := s.shell("duban import report.txt --publish").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return s
}

func (s *sandbox) write(t *testing.T, path, text string, mode os.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

// shell is a command line in the sandbox; folders of the system are its own.
func (s *sandbox) shell(line string) *exec.Cmd {
	for _, folder := range []string{"/etc/duban", "/var/lib/duban", "/var/backups"} {
		line = strings.ReplaceAll(line, folder, filepath.Join(s.folder, strings.TrimPrefix(folder, "/var")))
	}
	c := exec.Command("sh", "-eu", "-c", line)
	c.Dir = s.folder
	c.Env = []string{"PATH=" + s.bin + ":/usr/bin:/bin", "HOME=" + s.folder, "TELEGRAM_API_ENDPOINT=" + s.endpoint}
	return c
}

// A command that a sentence names exists, with its flags.
func TestNamedCommands(t *testing.T) {
	t.Parallel()
	var c cli
	parser, err := kong.New(&c, kong.Name("duban"))
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range manuals(t) {
		for _, found := range commandSpan.FindAllStringSubmatch(text, -1) {
			words := strings.Fields(found[1])
			node := named(parser.Model.Node, words[0])
			if node == nil {
				t.Errorf("%s: no command duban %s", path, words[0])
				continue
			}
			for _, word := range words[1:] {
				if flag, ok := strings.CutPrefix(word, "--"); ok && !hasFlag(node, flag) {
					t.Errorf("%s: duban %s has no --%s", path, words[0], flag)
				}
			}
		}
	}
}

func named(root *kong.Node, name string) *kong.Node {
	i := slices.IndexFunc(root.Children, func(n *kong.Node) bool { return n.Name == name })
	if i < 0 {
		return nil
	}
	return root.Children[i]
}

func hasFlag(node *kong.Node, name string) bool {
	return slices.ContainsFunc(node.Flags, func(f *kong.Flag) bool { return f.Name == name })
}

// A test or a target of make that a document names exists.
func TestNamedTests(t *testing.T) {
	t.Parallel()
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range manuals(t) {
		for _, found := range makeCommand.FindAllStringSubmatch(text, -1) {
			if target := found[1] + found[2]; !strings.Contains(string(makefile), "\n"+target+":") {
				t.Errorf("%s: no target %s", path, target)
			}
		}
		for _, found := range testCommand.FindAllStringSubmatch(text, -1) {
			if missing := unknownTest(strings.Fields(found[1])); missing != "" {
				t.Errorf("%s: go test %s: no %s", path, found[1], missing)
			}
		}
	}
}

// unknownTest returns what the arguments of go test name and is not there.
func unknownTest(args []string) string {
	var sources strings.Builder
	wanted := []string{}
	for i, arg := range args {
		switch {
		case arg == "./...":
		case strings.HasPrefix(arg, "."):
			files, _ := filepath.Glob(filepath.Join(arg, "*_test.go"))
			for _, name := range files {
				data, _ := os.ReadFile(name)
				sources.Write(data)
			}
		case arg == "-update":
			wanted = append(wanted, `flag.Bool("update"`)
		case i > 0 && (args[i-1] == "-run" || args[i-1] == "-fuzz"):
			wanted = append(wanted, "func "+strings.Trim(arg, "'^$"))
		}
	}
	for _, w := range wanted {
		if !strings.Contains(sources.String(), w) {
			return w
		}
	}
	return ""
}

// What the manual says of an error is what the program says.
func TestNamedErrors(t *testing.T) {
	t.Parallel()
	manual, err := os.ReadFile("docs/operation.md")
	if err != nil {
		t.Fatal(err)
	}
	var sources strings.Builder
	for _, pattern := range []string{"*.go", "*/*.go", "*/*/*.go"} {
		paths, _ := filepath.Glob(pattern)
		for _, path := range paths {
			if data, err := os.ReadFile(path); err == nil && !strings.HasSuffix(path, "_test.go") {
				sources.Write(data)
			}
		}
	}
	_, rest, _ := strings.Cut(string(manual), "## Logs")
	rows := regexp.MustCompile("(?m)^\\| (`.+?) \\| ").FindAllStringSubmatch(rest, -1)
	if len(rows) < 15 {
		t.Errorf("only %d errors are explained", len(rows))
	}
	for _, row := range rows {
		for _, words := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1) {
			if !strings.Contains(sources.String(), words[1]) {
				t.Errorf("nobody says %s", words[1])
			}
		}
	}
}
