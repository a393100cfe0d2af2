package bot

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
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

const (
	secretHeader = "X-Telegram-Bot-Api-Secret-Token" //nolint:gosec // the name of a header
	maxUpdate    = 1 << 20
)

// serveWebhook takes updates in over HTTP until ctx is done.
func (t *Telegram) serveWebhook(ctx, work context.Context) error {
	w := t.options.Webhook
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", w.Listen)
	if err != nil {
		return fmt.Errorf("webhook: %w", err)
	}
	server := &http.Server{Handler: t.webhookMux(work), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 30 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	for tried := 1; ; tried++ {
		err := t.setWebhook(ctx)
		if err == nil {
			break
		}
		if fateOf(err) == halt || fateOf(err) == bury {
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
	ending, cancel := context.WithTimeout(work, grace)
	defer cancel()
	return server.Shutdown(ending)
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

// webhookMux answers calls of Telegram only: everything else is not found.
func (t *Telegram) webhookMux(work context.Context) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /", func(w http.ResponseWriter, r *http.Request) {
		given := []byte(r.Header.Get(secretHeader))
		if subtle.ConstantTimeCompare(given, []byte(t.options.Webhook.Secret)) != 1 {
			http.NotFound(w, r)
			return
		}
		data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
		if err != nil {
			http.Error(w, "too large", http.StatusRequestEntityTooLarge)
			return
		}
		in, err := readUpdate(data)
		if err != nil || in.update.UpdateID == 0 {
			http.Error(w, "no update", http.StatusBadRequest)
			return
		}
		t.sign()
		t.options.Metrics.received(1)
		if err := t.take(work, []incoming{in}, [][]byte{data}); err != nil {
			t.log.Error("store an update", "error", err)
			http.Error(w, "try again", http.StatusServiceUnavailable) // Telegram delivers it again
		}
	})
	return mux
}

// Ready reports why the channel cannot work now; nil where it can.
func (t *Telegram) Ready() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.fatal != nil:
		return t.fatal
	case t.alive.IsZero():
		return errors.New("the Bot API was not reached yet")
	case t.options.Webhook == nil && t.now().Sub(t.alive) > 2*(pollSeconds*time.Second+pollMargin):
		return errors.New("the Bot API is silent")
	}
	return nil
}
