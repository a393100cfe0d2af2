package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"duban/bot"
	"duban/plan"
	"duban/report/document"
	"duban/schedule"
	"duban/storage"
)

// Config is everything that can be set: defaults, then the file, then the environment,
// then flags. Nothing else reads the environment.
type Config struct {
	Storage struct {
		Path string `yaml:"path"` // database file
	} `yaml:"storage"`
	Plan struct {
		Reports []string `yaml:"reports"` // files to load at first start; none is the built-in report
	} `yaml:"plan"`
	Import struct {
		MaxBytes int64 `yaml:"max_bytes"` // larger files are refused
	} `yaml:"import"`
	Backup   backupConfig   `yaml:"backup"`
	Telegram telegramConfig `yaml:"telegram"`
	Lights   struct {
		Green         float64 `yaml:"green"`          // percentage points behind schedule under which a light is green
		Red           float64 `yaml:"red"`            // over which it is red
		RateTolerance float64 `yaml:"rate_tolerance"` // percentage points that a rate may lack
		NearTolerance float64 `yaml:"near_tolerance"` // percent of the target that a count with 左右 may lack
	} `yaml:"lights"`
	Log struct {
		Level string `yaml:"level"` // debug, info, warn, error
	} `yaml:"log"`
	Health    string          `yaml:"health"`         // loopback address of health and metrics; empty is off
	Schedule  schedule.Config `yaml:"schedule"`       // of reminders and digests
	Review    string          `yaml:"review"`         // required: filings count once a supervisor accepts them; none: at once
	HeadSigns bool            `yaml:"head_signs"`     // the department's head signs before the review
	Retention int             `yaml:"retention_days"` // that personal text of people who left and answered feedback stays; 0 is for ever
	TimeZone  string          `yaml:"time_zone"`      // IANA name of the zone that days are counted in
	CacheDir  string          `yaml:"cache_dir"`      // folder for the compiled PDF engine; empty is the user's own

	Unknown []string `yaml:"-"` // variables DUBAN_… that nobody reads
}

// Values of Config.Review.
const (
	reviewRequired = "required"
	reviewNone     = "none"
)

// defaults returns the configuration of a program that was told nothing.
func defaults() Config {
	var c Config
	c.Storage.Path = "data/duban.db"
	c.Plan.Reports = []string{}
	c.Telegram.Admins = []int64{}
	c.Telegram.Mode, c.Telegram.Limits = modePolling, limits(bot.DefaultLimits())
	c.Lights.Green, c.Lights.Red, c.Lights.RateTolerance, c.Lights.NearTolerance = 10, 30, 0.5, 5
	c.Review = reviewRequired
	c.Backup = defaultBackup()
	c.Retention = 730
	c.Import.MaxBytes = document.DefaultMaxBytes
	c.Log.Level = "warn"
	c.Schedule = schedule.DefaultConfig()
	c.TimeZone = "Asia/Shanghai"
	return c
}

// loadConfig reads the file (none for ""), then the environment, and validates.
func loadConfig(path string, environ []string) (Config, error) {
	c := defaults()
	if path != "" {
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return c, fmt.Errorf("配置文件 %s 不存在；请检查 --config 的路径", path)
		}
		if err != nil {
			return c, fmt.Errorf("配置文件 %s 读不了（%s）；请检查 --config 的路径和权限", path, why(err))
		}
		if err := parseConfig(data, &c); err != nil {
			return c, fmt.Errorf("配置文件 %s 有误：%w", path, err)
		}
	}
	if err := c.fromEnviron(environ); err != nil {
		return c, err
	}
	c.Telegram.secrets(environ)
	return c, c.Validate()
}

// fromEnviron reads the variables DUBAN_…, one for every key but the list of reports and the
// schedule. Others of that name change nothing; they are kept so that somebody hears of it.
func (c *Config) fromEnviron(environ []string) error {
	settings := c.settings()
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		set, ok := settings[name]
		if !ok {
			if strings.HasPrefix(name, "DUBAN_") {
				c.Unknown = append(c.Unknown, name)
			}
			continue
		}
		if err := set(value); err != nil {
			return fmt.Errorf("环境变量 %s %w，现在是 %q", name, err, value)
		}
	}
	return nil
}

// settings says how each variable is read.
func (c *Config) settings() map[string]func(string) error {
	return map[string]func(string) error{
		"DUBAN_STORAGE_PATH":          text(&c.Storage.Path),
		"DUBAN_TIME_ZONE":             text(&c.TimeZone),
		"DUBAN_LOG_LEVEL":             text(&c.Log.Level),
		"DUBAN_CACHE_DIR":             text(&c.CacheDir),
		"DUBAN_REVIEW":                text(&c.Review),
		"DUBAN_HEAD_SIGNS":            parsed(&c.HeadSigns, strconv.ParseBool, "应是 true 或 false"),
		"DUBAN_IMPORT_MAX_BYTES":      parsed(&c.Import.MaxBytes, parseInt, "应是整数"),
		"DUBAN_LIGHTS_GREEN":          parsed(&c.Lights.Green, parseFloat, "应是数字"),
		"DUBAN_LIGHTS_RED":            parsed(&c.Lights.Red, parseFloat, "应是数字"),
		"DUBAN_LIGHTS_RATE_TOLERANCE": parsed(&c.Lights.RateTolerance, parseFloat, "应是数字"),
		"DUBAN_LIGHTS_NEAR_TOLERANCE": parsed(&c.Lights.NearTolerance, parseFloat, "应是数字"),
		"DUBAN_HEALTH":                text(&c.Health),
		"DUBAN_RETENTION_DAYS":        parsed(&c.Retention, strconv.Atoi, "应是整数"),
		"DUBAN_BACKUP_HOUR":           parsed(&c.Backup.Hour, strconv.Atoi, "应是整数"),
		"DUBAN_BACKUP_FOLDER":         text(&c.Backup.Folder),
		"DUBAN_BACKUP_KEEP":           parsed(&c.Backup.Keep, strconv.Atoi, "应是整数"),

		"DUBAN_TELEGRAM_MODE":           text(&c.Telegram.Mode),
		"DUBAN_TELEGRAM_ADMINS":         parsed(&c.Telegram.Admins, parseInts, "应是用逗号隔开的数字"),
		"DUBAN_TELEGRAM_PROXY":          text(&c.Telegram.Proxy),
		"DUBAN_TELEGRAM_LIMITS_GLOBAL":  parsed(&c.Telegram.Limits.Global, parseFloat, "应是数字"),
		"DUBAN_TELEGRAM_LIMITS_CHAT":    parsed(&c.Telegram.Limits.Chat, parseFloat, "应是数字"),
		"DUBAN_TELEGRAM_LIMITS_GROUP":   parsed(&c.Telegram.Limits.Group, parseFloat, "应是数字"),
		"DUBAN_TELEGRAM_WEBHOOK_URL":    text(&c.Telegram.WebhookURL),
		"DUBAN_TELEGRAM_WEBHOOK_LISTEN": text(&c.Telegram.WebhookListen),
		"DUBAN_TELEGRAM_WEBHOOK_SECRET": text(&c.Telegram.WebhookSecret),
	}
}

