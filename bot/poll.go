package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// Long polling.
const (
	pollSeconds = 50 // the API clamps longer waits
	pollLimit   = 100
	pollMargin  = 15 * time.Second       // over the wait, before a silent connection is given up
	emptyPause  = 100 * time.Millisecond // after an empty answer of a server that does not wait
)

// connect waits until the API answers, and clears a webhook where updates are polled. That
// ctx ends before is no error.
func (t *Telegram) connect(ctx context.Context) error {
	for tried := 1; ; tried++ {
		err := t.introduce(ctx)
		if err == nil {
			break
		}
		if badToken(err) {
			return fmt.Errorf("%w: %w", ErrToken, err)
		}
		if !t.rest(ctx, err, tried, "the Bot API cannot be reached") {
			return nil
		}
	}
	t.sign()
	if t.options.Reached != nil {
		t.options.Reached(t.Name())
	}
	return nil
}

// introduce asks who we are and clears a webhook where updates are polled.
func (t *Telegram) introduce(ctx context.Context) error {
	err := t.askSelf(ctx)
	if err == nil && t.options.Webhook == nil {
		_, err = t.client.call(ctx, "deleteWebhook", nil)
	}
	return err
}

func (t *Telegram) askSelf(ctx context.Context) error {
	data, err := t.client.call(ctx, "getMe", nil)
	if err != nil {
		return err
	}
	var self tgbotapi.User
	if err := json.Unmarshal(data, &self); err != nil {
		return fmt.Errorf("getMe: %w", err)
	}
	if self.ID == 0 || self.UserName == "" {
		return errors.New("getMe: the answer names no bot")
	}
	t.self = self
	return nil
}

// Check asks the API once who we are and changes nothing: ErrToken where it does not know
// the token.
func (t *Telegram) Check(ctx context.Context) error {
	err := t.askSelf(ctx)
	if badToken(err) {
		return fmt.Errorf("%w: %w", ErrToken, err)
	}
	return err
}

// badToken reports whether the API refuses the token; one of the wrong form is not found.
func badToken(err error) bool { return fateOf(err) == halt || isCode(err, http.StatusNotFound) }

func isCode(err error, code int) bool {
	e, ok := errors.AsType[*APIError](err)
	return ok && e.Code == code && !e.Foreign
}

// rest waits after a failure, longer each time; false when ctx is done.
func (t *Telegram) rest(ctx context.Context, err error, tried int, what string) bool {
	if ctx.Err() != nil {
		return false
	}
	d := min(wait(tried), 30*time.Second)
	if fateOf(err) == pause {
		d = retryAfter(err)
	}
	t.log.Warn(what, "error", err, "again_in", d.Round(time.Millisecond))
	return sleep(ctx, d)
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

// sign notes that the API answered.
func (t *Telegram) sign() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.alive = t.now()
}

// poll asks for updates until ctx is done. Updates are confirmed by the next call, after
// they have been stored.
func (t *Telegram) poll(ctx, work context.Context) error {
	offset, tried := 0, 0
	for t.lanes.room(ctx, maxBacklog) {
		began := t.now()
		raw, err := t.updates(ctx, offset)
		if err == nil {
			offset, err = t.takeAll(work, raw, offset)
		}
		switch {
		case err == nil:
			tried = 0
			t.sign()
			if len(raw) == 0 && t.now().Sub(began) < emptyPause {
				sleep(ctx, emptyPause)
			}
		case ctx.Err() != nil: // the poll was broken off on purpose
			return nil //nolint:nilerr // the end is no failure
		case fateOf(err) == halt:
			return fmt.Errorf("%w: %w", ErrToken, err)
		default:
			tried++
			if !t.rest(ctx, err, tried, pollTrouble(err)) {
				return nil
			}
		}
	}
	return nil
}

func pollTrouble(err error) string {
	if isCode(err, http.StatusConflict) {
		return "another program polls with this token, or a webhook is set; stop the other one"
	}
	return "updates cannot be fetched"
}

// updates makes one long poll.
func (t *Telegram) updates(ctx context.Context, offset int) ([]json.RawMessage, error) {
	params := tgbotapi.Params{"timeout": strconv.Itoa(pollSeconds), "limit": strconv.Itoa(pollLimit), "allowed_updates": allowedUpdates}
	if offset > 0 {
		params["offset"] = strconv.Itoa(offset)
	}
	data, err := t.client.callFor(ctx, pollSeconds*time.Second+pollMargin, "getUpdates", params)
	if err != nil {
		return nil, err
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, fmt.Errorf("getUpdates: %w", err)
	}
	return raw, nil
}

// takeAll stores updates and returns the next offset. One that cannot be read is left out:
// it would come again for ever. After a quiet week ids begin anew, so the offset before
// says nothing of the next.
func (t *Telegram) takeAll(ctx context.Context, raw []json.RawMessage, offset int) (int, error) {
	if len(raw) == 0 {
		return offset, nil
	}
	var updates []incoming
	var kept [][]byte
	next := 0
	for _, data := range raw {
		in, err := readUpdate(data)
		if err != nil {
			t.log.Error("an update cannot be read", "error", err)
			next = max(next, idOf(data)+1)
			continue
		}
		next = max(next, in.update.UpdateID+1)
		updates, kept = append(updates, in), append(kept, data)
	}
	if next == 1 {
		return offset, errors.New("updates without numbers")
	}
	t.options.Metrics.received(len(raw))
	if err := t.take(ctx, updates, kept); err != nil {
		return offset, fmt.Errorf("store updates: %w", err)
	}
	return next, nil
}

// idOf reads only the number of an update.
func idOf(data []byte) int {
	var u struct {
		ID int `json:"update_id"`
	}
	_ = json.Unmarshal(data, &u)
	return u.ID
}
