package storage_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"duban/plan"
	"duban/storage"
)

var (
	resident = plan.Actor{ID: "terminal:市民", Role: plan.Public}
	october  = time.Date(2017, 10, 9, 9, 0, 0, 0, time.UTC)
)

// as runs a function on the desk of an actor.
func as(t testing.TB, db *storage.DB, a plan.Actor, f func(plan.Desk) error) error {
	t.Helper()
	return db.Update(context.Background(), func(tx plan.Tx) error { return f(tx.As(a, october)) })
}

func bulletin() plan.Bulletin {
	return plan.Bulletin{Plan: "聊城市2017", Year: 2017, Quarter: 3, AsOf: plan.NewDate(2017, 9, 30), Text: "预览", Document: []byte("<p>预览</p>"), Digest: "d"}
}

// A bulletin can be drafted again until it is out; then it stays, and corrections are
// numbered.
func TestBulletinIsFrozen(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	var first, again, released plan.Bulletin
	must(t, as(t, db, supervisor, func(d plan.Desk) (err error) { first, err = d.Draft(bulletin()); return err }))
	must(t, as(t, db, supervisor, func(d plan.Desk) (err error) {
		b := bulletin()
		b.Text, b.Document = "定稿", []byte("<p>定稿</p>")
		again, err = d.Draft(b)
		return err
	}))
	if again.ID != first.ID {
		t.Errorf("a second draft has the id %d, want %d", again.ID, first.ID)
	}
	must(t, as(t, db, supervisor, func(d plan.Desk) (err error) { released, err = d.Release(first.ID); return err }))
	if released.Version != 1 || released.State != plan.BulletinReleased {
		t.Errorf("released as version %d, %s", released.Version, released.State)
	}
	err := as(t, db, supervisor, func(d plan.Desk) error { _, err := d.Draft(bulletin()); return err })
	if !errors.Is(err, plan.ErrDecided) {
		t.Errorf("a released quarter was drafted again: %v", err)
	}
	err = as(t, db, supervisor, func(d plan.Desk) error { _, err := d.Release(first.ID); return err })
	if !errors.Is(err, plan.ErrDecided) {
		t.Errorf("a bulletin was released twice: %v", err)
	}
	for _, text := range []string{"第一处更正", "第二处更正"} {
		must(t, as(t, db, supervisor, func(d plan.Desk) error { _, err := d.Erratum(first.ID, text); return err }))
	}
	must(t, as(t, db, resident, func(d plan.Desk) error {
		b, err := d.Bulletin(first.ID)
		if err != nil {
			return err
		}
		if b.Text != "定稿" || string(b.Document) != "<p>定稿</p>" || b.Version != 3 || len(b.Errata) != 2 || b.Errata[1].Number != 2 {
			t.Errorf("printed again it is %+v", b)
		}
		return nil
	}))
}

func TestBulletinPermissions(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	var b plan.Bulletin
	must(t, as(t, db, supervisor, func(d plan.Desk) (err error) { b, err = d.Draft(bulletin()); return err }))
	for name, act := range map[string]func(plan.Desk) error{
		"draft":   func(d plan.Desk) error { _, err := d.Draft(bulletin()); return err },
		"release": func(d plan.Desk) error { _, err := d.Release(b.ID); return err },
		"erratum": func(d plan.Desk) error { _, err := d.Erratum(b.ID, "更正"); return err },
		"list":    func(d plan.Desk) error { _, err := d.DigestSubscribers(); return err },
	} {
		for _, a := range []plan.Actor{resident, {ID: "terminal:员", Role: plan.Staff, Department: "民政局"}} {
			if err := as(t, db, a, act); !errors.Is(err, plan.ErrForbidden) {
				t.Errorf("%s by %s: %v", name, a.Role, err)
			}
		}
	}
	must(t, as(t, db, resident, func(d plan.Desk) error {
		list, err := d.Bulletins("聊城市2017")
		if len(list) != 0 {
			t.Errorf("the public sees drafts: %v", list)
		}
		if _, e := d.Bulletin(b.ID); !errors.Is(e, plan.ErrNotFound) {
			t.Errorf("the public opens a draft: %v", e)
		}
		return err
	}))
}

func TestDigestSubscriptions(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	chats := func() map[string]plan.DigestSubscription {
		found := map[string]plan.DigestSubscription{}
		must(t, as(t, db, plan.System, func(d plan.Desk) error {
			list, err := d.DigestSubscribers()
			for _, s := range list {
				found[s.Chat] = s
			}
			return err
		}))
		return found
	}
	must(t, as(t, db, resident, func(d plan.Desk) error {
		return errors.Join(
			d.Subscribe(plan.DigestSubscription{Chat: "terminal:市民", Day: time.Monday, Hour: 9}),
			d.Subscribe(plan.DigestSubscription{Chat: "terminal:市民", Day: time.Friday, Hour: 18}),
			d.Subscribe(plan.DigestSubscription{Chat: "群", Day: time.Monday, Hour: 9}),
		)
	}))
	if got := chats(); len(got) != 2 || got["terminal:市民"].Hour != 18 || got["群"].Person != resident.ID {
		t.Errorf("stored %v", got)
	}
	if err := as(t, db, resident, func(d plan.Desk) error { return d.Subscribe(plan.DigestSubscription{Chat: "x", Hour: 24}) }); err == nil {
		t.Error("an hour that no day has was stored")
	}
	must(t, db.Update(context.Background(), func(tx plan.Tx) error { return tx.Moved("群", "超级群") }))
	must(t, as(t, db, resident, func(d plan.Desk) error { return d.Forget(resident.ID) }))
	if got := chats(); len(got) != 1 || got["超级群"].Person != "" {
		t.Errorf("after the person was forgotten %v is left", got)
	}
	must(t, db.Update(context.Background(), func(tx plan.Tx) error { return tx.Gone("超级群") }))
	if got := chats(); len(got) != 0 {
		t.Errorf("a chat that is gone still gets digests: %v", got)
	}
	must(t, as(t, db, resident, func(d plan.Desk) error {
		if err := d.Unsubscribe("never"); err != nil {
			return err
		}
		if _, err := d.Subscribed("never"); !errors.Is(err, plan.ErrNotFound) {
			t.Errorf("a chat that ended its digests: %v", err)
		}
		return nil
	}))
	if got := chats(); got["never"].Scope != plan.ScopeNone {
		t.Errorf("who wants no digests is kept as %v", got)
	}
}