func text(to *string) func(string) error {
	return func(value string) error { *to = value; return nil }
}

// parsed reads a value with parse; want says what it should have been.
func parsed[T any](to *T, parse func(string) (T, error), want string) func(string) error {
	return func(value string) error {
		v, err := parse(value)
		if err != nil {
			return errors.New(want)
		}
		*to = v
		return nil
	}
}

func parseInt(s string) (int64, error)     { return strconv.ParseInt(strings.TrimSpace(s), 10, 64) }
func parseFloat(s string) (float64, error) { return strconv.ParseFloat(s, 64) }

func parseInts(s string) ([]int64, error) {
	list := []int64{}
	for field := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == ' ' || r == '，' }) {
		n, err := parseInt(field)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, nil
}

// Validate reports the first setting that cannot work, with its key.
func (c *Config) Validate() error {
	var level slog.Level
	switch {
	case c.Storage.Path == "":
		return errors.New("storage.path 不能为空；请写数据库文件的位置，如 data/duban.db")
	case c.Import.MaxBytes <= 0:
		return fmt.Errorf("import.max_bytes 应大于 0，现在是 %d", c.Import.MaxBytes)
	case level.UnmarshalText([]byte(c.Log.Level)) != nil:
		return fmt.Errorf("log.level 应是 debug、info、warn 或 error，现在是 %q", c.Log.Level)
	case c.Review != reviewRequired && c.Review != reviewNone:
		return fmt.Errorf("review 应是 required（要审核）或 none（不审核），现在是 %q", c.Review)
	case c.Retention != 0 && c.Retention < leastRetention:
		return fmt.Errorf("retention_days 应是 0（一直保留）或至少 %d 天，现在是 %d", leastRetention, c.Retention)
	case c.HeadSigns && c.Review == reviewNone:
		return errors.New("head_signs: true 与 review: none 矛盾；要负责人签字就得 review: required")
	}
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil || c.TimeZone == "" {
		return fmt.Errorf("time_zone %q 不认识；请写 Asia/Shanghai 这样的名字", c.TimeZone)
	}
	if _, err := c.Schedule.Settings(zone); err != nil {
		return fmt.Errorf("schedule：%w", err)
	}
	if err := cmp.Or(c.Backup.validate(), c.Telegram.validate()); err != nil {
		return err
	}
	if c.Health != "" && (!loopback(c.Health) || !listenable(c.Health)) {
		return fmt.Errorf("health 应是本机地址，如 127.0.0.1:9090，现在是 %q", c.Health)
	}
	return c.validateLights()
}

func (c *Config) validateLights() error {
	l := c.Lights
	for _, border := range []struct {
		key   string
		value float64
	}{{"green", l.Green}, {"red", l.Red}, {"rate_tolerance", l.RateTolerance}, {"near_tolerance", l.NearTolerance}} {
		if !(border.value >= 0 && border.value <= 100) {
			return fmt.Errorf("lights.%s 应在 0 到 100 之间，现在是 %v", border.key, border.value)
		}
	}
	if l.Green > l.Red {
		return fmt.Errorf("lights.green（%v）不能大于 lights.red（%v）", l.Green, l.Red)
	}
	return nil
}

// rules are the borders of lights.
func (c *Config) rules() plan.Rules {
	return plan.Rules{
		Green: decimalOf(c.Lights.Green), Red: decimalOf(c.Lights.Red),
		RateTolerance: decimalOf(c.Lights.RateTolerance), NearTolerance: decimalOf(c.Lights.NearTolerance),
	}
}

// decimalOf takes a setting as it was written: 0.1 is a tenth.
func decimalOf(value float64) plan.Decimal {
	r, ok := new(big.Rat).SetString(strconv.FormatFloat(value, 'f', -1, 64))
	if !ok {
		return plan.Decimal{}
	}
	return plan.NewDecimalRat(r)
}

// storage says how databases are opened.
func (c *Config) storage() storage.Options {
	return storage.Options{Review: storage.Policy{AtOnce: c.Review == reviewNone, Signed: c.HeadSigns}}
}

// engineCache is the folder for the compiled PDF engine, "" where there is none.
func (c *Config) engineCache() string {
	if c.CacheDir != "" {
		return c.CacheDir
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "duban")
}
