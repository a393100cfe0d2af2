package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"duban/report/document"
	"duban/schedule"
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
	Log struct {
		Level string `yaml:"level"` // debug, info, warn, error
	} `yaml:"log"`
	Schedule schedule.Config `yaml:"schedule"`  // of reminders and digests
	TimeZone string          `yaml:"time_zone"` // IANA name of the zone that days are counted in
	CacheDir string          `yaml:"cache_dir"` // folder for the compiled PDF engine; empty is the user's own
}

// defaults returns the configuration of a program that was told nothing.
func defaults() Config {
	var c Config
	c.Storage.Path = "data/duban.db"
	c.Plan.Reports = []string{}
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
			return c, fmt.Errorf("配置文件 %s 读不了：%w", path, err)
		}
		if err := parseConfig(data, &c); err != nil {
			return c, fmt.Errorf("配置文件 %s 有误：%w", path, err)
		}
	}
	if err := c.fromEnviron(environ); err != nil {
		return c, err
	}
	return c, c.Validate()
}

// parseConfig reads strict YAML: a key that is not known is an error with its line and
// column.
func parseConfig(data []byte, c *Config) error {
	if len(strings.TrimSpace(string(data))) == 0 {
		return nil
	}
	return yaml.Load(data, c, yaml.WithKnownFields())
}

// fromEnviron reads the variables DUBAN_…, one for every key but the list.
func (c *Config) fromEnviron(environ []string) error {
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		switch name {
		case "DUBAN_STORAGE_PATH":
			c.Storage.Path = value
		case "DUBAN_TIME_ZONE":
			c.TimeZone = value
		case "DUBAN_LOG_LEVEL":
			c.Log.Level = value
		case "DUBAN_CACHE_DIR":
			c.CacheDir = value
		case "DUBAN_IMPORT_MAX_BYTES":
			n, err := strconv.ParseInt(value, 10, 64)
			if err != nil {
				return fmt.Errorf("环境变量 %s 应是整数，现在是 %q", name, value)
			}
			c.Import.MaxBytes = n
		}
	}
	return nil
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
	}
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil || c.TimeZone == "" {
		return fmt.Errorf("time_zone %q 不认识；请写 Asia/Shanghai 这样的名字", c.TimeZone)
	}
	if _, err := c.Schedule.Settings(zone); err != nil {
		return fmt.Errorf("schedule：%w", err)
	}
	return nil
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
