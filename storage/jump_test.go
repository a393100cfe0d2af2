package storage_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"duban/plan"
	"duban/storage"
)

// TestClockJumps tells the stories while the clock jumps by years, back and forth: nothing
// fails but invites that are out of date, numbers go on, and the chain holds.
func TestClockJumps(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	storage.Unsynced(db)
	random := rand.New(rand.NewPCG(3, 4))
	for n := range 4 * len(stories) {
		s, now := stories[n%len(stories)], start.AddDate(random.IntN(60)-30, random.IntN(12), 0)
		if s.tell == nil {
			continue
		}
		err := db.Update(context.Background(), func(tx plan.Tx) error {
			return s.tell(&teller{db: db, tx: tx, n: n, round: n / len(stories), now: now})
		})
		if err != nil && !errors.Is(err, plan.ErrExpired) {
			t.Errorf("story %d, %s, at %s: %v", n, s.name, now, err)
		}
	}
	must(t, act(t, db, supervisor, func(d plan.Desk) error {
		seq := uint64(0)
		for r, err := range d.Log(0) {
			if seq++; err != nil || r.Seq != seq {
				return fmt.Errorf("record %d stands at %d: %w", r.Seq, seq, err)
			}
		}
		list, err := d.History(town, beds)
		if !slices.IsSortedFunc(list, func(a, b plan.Filing) int { return int(a.ID) - int(b.ID) }) || len(list) != 8 {
			t.Errorf("%d filings, out of order", len(list))
		}
		return err
	}))
}

// TestSendsOfAClockThatWasAhead: when a clock comes back, what was noted in the future is
// forgotten with the next message, and does not stay for years.
func TestSendsOfAClockThatWasAhead(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	noted := func(at time.Time) (chats []string) {
		must(t, db.Update(t.Context(), func(tx plan.Tx) error {
			err := tx.Noted(at.Format("15:04:05"), at)
			list, e := tx.RecentlySent(at.Add(-2 * time.Minute))
			for _, n := range list {
				chats = append(chats, n.Chat)
			}
			return errors.Join(err, e)
		}))
		return chats
	}
	noted(start.AddDate(10, 0, 0))
	noted(start.AddDate(10, 0, 0).Add(time.Second))
	noted(start.Add(time.Second))
	if got := noted(start); !slices.Equal(got, []string{"09:00:00", "09:00:01"}) { // two workers' clocks may differ a little
		t.Errorf("remembered: %v", got)
	}
	if got := noted(start.Add(time.Hour)); !slices.Equal(got, []string{"10:00:00"}) {
		t.Errorf("an hour later: %v", got)
	}
}

// TestManySendsExpire: what fills several pages is forgotten after a pause, and when a clock
// that was ahead comes back.
func TestManySendsExpire(t *testing.T) {
	t.Parallel()
	for _, pause := range []time.Duration{time.Hour, -time.Hour} {
		for n := 60; n <= 400; n += 20 {
			db := newTown(t, storage.Policy{})
			storage.Unsynced(db)
			must(t, db.Update(t.Context(), func(tx plan.Tx) error {
				for i := range n {
					if err := tx.Noted(fmt.Sprintf("telegram:%d", 100_000+i), start.Add(time.Duration(i)*time.Millisecond)); err != nil {
						return err
					}
				}
				return nil
			}))
			stored := make(chan error, 1)
			go func() {
				stored <- db.Update(context.Background(), func(tx plan.Tx) error {
					err := tx.Noted("telegram:1", start.Add(pause))
					if list, _ := tx.RecentlySent(start.AddDate(-1, 0, 0)); len(list) != 1 {
						t.Errorf("%d are left of %d after %v", len(list), n, pause)
					}
					return err
				})
			}()
			select {
			case err := <-stored:
				must(t, err)
			case <-time.After(20 * time.Second):
				panic(fmt.Sprintf("%d sends and a pause of %v: it does not end", n, pause)) // the database is locked: nothing can be cleaned up
			}
		}
	}
}
