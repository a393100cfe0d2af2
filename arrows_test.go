package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// arrows says which packages of ours each package may import; main may import all.
var arrows = map[string][]string{
	"plan":              {},
	"report":            {"plan"},
	"report/builtin":    {},
	"report/document":   {},
	"ask":               {"plan"},
	"render":            {"plan", "ask"},
	"commands":          {"plan", "ask", "render", "report", "report/document", "schedule/calendar"},
	"schedule":          {"plan", "render", "schedule/calendar"},
	"schedule/calendar": {},
	"storage":           {"plan"},
	"bot":               {"commands", "render", "plan"},
	"bot/telegramtest":  {},
}

// confined libraries stay inside one package.
var confined = map[string]string{
	"go.etcd.io/bbolt":                                   "storage",
	"github.com/klippa-app/go-pdfium":                    "report/document",
	"github.com/robfig/cron/v3":                          "schedule",
	"github.com/go-telegram-bot-api/telegram-bot-api/v5": "bot",
}

func TestArrows(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "duban" {
			continue
		}
		name := strings.TrimPrefix(fields[0], "duban/")
		allowed, known := arrows[name]
		if !known {
			t.Errorf("package %s is not in the design", name)
		}
		seen++
		for _, path := range fields[1:] {
			if ours, ok := strings.CutPrefix(path, "duban/"); ok && !slices.Contains(allowed, ours) {
				t.Errorf("%s imports %s against the arrows", name, ours)
			}
			if name == "plan" && strings.Contains(strings.Split(path, "/")[0], ".") {
				t.Errorf("plan imports %s; it may use the standard library only", path)
			}
			for library, home := range confined {
				if strings.HasPrefix(path, library) && name != home {
					t.Errorf("%s imports %s, which belongs to %s", name, library, home)
				}
			}
		}
	}
	if seen < 8 {
		t.Errorf("only %d packages were listed", seen)
	}
}
