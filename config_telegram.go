package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// telegramConfig is how the bot reaches Telegram. Token and endpoint come from the
// environment alone.
type telegramConfig struct {
	Mode          string  `yaml:"mode"`   // polling or webhook
	Admins        []int64 `yaml:"admins"` // user ids of the first administrators
	Proxy         string  `yaml:"proxy"`  // http or socks5 address
	Limits        limits  `yaml:"limits"`
	WebhookURL    string  `yaml:"webhook_url"`    // https address that Telegram calls
	WebhookListen string  `yaml:"webhook_listen"` // address of ours
	WebhookSecret string  `yaml:"webhook_secret"` // comes back in a header

	Token    string `yaml:"-"`
	Endpoint string `yaml:"-"`

	TokenFile  string `yaml:"-"` // that the token was read from; "" where it was not
	TokenError error  `yaml:"-"` // why it could not be read
}

// limits are how fast messages are sent; 0 is off.
type limits struct {
	Global float64 `yaml:"global"` // messages a second to everybody
	Chat   float64 `yaml:"chat"`   // messages a second to one private chat
	Group  float64 `yaml:"group"`  // messages a minute to one group
}

// Values of telegramConfig.Mode.
const (
	modePolling = "polling"
	modeWebhook = "webhook"
)

// defaultEndpoint is the public Bot API.
const defaultEndpoint = "https://api.telegram.org"

// secrets reads the token and the endpoint. A token in the environment goes before one in a
// file. That a file cannot be read matters to who needs a token only.
func (t *telegramConfig) secrets(environ []string) {
	t.Endpoint = defaultEndpoint
	for _, entry := range environ {
		switch name, value, _ := strings.Cut(entry, "="); {
		case value == "":
		case name == "TELEGRAM_BOT_TOKEN":
			t.Token = strings.TrimSpace(value)
		case name == "TELEGRAM_API_ENDPOINT":
			t.Endpoint = strings.TrimRight(value, "/")
		case name == "TELEGRAM_BOT_TOKEN_FILE":
			t.TokenFile = value
		}
	}
	if t.Token != "" {
		t.TokenFile = ""
	}
	if t.TokenFile != "" {
		t.readToken()
	}
}

func (t *telegramConfig) readToken() {
	data, err := os.ReadFile(t.TokenFile)
	t.Token = strings.TrimSpace(string(data))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		t.TokenError = fmt.Errorf("令牌文件 %s 不存在；请把 @BotFather 给的令牌写进去，或改环境变量 TELEGRAM_BOT_TOKEN_FILE", t.TokenFile)
	case errors.Is(err, fs.ErrPermission):
		t.TokenError = fmt.Errorf("令牌文件 %s 读不了（没有权限）；请让运行 duban 的用户能读它", t.TokenFile)
	case err != nil:
		t.TokenError = fmt.Errorf("令牌文件 %s 读不了（%s）；请检查环境变量 TELEGRAM_BOT_TOKEN_FILE", t.TokenFile, why(err))
	case t.Token == "":
		t.TokenError = fmt.Errorf("令牌文件 %s 是空的；请把 @BotFather 给的令牌写进去", t.TokenFile)
	}
}

// tokenPlace is where the token was taken from.
func (t *telegramConfig) tokenPlace() string {
	if t.TokenFile != "" {
		return "令牌文件 " + t.TokenFile
	}
	return "环境变量 TELEGRAM_BOT_TOKEN"
}

func (t *telegramConfig) validate() error {
	for _, id := range t.Admins {
		if id <= 0 {
			return fmt.Errorf("telegram.admins 应是正的用户编号，现在有 %d；群的编号不行", id)
		}
	}
	if !(t.Limits.Global >= 0 && t.Limits.Chat >= 0 && t.Limits.Group >= 0) {
		return errors.New("telegram.limits 的 global、chat、group 不能小于 0；0 是不限")
	}
	if err := cmp.Or(t.validateProxy(), t.validateEndpoint()); err != nil {
		return err
	}
	return t.validateMode()
}

func (t *telegramConfig) validateMode() error {
	switch {
	case t.Mode != modePolling && t.Mode != modeWebhook:
		return fmt.Errorf("telegram.mode 应是 polling（轮询）或 webhook，现在是 %q", t.Mode)
	case t.Mode == modePolling && t.WebhookURL != "":
		return errors.New("telegram.mode: polling 与 telegram.webhook_url 矛盾；用 webhook 请写 mode: webhook")
	case t.Mode == modeWebhook && !strings.HasPrefix(t.WebhookURL, "https://"):
		return errors.New("用 webhook 要写 telegram.webhook_url，以 https:// 开头")
	case t.Mode == modeWebhook && (t.WebhookListen == "" || t.WebhookSecret == ""):
		return errors.New("用 webhook 要写 telegram.webhook_listen 和 telegram.webhook_secret")
	case t.Mode == modeWebhook:
		return t.validateHook()
	}
	return nil
}
