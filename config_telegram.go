package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
)

// telegramConfig is how the bot reaches Telegram. Token and endpoint come from the
// environment alone.
type telegramConfig struct {
	Admins        []int64 `yaml:"admins"`         // user ids of the first administrators
	Proxy         string  `yaml:"proxy"`          // http or socks5 address
	LimitGlobal   float64 `yaml:"limit_global"`   // messages a second to everybody; 0 is off
	LimitChat     float64 `yaml:"limit_chat"`     // messages a second to one private chat; 0 is off
	LimitGroup    float64 `yaml:"limit_group"`    // messages a minute to one group; 0 is off
	WebhookURL    string  `yaml:"webhook_url"`    // https address that Telegram calls; "" polls
	WebhookListen string  `yaml:"webhook_listen"` // address of ours
	WebhookSecret string  `yaml:"webhook_secret"` // comes back in a header

	Token    string `yaml:"-"`
	Endpoint string `yaml:"-"`
}

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
	switch {
	case !(t.LimitGlobal >= 0 && t.LimitChat >= 0 && t.LimitGroup >= 0):
		return errors.New("telegram.limit_global、limit_chat、limit_group 不能小于 0；0 是不限")
	case t.WebhookURL != "" && !strings.HasPrefix(t.WebhookURL, "https://"):
		return errors.New("telegram.webhook_url 应以 https:// 开头")
	case t.WebhookURL != "" && (t.WebhookListen == "" || t.WebhookSecret == ""):
		return errors.New("用 webhook 要写 telegram.webhook_listen 和 telegram.webhook_secret")
	}
	return nil
}

// loopback reports whether an address is reached from this machine only.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || ip != nil && ip.IsLoopback())
}
