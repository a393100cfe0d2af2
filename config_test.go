package main

import (
	"math"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"duban/plan"
)

func TestExampleConfigHoldsTheDefaults(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("config.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var got Config
	if err := parseConfig(data, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(defaults(), got); diff != "" {
		t.Errorf("the example differs from the defaults (-default +example):\n%s", diff)
	}
	var keys map[string]any
	if err := yaml.Load(data, &keys); err != nil {
		t.Fatal(err)
	}
	for _, key := range keysOf(reflect.TypeFor[Config](), "") {
		var value any = keys
		for name := range strings.SplitSeq(key, ".") {
			section, _ := value.(map[string]any)
			found, ok := section[name]
			if !ok {
				t.Errorf("the example lacks %s", key)
			}
			value = found
		}
	}
}

// keysOf lists the YAML keys of a struct.
func keysOf(t reflect.Type, prefix string) []string {
	var keys []string
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Tag.Get("yaml") == "-" {
			continue
		}
		key := prefix + f.Tag.Get("yaml")
		if f.Type.Kind() == reflect.Struct {
			keys = append(keys, keysOf(f.Type, key+".")...)
			continue
		}
		keys = append(keys, key)
	}
	return keys
}

func TestConfigErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, yaml, want string }{
		{"unknown key", "storage:\n  pathh: a.db\n", "第2行"},
		{"unknown section", "\nstore: {}\n", "第2行"},
		{"wrong type", "import:\n  max_bytes: many\n", "第2行"},
		{"broken", "storage: [\n", "第2行"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var config Config
			err := parseConfig([]byte(c.yaml), &config)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}

func TestConfigOrder(t *testing.T) {
	t.Parallel()
	path := t.TempDir() + "/duban.yaml"
	if err := os.WriteFile(path, []byte("storage:\n  path: file.db\ntime_zone: UTC\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := loadConfig(path, []string{"DUBAN_STORAGE_PATH=environ.db", "OTHER=1"})
	if err != nil {
		t.Fatal(err)
	}
	if c.Storage.Path != "environ.db" || c.TimeZone != "UTC" || c.Log.Level != "warn" {
		t.Errorf("got %+v", c)
	}
}

func TestEnvironment(t *testing.T) {
	t.Parallel()
	c, err := loadConfig("", []string{
		"DUBAN_REVIEW=none", "DUBAN_LIGHTS_RED=25.5", "DUBAN_LIGHTS_RATE_TOLERANCE=0.1", "DUBAN_TELEGRAM_ADMINS=7, 12", "DUBAN_HEAD_SIGNS=false",
	})
	if err != nil {
		t.Fatal(err)
	}
	rules := plan.Rules{Green: plan.NewDecimal(10, 0), Red: plan.NewDecimal(255, 1), RateTolerance: plan.NewDecimal(1, 1), NearTolerance: plan.NewDecimal(5, 0)}
	if c.rules() != rules || !c.storage().Review.AtOnce || c.storage().Review.Signed || len(c.Telegram.Admins) != 2 || c.Telegram.Admins[1] != 12 {
		t.Errorf("got %+v", c)
	}
	if d := defaults(); d.rules() != plan.DefaultRules() {
		t.Errorf("default borders %+v", d.rules())
	}
	for _, entry := range []string{"DUBAN_LIGHTS_RED=much", "DUBAN_TELEGRAM_ADMINS=me", "DUBAN_HEAD_SIGNS=perhaps", "DUBAN_IMPORT_MAX_BYTES=1.5"} {
		name, _, _ := strings.Cut(entry, "=")
		if _, err := loadConfig("", []string{entry}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", entry, err)
		}
	}
}

// TestKeysOfTheContract reads the keys that scripts rely on.
func TestKeysOfTheContract(t *testing.T) {
	t.Parallel()
	c := defaults()
	err := parseConfig([]byte("telegram:\n  mode: polling\n  admins: [7]\n  proxy: socks5://127.0.0.1:1080\n  limits: {global: 0, chat: 2, group: 0.5}\n"+
		"storage: {path: k.db}\nplan: {reports: [a.txt]}\ntime_zone: UTC\nreview: none\n"), &c)
	if err == nil {
		err = c.Validate()
	}
	if err != nil {
		t.Fatal(err)
	}
	if c.Telegram.Mode != modePolling || c.Telegram.Limits != (limits{Chat: 2, Group: 0.5}) || c.Telegram.Admins[0] != 7 || c.Telegram.Proxy == "" ||
		c.Storage.Path != "k.db" || c.Plan.Reports[0] != "a.txt" || c.TimeZone != "UTC" || c.Review != reviewNone {
		t.Errorf("got %+v", c)
	}
	c, err = loadConfig("", []string{"DUBAN_TELEGRAM_LIMITS_GROUP=0", "DUBAN_TELEGRAM_PROXY=http://127.0.0.1:1"})
	if err != nil || c.Telegram.Limits != (limits{Global: 30, Chat: 1}) || c.Telegram.Proxy == "" {
		t.Errorf("from the environment: %+v, %v", c.Telegram, err)
	}
}

func TestValidate(t *testing.T) {
	t.Parallel()
	for key, spoil := range map[string]func(*Config){
		"storage.path":     func(c *Config) { c.Storage.Path = "" },
		"import.max_bytes": func(c *Config) { c.Import.MaxBytes = 0 },
		"log.level":        func(c *Config) { c.Log.Level = "loud" },
		"time_zone":        func(c *Config) { c.TimeZone = "Mars/Olympus" },
		"review":           func(c *Config) { c.Review = "sometimes" },
		"head_signs":       func(c *Config) { c.HeadSigns, c.Review = true, reviewNone },
		"telegram.mode":    func(c *Config) { c.Telegram.Mode = "push" },
		"telegram.limits":  func(c *Config) { c.Telegram.Limits.Chat = -1 },
		"telegram.webhook": func(c *Config) { c.Telegram.Mode = modeWebhook },
		"mode: polling":    func(c *Config) { c.Telegram.WebhookURL = "https://x" },
		"telegram.admins":  func(c *Config) { c.Telegram.Admins = []int64{7, -100} },
		"retention_days":   func(c *Config) { c.Retention = 30 },
		"backup.hour":      func(c *Config) { c.Backup.Hour = 24 },
		"backup.keep":      func(c *Config) { c.Backup.Keep = -1 },
		"lights.green":     func(c *Config) { c.Lights.Green = 31 },
		"lights.red":       func(c *Config) { c.Lights.Red = 101 },

		"lights.rate_tolerance": func(c *Config) { c.Lights.RateTolerance = -1 },
		"lights.near_tolerance": func(c *Config) { c.Lights.NearTolerance = math.NaN() },
	} {
		c := defaults()
		spoil(&c)
		if err := c.Validate(); err == nil || !strings.Contains(err.Error(), key) {
			t.Errorf("%s: error %v does not name the key", key, err)
		}
	}
}
