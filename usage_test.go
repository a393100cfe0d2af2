package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// Every wrong command line is answered in one Chinese sentence with the help of its command.
func TestUsage(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"":                          "要写一个命令：serve、chat、ask、extract、import 等；用法见 duban --help",
		"foo":                       "没有 foo 这个命令；用法见 duban --help",
		"expor":                     "没有 expor 这个命令，也许是 export；用法见 duban --help",
		"--nope":                    "没有 --nope 这个选项；用法见 duban --help",
		"backup":                    "缺少选项 --output=FILE；用法见 duban backup --help",
		"simulate":                  "缺少选项 --from=DATE, --to=DATE；用法见 duban simulate --help",
		"import":                    "后面要写 <file>；用法见 duban import --help",
		"import a b":                "多了 b；用法见 duban import --help",
		"import a --year x":         "--year 应是整数，现在是 x；用法见 duban import --help",
		"import a --yess":           "没有 --yess 这个选项，也许是 --yes、--year；用法见 duban import --help",
		"import a --yes=vielleicht": "--yes 应是 true 或 false，现在是 vielleicht；用法见 duban import --help",
		"status --format x":         "--format 应是 table、json、csv、xlsx 之一，现在是 x；用法见 duban status --help",
		"digest --period x":         "--period 应是 week、month、quarter 之一，现在是 x；用法见 duban digest --help",
		"proof":                     "后面要写 export、import 之一；用法见 duban proof --help",
		"proof export":              "缺少选项 --output=FILE；用法见 duban proof export --help",
		"filings":                   "后面要写 import；用法见 duban filings --help",
		"ask --report":              "--report 后面要写一个值；用法见 duban ask --help",
		"ask --report a --db b":     "--report 和 --db 不能同用；用法见 duban ask --help",
		"status --as-of morgen":     "应写成 2017-06-30；用法见 duban status --help",
		"export --format csv":       "要用 -o 写明位置；用法见 duban export --help",
		"chat --demo --db a.db":     "不能和 --db 同用；用法见 duban chat --help",
		"help nope":                 "没有 nope 这个命令；用法见 duban --help",
	} {
		status, said := said(t, strings.Fields(line)...)
		if status != exitUsage || !strings.HasPrefix(said, "duban: ") || !strings.HasSuffix(said, want+"\n") || strings.Count(said, "\n") != 1 {
			t.Errorf("duban %s: status %d, says\n%s", line, status, said)
		}
	}
}

// What people try first works.
func TestFamiliarWords(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"--version": "duban ", "version": "duban ", "help": "Usage: duban <command>", "--help": "Usage: duban <command>",
		"help backup": "Usage: duban backup", "help proof export": "Usage: duban proof export",
	} {
		if status, said := said(t, strings.Fields(line)...); status != exitDone || !strings.HasPrefix(said, want) {
			t.Errorf("duban %s: status %d, says\n%s", line, status, said)
		}
	}
}

// said runs a command line that needs nothing from outside.
func said(t *testing.T, args ...string) (status int, text string) {
	t.Helper()
	var out bytes.Buffer
	status = run(t.Context(), world{args: args, stdin: strings.NewReader(""), stdout: &out, stderr: &out, now: time.Now})
	return status, out.String()
}
