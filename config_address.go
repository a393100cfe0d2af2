package main

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
)

// Forms that Telegram gives or takes.
var (
	tokenForm  = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)
	secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)
)

// hookPorts are those that the public Bot API calls; a server of one's own calls any.
var hookPorts = []string{"", "443", "80", "88", "8443"}

// validateToken reports why there is no token that could be right, without printing it.
func (t *telegramConfig) validateToken() error {
	switch {
	case t.TokenError != nil:
		return t.TokenError
	case t.Token == "":
		return errNoToken
	case !tokenForm.MatchString(t.Token):
		return fmt.Errorf("令牌的样子不对，应像 123456:ABC-def；请从 @BotFather 重新复制到%s，不要带空格、引号和换行", t.tokenPlace())
	}
	return nil
}

// proxySchemes are the kinds of proxies that connections are made through.
var proxySchemes = []string{"http", "https", "socks5", "socks5h"}

// validateProxy reports a proxy that cannot be used, without its password.
func (t *telegramConfig) validateProxy() error {
	if t.Proxy == "" {
		return nil
	}
	u, err := url.Parse(t.Proxy)
	if err != nil || u.Host == "" || !slices.Contains(proxySchemes, u.Scheme) {
		return errors.New("telegram.proxy 应像 http://主机:端口 或 socks5://用户:密码@主机:端口，只支持 http、https、socks5、socks5h；密码里的特殊字符要写成 %XX")
	}
	return nil
}

// validateEndpoint reports an address that no call can be made to; "" is not set yet.
func (t *telegramConfig) validateEndpoint() error {
	u, err := url.Parse(t.Endpoint)
	if t.Endpoint != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		return fmt.Errorf("环境变量 TELEGRAM_API_ENDPOINT 应像 %s，以 http:// 或 https:// 开头，现在是 %q", defaultEndpoint, t.Endpoint)
	}
	return nil
}

// validateHook reports what Telegram or this machine would refuse of a webhook.
func (t *telegramConfig) validateHook() error {
	u, err := url.Parse(t.WebhookURL)
	switch {
	case err != nil || u.Hostname() == "":
		return errors.New("telegram.webhook_url 应像 https://主机/路径")
	case t.Endpoint == defaultEndpoint && !slices.Contains(hookPorts, u.Port()):
		return fmt.Errorf("telegram.webhook_url 的端口只能是 443、80、88 或 8443，现在是 %s", u.Port())
	case !listenable(t.WebhookListen):
		return fmt.Errorf("telegram.webhook_listen 应像 127.0.0.1:8443，现在是 %q", t.WebhookListen)
	case !secretForm.MatchString(t.WebhookSecret):
		return errors.New("telegram.webhook_secret 只能有字母、数字、_ 和 -，最多256个")
	}
	return nil
}

// listenable reports whether an address is one to listen at: a host, which may be left out,
// and a port.
func listenable(address string) bool {
	_, port, err := net.SplitHostPort(address)
	n, e := strconv.Atoi(port)
	return err == nil && e == nil && n >= 0 && n <= 65535
}

// loopback reports whether an address is reached from this machine only.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || ip != nil && ip.IsLoopback())
}
