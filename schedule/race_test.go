package schedule_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"duban/plan"
	"duban/schedule"
	"duban/storage"
)

// meddler does something between a look and what comes of it.
type meddler struct {
	*storage.DB
	after func()
	once  sync.Once
}

func (m *meddler) View(ctx context.Context, f func(plan.Tx) error) error {
	err := m.DB.View(ctx, f)
	m.once.Do(m.after)
	return err
}

// TestFilingAtTheLastMoment files while the clock has already decided to remind.
func TestFilingAtTheLastMoment(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	value := plan.NewDecimal(1476, 0)
	now := at("2017-08-01 09:00")
	filing := w.filing(t, "3.6.2.5", "新增养老床位", &value, plan.DateOf(now), now)
	m := &meddler{DB: w.db, after: func() { w.tx(t, func(tx plan.Tx) error { return filing.Apply(tx, now) }) }}
	c, err := schedule.New(m, schedule.Options{Settings: settings(), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	sent, err := c.Tick(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	n := to(sent, "chat:staff2")
	if n == nil || strings.Contains(n.Messages()[0].Text, "养老床位") {
		t.Errorf("reminded of what was filed: %+v", n)
	}
}

// TestTwoClocks lets two clocks look at the same moment over one store: everybody hears
// once.
func TestTwoClocks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var wait sync.WaitGroup
	var mu sync.Mutex
	var keys []string
	for range 4 {
		wait.Go(func() {
			sent, err := w.clock(t).Tick(context.Background(), at("2017-08-07 09:00"))
			mu.Lock()
			defer mu.Unlock()
			for _, n := range sent {
				keys = append(keys, n.Keys...)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	slices.Sort(keys)
	if n := len(keys); n == 0 || len(slices.Compact(keys)) != n {
		t.Errorf("%d keys, some twice", n)
	}
}
