package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/prometheus/client_golang/prometheus"
	"go.yaml.in/yaml/v4"

	"duban/bot"
	"duban/storage"
)

// exported are the names of the metrics that the program registers.
func exported(t *testing.T) []string {
	t.Helper()
	registry := prometheus.NewRegistry()
	bot.NewMetrics(registry)
	registry.MustRegister(&standingMetrics{}, newJobFailures())
	descriptions := make(chan *prometheus.Desc, 100)
	registry.Describe(descriptions)
	close(descriptions)
	var names []string
	for d := range descriptions {
		found := regexp.MustCompile(`fqName: "([^"]+)"`).FindStringSubmatch(d.String())
		if found == nil {
			t.Fatalf("no name in %s", d)
		}
		names = append(names, found[1])
	}
	return names
}

// The dashboard shows metrics that the program exports, and leaves none out.
func TestDashboard(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("deploy/grafana.json")
	if err != nil {
		t.Fatal(err)
	}
	var dashboard struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(data, &dashboard); err != nil {
		t.Fatal(err)
	}
	names, used := exported(t), map[string]bool{}
	for _, p := range dashboard.Panels {
		for _, target := range p.Targets {
			for _, name := range regexp.MustCompile(`duban_\w+`).FindAllString(target.Expr, -1) {
				for _, part := range []string{"_bucket", "_sum", "_count"} {
					name = strings.TrimSuffix(name, part)
				}
				used[name] = true
				if !slices.Contains(names, name) {
					t.Errorf("%s asks for %s, which the program does not export", p.Title, name)
				}
			}
		}
	}
	for _, name := range names {
		if !used[name] {
			t.Errorf("the dashboard does not show %s", name)
		}
	}
}

// parses reports whether a command line of the program is one.
func parses(t *testing.T, args []string) {
	t.Helper()
	var c cli
	parser, err := kong.New(&c, kong.Name("duban"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(args); err != nil {
		t.Errorf("duban %s: %v", strings.Join(args, " "), err)
	}
}

// The unit of systemd runs command lines that exist, with variables that are read.
func TestUnit(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("deploy/duban.service")
	if err != nil {
		t.Fatal(err)
	}
	lines := regexp.MustCompile(`(?m)^ExecStart=/usr/local/bin/duban (.+)$`).FindAllStringSubmatch(string(data), -1)
	if len(lines) != 1 {
		t.Fatalf("%d commands", len(lines))
	}
	for _, line := range lines {
		parses(t, strings.Fields(line[1]))
	}
	for _, found := range regexp.MustCompile(`(?m)^Environment=(\w+)=`).FindAllStringSubmatch(string(data), -1) {
		known(t, found[1])
	}
}

// known checks that an environment variable is read by somebody.
func known(t *testing.T, name string) {
	t.Helper()
	var c Config
	if _, ok := c.settings()[name]; !ok && !slices.Contains([]string{"TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_TOKEN_FILE", "TELEGRAM_API_ENDPOINT"}, name) {
		t.Errorf("nobody reads %s", name)
	}
}

// The container asks the program itself whether it is well, and sets what is read.
func TestCompose(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("deploy/compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Services map[string]struct {
			Environment map[string]string `yaml:"environment"`
			Volumes     []string          `yaml:"volumes"`
			Healthcheck struct {
				Test []string `yaml:"test"`
			} `yaml:"healthcheck"`
		} `yaml:"services"`
	}
	if err := yaml.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	service := file.Services["duban"]
	for name := range service.Environment {
		known(t, name)
	}
	ask := service.Healthcheck.Test
	if len(ask) < 3 || ask[0] != "CMD" || ask[1] != "/duban" || !loopback(service.Environment["DUBAN_HEALTH"]) {
		t.Fatalf("the health check is %v at %s", ask, service.Environment["DUBAN_HEALTH"])
	}
	parses(t, ask[2:])
	if !slices.Contains(service.Volumes, "data:/data") {
		t.Errorf("the data is kept in %v", service.Volumes)
	}
}

// The manual names every variable that is read.
func TestVariablesInTheManual(t *testing.T) {
	t.Parallel()
	manual := manuals(t)["docs/operation.md"]
	var c Config
	for name := range c.settings() {
		if !strings.Contains(manual, "`"+name+"`") {
			t.Errorf("the manual does not name %s", name)
		}
	}
}

// The manual names the schema of the databases that this program writes.
func TestSchemaInTheManual(t *testing.T) {
	t.Parallel()
	db, err := storage.OpenTemporary()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	contents, err := db.Contents(t.Context())
	if want := fmt.Sprintf("(now %d)", contents.Newest); err != nil || !strings.Contains(manuals(t)["docs/operation.md"], want) {
		t.Errorf("the manual does not say %s: %v", want, err)
	}
}
