package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A file that does not fit is answered with the line, the key and what works there, in words
// of the file and none of the program's own types.
func TestConfigMistakes(t *testing.T) {
	t.Parallel()
	for yaml, want := range map[string]string{
		"storage:\n  pathh: x\n":                    "第2行：不认识的项 storage.pathh；storage 下可用的有 path",
		"foo: 1\n":                                  "第1行：不认识的项 foo；这里可用的有 storage、plan、",
		"schedule:\n  hours: 9\n":                   "第2行：不认识的项 schedule.hours；schedule 下可用的有 wake、hour、",
		"backup: off\n":                             "第1行：backup 下应分行写各项，可用的有 hour、folder、keep",
		"telegram:\n  limits: 3\n":                  "第2行：telegram.limits 下应分行写各项，可用的有 global、chat、group",
		"- a\n":                                     "第1行：这里应分行写各项",
		"backup:\n  hour: x\n":                      `第2行：backup.hour 应是整数，现在是 "x"`,
		"backup:\n  keep: [1]\n":                    "第2行：backup.keep 应是整数",
		"schedule:\n  hour: 9.5\n":                  `第2行：schedule.hour 应是整数，现在是 "9.5"`,
		"import:\n  max_bytes: 20MB\n":              `第2行：import.max_bytes 应是整数，现在是 "20MB"`,
		"lights:\n  green: 少\n":                     `第2行：lights.green 应是数字，现在是 "少"`,
		"head_signs: maybe\n":                       "第1行：head_signs 应是 true 或 false",
		"plan:\n  reports: a.txt\n":                 "第2行：plan.reports 应是列表",
		"telegram:\n  admins:\n    - 1\n    - 张三\n": `第4行：telegram.admins 应是整数，现在是 "张三"`,
		"review: none\nreview: required\n":          "第2行：review 在第1行已经写过",
		"telegram:\n  token: 1:a\n":                 "TELEGRAM_BOT_TOKEN_FILE",
		"bot_token: 1:a\n":                          "TELEGRAM_BOT_TOKEN_FILE",
		"storage:\n\tpath: x\n":                     "第2行写法不对",
		"a: b: c\n":                                 "第1行写法不对",
		"review: none\n---\nreview: none\n":         "只能有一份文档",
	} {
		c := defaults()
		err := parseConfig([]byte(yaml), &c)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", yaml, err, want)
			continue
		}
		for _, inner := range []string{"main.", "struct", "!!", "yaml", "construct"} {
			if strings.Contains(err.Error(), inner) {
				t.Errorf("%q: the sentence shows the program's inside: %v", yaml, err)
			}
		}
	}
}

// What says nothing changes nothing.
func TestConfigOfComments(t *testing.T) {
	t.Parallel()
	for _, yaml := range []string{"", "\n", "# review: none\n", "\ufeff# a\n  # b\n", "---\n# a\n", "storage:\n", "review:\n"} {
		c := defaults()
		if err := parseConfig([]byte(yaml), &c); err != nil || c.Review != reviewRequired || c.Storage.Path != defaults().Storage.Path {
			t.Errorf("%q: %v, %+v", yaml, err, c)
		}
	}
}

// A token in the environment goes before one in a file, in whatever order they come; a file
// without a good one is named, to who needs a token only.
func TestTokenPlaces(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return "TELEGRAM_BOT_TOKEN_FILE=" + path
	}
	good := file("good", "1:file\n")
	for _, c := range []struct {
		environ []string
		token   string
		want    string
	}{
		{nil, "", "没有令牌"},
		{[]string{good}, "1:file", ""},
		{[]string{good, "TELEGRAM_BOT_TOKEN=1:own"}, "1:own", ""},
		{[]string{"TELEGRAM_BOT_TOKEN=1:own", good}, "1:own", ""},
		{[]string{"TELEGRAM_BOT_TOKEN=", good}, "1:file", ""},
		{[]string{"TELEGRAM_BOT_TOKEN=1:own", "TELEGRAM_BOT_TOKEN_FILE=/none"}, "1:own", ""},
		{[]string{"TELEGRAM_BOT_TOKEN_FILE=/none"}, "", "令牌文件 /none 不存在；请"},
		{[]string{"TELEGRAM_BOT_TOKEN_FILE=" + folder}, "", "令牌文件 " + folder + " 读不了"},
		{[]string{file("empty", " \n")}, "", "empty 是空的；请"},
		{[]string{file("bad", "令牌")}, "令牌", "重新复制到令牌文件 "},
		{[]string{"TELEGRAM_BOT_TOKEN=x"}, "x", "重新复制到环境变量 TELEGRAM_BOT_TOKEN"},
	} {
		config, err := loadConfig("", c.environ)
		if err != nil || config.Telegram.Token != c.token {
			t.Errorf("%v: token %q, %v", c.environ, config.Telegram.Token, err)
		}
		err = config.Telegram.validateToken()
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %s", c.environ, err, c.want)
		}
	}
}

// The address of the Bot API is one that can be called.
func TestEndpoint(t *testing.T) {
	t.Parallel()
	for endpoint, good := range map[string]bool{
		"foo": false, "api.telegram.org": false, "ftp://a.example": false, "https://": false, "localhost:8081": false,
		"http://127.0.0.1:8081": true, "https://api.telegram.org/": true, "": true,
	} {
		if _, err := loadConfig("", []string{"TELEGRAM_API_ENDPOINT=" + endpoint}); (err == nil) != good {
			t.Errorf("%q: %v", endpoint, err)
		}
	}
}

// A variable that looks like a setting and is none is named.
func TestUnknownVariables(t *testing.T) {
	t.Parallel()
	c, err := loadConfig("", []string{"DUBAN_REVEIW=none", "DUBAN_REVIEW=none", "HOME=/", "DUBAN_SCHEDULE_HOUR=8"}) //nolint:misspell // on purpose
	if got := strings.Join(c.Unknown, " "); err != nil || got != "DUBAN_REVEIW DUBAN_SCHEDULE_HOUR" {               //nolint:misspell // on purpose
		t.Errorf("%q, %v", got, err)
	}
}
