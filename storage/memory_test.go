package storage_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"duban/plan"
)

func TestClockLedger(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "duban.db"))
	first := time.Date(2017, 8, 1, 9, 0, 0, 0, time.FixedZone("Asia/Shanghai", 8*3600))
	err := db.Update(t.Context(), func(tx plan.Tx) error {
		return errors.Join(tx.Tell(first, "b", "a", "a"), tx.Tell(first.Add(time.Hour), "a", "c"))
	})
	if err != nil {
		t.Fatal(err)
	}
	err = db.View(t.Context(), func(tx plan.Tx) error {
		for key, want := range map[string]time.Time{"a": first, "b": first, "c": first.Add(time.Hour), "d": {}} {
			at, told, err := tx.Told(key)
			if err != nil || told == want.IsZero() || !at.Equal(want) {
				t.Errorf("%s: %s %t %v, want %s", key, at, told, err, want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestChatsAreKeptAndMoved(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "duban.db"))
	err := db.Update(t.Context(), func(tx plan.Tx) error {
		c, err := tx.Chat("telegram:-1")
		if err != nil || c.ID != "telegram:-1" || c.Asked != nil {
			t.Errorf("a chat of which nothing is kept: %+v, %v", c, err)
		}
		c.Zone = "Asia/Urumqi"
		c.Asked = []plan.Asked{{Plan: "聊城市2017", Item: 298}}
		return errors.Join(tx.SetChat(c), tx.Moved("telegram:-1", "telegram:-100"), tx.Moved("nobody", "telegram:-100"))
	})
	if err != nil {
		t.Fatal(err)
	}
	err = db.View(t.Context(), func(tx plan.Tx) error {
		list, err := tx.Chats()
		if len(list) != 1 || list[0].ID != "telegram:-100" || list[0].Zone != "Asia/Urumqi" || len(list[0].Asked) != 1 {
			t.Errorf("kept: %+v", list)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestClosingAndCarryingOver(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "duban.db"))
	p := builtinPlan(t)
	next := *p
	next.Year++
	put(t, db, p)
	put(t, db, &next)
	now := time.Date(2018, 2, 1, 9, 0, 0, 0, time.UTC)
	boss, staff := plan.Actor{ID: "boss", Role: plan.Supervisor}, plan.Actor{ID: "staff", Role: plan.Staff, Department: "民政局"}
	closing := plan.Closing{Plan: p.Key(), Ratings: map[plan.ID]plan.Rating{1: plan.RatedDone}}
	carried := plan.Carried{Next: next.Key(), Duties: []plan.Duty{{Item: 1, Lead: "民政局"}}, Follow: []plan.Subscription{{Person: "citizen", Chat: "chat", Plan: next.Key()}}}
	err := db.Update(t.Context(), func(tx plan.Tx) error {
		if _, err := tx.Plans().Closing(p.Key()); !errors.Is(err, plan.ErrNotFound) {
			t.Errorf("before: %v", err)
		}
		if err := tx.As(staff, now).Close(closing, carried); !errors.Is(err, plan.ErrForbidden) {
			t.Errorf("staff closes: %v", err)
		}
		if err := tx.As(boss, now).Close(plan.Closing{Plan: "甲市2017"}, plan.Carried{}); !errors.Is(err, plan.ErrNotFound) {
			t.Errorf("an unknown plan: %v", err)
		}
		again := plan.Closing{Plan: p.Key(), Ratings: map[plan.ID]plan.Rating{1: plan.RatedMissed}}
		return errors.Join(tx.As(boss, now).Close(closing, plan.Carried{}), tx.As(boss, now.Add(time.Hour)).Close(again, carried))
	})
	if err != nil {
		t.Fatal(err)
	}
	err = db.View(t.Context(), func(tx plan.Tx) error {
		c, err := tx.Plans().Closing(p.Key())
		if err != nil || c.Ratings[1] != plan.RatedDone || c.By != "boss" || !c.At.Equal(now) {
			t.Errorf("closing %+v, %v", c, err)
		}
		duties, err := tx.Plans().Duties(next.Key())
		if err != nil || duties[1].Lead != "民政局" {
			t.Errorf("duties %+v, %v", duties, err)
		}
		list, err := tx.As(plan.System, now).Subscribers(next.Key())
		if len(list) != 1 || list[0].Person != "citizen" {
			t.Errorf("subscribers %+v", list)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
