package schedule_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"duban/plan"
	"duban/schedule"
)

// stub is a store whose transactions do what a test says.
type stub struct {
	mu    sync.Mutex
	looks []time.Time
	look  func(n int) error
}

func (s *stub) View(context.Context, func(plan.Tx) error) error {
	s.mu.Lock()
	s.looks = append(s.looks, time.Now())
	n := len(s.looks)
	s.mu.Unlock()
	if s.look == nil {
		return errors.New("nothing here")
	}
	return s.look(n)
}

func (s *stub) Update(context.Context, func(plan.Tx) error) error { return nil }

func (s *stub) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.looks)
}

// running starts a clock in a bubble, lets time pass and stops it.
func running(t *testing.T, store schedule.Store, o schedule.Options, length time.Duration) {
	t.Helper()
	c, err := schedule.New(store, o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- c.Run(ctx) }()
	time.Sleep(length)
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// utc is a schedule that always looks: in the year 2000, where bubbles begin, on a Monday.
func utc() schedule.Settings {
	s := schedule.DefaultSettings()
	s.QuietTo, s.QuietFrom = 0, 24
	return s
}

func TestClockLooksAtOnceAndEveryFiveMinutes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(48 * time.Hour) // to Monday, 3 January 2000
		s := &stub{}
		running(t, s, schedule.Options{Settings: utc(), Now: time.Now}, 61*time.Minute)
		if s.count() != 13 {
			t.Errorf("%d looks in an hour, want 13", s.count())
		}
		if first := s.looks[0].UTC(); first.Minute() != 0 || first.Second() != 0 {
			t.Errorf("the first look came at %s", first)
		}
	})
}

func TestPanicDoesNotStopTheClock(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(48 * time.Hour)
		s := &stub{look: func(n int) error {
			if n <= 2 {
				panic("a broken record")
			}
			return nil
		}}
		other := atomic.Int32{}
		jobs := []schedule.Job{
			{Name: "broken", Spec: "* * * * *", Run: func(context.Context, time.Time) error { panic("always") }},
			{Name: "other", Spec: "*/10 * * * *", Run: func(context.Context, time.Time) error { other.Add(1); return nil }},
		}
		running(t, s, schedule.Options{Settings: utc(), Now: time.Now, Jobs: jobs}, 31*time.Minute)
		if s.count() != 7 || other.Load() != 3 {
			t.Errorf("%d looks and %d runs of another job", s.count(), other.Load())
		}
	})
}

func TestLongJobIsSkippedNotDoubled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(48 * time.Hour)
		inside, most := atomic.Int32{}, atomic.Int32{}
		s := &stub{look: func(int) error {
			most.Store(max(most.Load(), inside.Add(1)))
			time.Sleep(12 * time.Minute) // longer than two periods
			inside.Add(-1)
			return nil
		}}
		running(t, s, schedule.Options{Settings: utc(), Now: time.Now}, time.Hour)
		if most.Load() != 1 || s.count() != 5 {
			t.Errorf("%d at once, %d looks in an hour", most.Load(), s.count())
		}
	})
}

func TestSpecsAreCheckedBeforeUse(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "TZ=UTC", "CRON_TZ=Asia/Shanghai", "TZ=UTC * * * * *", "@hourly", "@every 1s", "* * * *", "61 * * * *", "* * * * * *", "a b c d e", "*/0 * * * *", "5-1 * * * *", "\x00 * * * *"} {
		set := settings()
		set.Wake = bad
		if _, err := schedule.New(&stub{}, schedule.Options{Settings: set, Now: time.Now}); err == nil || !strings.Contains(err.Error(), "wake") {
			t.Errorf("%q: %v", bad, err)
		}
		if _, err := schedule.New(&stub{}, schedule.Options{Settings: settings(), Now: time.Now, Jobs: []schedule.Job{{Name: "backup", Spec: bad}}}); err == nil {
			t.Errorf("a job with %q was taken", bad)
		}
	}
}

func TestSettingsThatContradict(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*schedule.Settings){
		"dispatch_day": func(s *schedule.Settings) { s.DispatchDay = 31 },
		"early":        func(s *schedule.Settings) { s.Early = 25 },
		"head_after":   func(s *schedule.Settings) { s.Head = 0 },
		"quiet":        func(s *schedule.Settings) { s.QuietFrom = 5 },
		"hour":         func(s *schedule.Settings) { s.Hour = 22 },
		"0 到 23":       func(s *schedule.Settings) { s.Hour = 25 },
		"8 到 20":       func(s *schedule.Settings) { s.Hour = 21 },
		"digest_day":   func(s *schedule.Settings) { s.Digest = 7 },
		"时区":           func(s *schedule.Settings) { s.Zone = nil },
	} {
		set := settings()
		change(&set)
		if err := set.Validate(); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
