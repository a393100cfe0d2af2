package bot

import (
	"io"
	"log"
	"net/http"
	"net/url"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// NewTransport makes connections to the API, through a proxy (http, https or socks5) where
// one is given. As many stay open as messages may be in flight.
func NewTransport(proxy *url.URL) *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns, t.MaxIdleConnsPerHost = 2*maxCalls, 2*maxCalls
	t.IdleConnTimeout = 90 * time.Second
	t.Proxy = nil
	if proxy != nil {
		t.Proxy = http.ProxyURL(proxy)
	}
	return t
}

// silenceLibrary keeps the library from writing log lines of its own, which hold the token.
var silenceLibrary = sync.OnceFunc(func() { _ = tgbotapi.SetLogger(log.New(io.Discard, "", 0)) })
