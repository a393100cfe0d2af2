package main

import (
	"errors"
	"fmt"
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

// secrets reads the token and the endpoint.
func (t *telegramConfig) secrets(environ []string) error {
	t.Endpoint = defaultEndpoint
	for _, entry := range environ {
		switch name, value, _ := strings.Cut(entry, "="); {
		case value == "":
		case name == "TELEGRAM_BOT_TOKEN":
			t.Token = strings.TrimSpace(value)
		case name == "TELEGRAM_API_ENDPOINT":
			t.Endpoint = strings.TrimRight(value, "/")
		case name == "TELEGRAM_BOT_TOKEN_FILE":
			data, err := os.ReadFile(value)
			if err != nil {
				return fmt.Errorf("令牌文件读不了（TELEGRAM_BOT_TOKEN_FILE）：%w", err)
			}
			t.Token = strings.TrimSpace(string(data))
		}
	}
	return nil
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
	if err := t.validateProxy(); err != nil {
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
