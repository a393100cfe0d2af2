package bot

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// Webhook says where updates are delivered. TLS is the reverse proxy's business.
type Webhook struct {
	Listen string // address of ours: 127.0.0.1:8443
	URL    string // address that Telegram calls, https
	Secret string // comes back in a header
	Max    int    // connections at a time, 1 to 100
}

// ErrListen occurs where the address of a webhook cannot be listened at.
var ErrListen = errors.New("bot: the address of the webhook cannot be listened at")

const (
	secretHeader = "X-Telegram-Bot-Api-Secret-Token" //nolint:gosec // the name of a header
	maxUpdate    = 1 << 20
	hookPatience = 10 * time.Second // for a place in the backlog
)

// serveWebhook takes updates in over HTTP until ctx is done.
func (t *Telegram) serveWebhook(ctx, work context.Context) error {
	w := t.options.Webhook
	if w.Secret == "" {
		return errors.New("webhook: no secret: anybody could send updates")
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", w.Listen)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrListen, err)
	}
	server := &http.Server{Handler: t.webhookMux(work), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 30 * time.Second, ErrorLog: slog.NewLogLogger(t.log.Handler(), slog.LevelWarn)}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	for tried := 1; ; tried++ {
		err := t.setWebhook(ctx)
		if err == nil {
			break
		}
		switch fateOf(err) {
		case halt:
			_ = server.Close()
			return fmt.Errorf("%w: %w", ErrToken, err)
		case bury:
			_ = server.Close()
			return fmt.Errorf("webhook: %w", err)
		}
		if !t.rest(ctx, err, tried, "the webhook cannot be set") {
			break
		}
	}
	select {
	case <-ctx.Done():
	case err := <-failed:
		return fmt.Errorf("webhook: %w", err)
	}
	endServer(work, server)
	return nil
}

// hookGrace is how long callers that are being answered are waited for at the end. What they
// could not hand over Telegram delivers again.
const hookGrace = 2 * time.Second

func endServer(ctx context.Context, server *http.Server) {
	ending, cancel := context.WithTimeout(ctx, hookGrace)
	defer cancel()
	if server.Shutdown(ending) != nil {
		_ = server.Close()
	}
}

func (t *Telegram) setWebhook(ctx context.Context) error {
	w := t.options.Webhook
	params := tgbotapi.Params{"url": w.URL, "secret_token": w.Secret, "allowed_updates": allowedUpdates}
	if w.Max > 0 {
		params["max_connections"] = strconv.Itoa(w.Max)
	}
	_, err := t.client.call(ctx, "setWebhook", params)
	return err
}

// webhookMux answers calls of Telegram only: for everybody else nothing is here.
func (t *Telegram) webhookMux(work context.Context) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given := []byte(r.Header.Get(secretHeader))
		if r.Method != http.MethodPost || subtle.ConstantTimeCompare(given, []byte(t.options.Webhook.Secret)) != 1 {
			http.NotFound(w, r)
			return
		}
		data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
		if _, large := errors.AsType[*http.MaxBytesError](err); large {
			http.Error(w, "too large", http.StatusRequestEntityTooLarge)
			return
		}
		if err != nil { // the caller is gone
			http.Error(w, "try again", http.StatusRequestTimeout)
			return
		}
		in, err := readUpdate(data)
		if err != nil || in.update.UpdateID == 0 { // left out: refused, it would come again for ever
			t.log.Error("an update cannot be read", "error", err)
			return
		}
		t.takeHooked(work, w, in, data)
	})
}

// takeHooked stores an update that was delivered. Where that fails or too much waits,
// Telegram delivers it again.
func (t *Telegram) takeHooked(work context.Context, w http.ResponseWriter, in incoming, data []byte) {
	t.sign()
	t.options.Metrics.received(1)
	waiting, cancel := context.WithTimeout(work, hookPatience)
	defer cancel()
	if !t.lanes.room(waiting, maxBacklog) {
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	if err := t.take(work, []incoming{in}, [][]byte{data}); err != nil {
		t.log.Error("store an update", "error", err)
		http.Error(w, "try again", http.StatusServiceUnavailable)
	}
}
