package schedule_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"duban/plan"
	"duban/schedule"
	"duban/storage"
)

var errUnreadable = errors.New("unreadable")

// illegible is a store whose ledger cannot be read.
type illegible struct{ *storage.DB }

func (s illegible) View(ctx context.Context, f func(plan.Tx) error) error {
	return s.DB.View(ctx, func(tx plan.Tx) error { return f(ledgerless{tx}) })
}

type ledgerless struct{ plan.Tx }

func (ledgerless) Told(string) (time.Time, bool, error) { return time.Time{}, false, errUnreadable }

// TestUnreadableLedger: what cannot be known to have been sent is not sent, and the failure
// is reported.
func TestUnreadableLedger(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c, err := schedule.New(illegible{w.db}, schedule.Options{Settings: settings(), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if sent, err := c.Tick(t.Context(), at("2017-08-07 09:00")); !errors.Is(err, errUnreadable) || len(sent) > 0 {
		t.Errorf("%d sent, error %v", len(sent), err)
	}
	if sent, err := w.clock(t).Tick(t.Context(), at("2017-08-07 09:00")); err != nil || len(sent) == 0 {
		t.Errorf("with a ledger %d sent, error %v", len(sent), err)
	}
}
