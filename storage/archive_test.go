package storage_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/plan"
	"duban/storage"
)

var archived = time.Date(2017, 8, 1, 10, 0, 0, 123456789, time.FixedZone("", 8*3600))

// fillAll stores one record of every kind.
func fillAll(t *testing.T, db *storage.DB) {
	t.Helper()
	p := builtinPlan(t)
	p.State = plan.Published
	key := p.Key()
	c := p.Commitment("3.6.2.8")
	roads, bridges := c.Targets[0].ID, c.Targets[1].ID
	value := plan.NewDecimal(824, 0)
	staff := plan.Actor{ID: "telegram:7", Role: plan.Staff, Department: "市交通运输局"}
	citizen := plan.Actor{ID: "telegram:9", Role: plan.Public}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(db.Update(context.Background(), func(tx plan.Tx) error {
		system := tx.As(plan.System, archived)
		must(system.PutPlan(p))
		must(system.Assign(key, plan.Duty{Item: c.ID, Lead: staff.Department, Support: []string{"市财政局"}}))
		added := c.Targets[0]
		added.Metric = "新增停车场"
		must(system.Correct(key, plan.Correction{Check: plan.CheckedRight, Commitment: c.ID, Item: roads}, plan.Correction{Check: plan.CheckedAdded, Commitment: c.ID, Target: &added, Reason: "漏读"}))
		must(system.Invite(plan.Invite{Hash: plan.HashToken("secret"), Role: plan.Head, Department: staff.Department, Expires: archived.AddDate(0, 0, 7)}))
		must(system.PutPerson(plan.Person{ID: staff.ID, Chat: "7", Name: "李四", Role: plan.Staff, Department: staff.Department, Joined: archived}))
		first, err := tx.As(staff, archived).File(plan.Filing{Plan: key, Item: roads, Value: &value, Date: plan.Date{Year: 2017, Month: 7, Day: 31}, Note: "开工2560公里", Evidence: []plan.Evidence{{Name: "路.jpg", Ref: "x"}}})
		must(err)
		_, err = system.Review(first.ID, plan.Accepted, "")
		must(err)
		second, err := tx.As(staff, archived).File(plan.Filing{Plan: key, Item: bridges, Value: &value, Date: plan.Date{Year: 2017, Month: 7, Day: 31}})
		must(err)
		_, err = tx.As(staff, archived).File(plan.Filing{Plan: key, Item: bridges, Value: &value, Date: plan.Date{Year: 2017, Month: 7, Day: 31}, Supersedes: second.ID, Reason: "写错了"})
		must(err)
		r, err := tx.As(staff, archived).Ask(plan.Request{Plan: key, Item: roads, Kind: plan.Extend, Deadline: plan.Date{Year: 2018, Month: 6, Day: 30}, Reason: "征地"})
		must(err)
		_, err = system.Decide(r.ID, plan.Accepted, "")
		must(err)
		_, err = tx.As(citizen, archived).Tell(plan.Feedback{Plan: key, Commitment: c.ID, Text: "王家村的路没修", Place: "王家村"})
		must(err)
		must(tx.As(citizen, archived).Follow(plan.Subscription{Plan: key, Item: c.ID, Chat: "9"}))
		must(tx.As(citizen, archived).Follow(plan.Subscription{Plan: key, Prefix: "3.6", Chat: "9"}))
		must(tx.Gap("路灯什么时候修", 2, archived))
		must(system.Close(plan.Closing{Plan: key, Ratings: map[plan.ID]plan.Rating{roads: plan.RatedDone}}, plan.Carried{}))
		b, err := system.Draft(plan.Bulletin{Plan: key, Year: 2017, Quarter: 2, Text: "第2期", Document: []byte("<html>")})
		must(err)
		_, err = system.Release(b.ID)
		must(err)
		_, err = system.Erratum(b.ID, "应为824公里")
		must(err)
		must(tx.As(citizen, archived).Subscribe(plan.DigestSubscription{Chat: "9", Day: time.Friday, Hour: 8}))
		must(tx.SetChat(plan.Chat{ID: "9", Zone: "Asia/Urumqi", Snoozed: archived}))
		must(tx.Tell(archived, plan.ReleaseKey(key, "2017-Q2")))
		return tx.Send(plan.Delivery{Key: "reminder:1", Recipient: "7", Payload: []byte("{}"), At: archived})
	}))
}

func export(t *testing.T, db *storage.DB) []byte {
	t.Helper()
	a, err := db.Export(context.Background(), plan.System)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func load(t *testing.T, db *storage.DB, data []byte) error {
	t.Helper()
	var a plan.Archive
	if err := json.Unmarshal(data, &a); err != nil {
		t.Fatal(err)
	}
	return db.Load(context.Background(), &a)
}

func TestArchiveLosesNothing(t *testing.T) {
	t.Parallel()
	first := open(t, filepath.Join(t.TempDir(), "a.db"))
	fillAll(t, first)
	data := export(t, first)
	second := open(t, filepath.Join(t.TempDir(), "b.db"))
	if err := load(t, second, data); err != nil {
		t.Fatal(err)
	}
	if again := export(t, second); !bytes.Equal(data, again) {
		t.Errorf("the copy differs:\n%s\n%s", data, again)
	}
	if err := load(t, second, data); !errors.Is(err, storage.ErrNotEmpty) {
		t.Errorf("loaded twice: %v", err)
	}
	for _, db := range []*storage.DB{first, second} {
		err := db.Update(context.Background(), func(tx plan.Tx) error { return goesOn(t, tx) })
		if err != nil {
			t.Error(err)
		}
	}
}

// goesOn checks that a database continues where the archive ended.
func goesOn(t *testing.T, tx plan.Tx) error {
	desk := tx.As(plan.System, archived)
	pending, err := desk.Pending()
	if err != nil || len(pending) != 1 || pending[0].Supersedes == 0 {
		t.Errorf("pending %v, %v", pending, err)
	}
	p, err := tx.Plans().Get("聊城市2017")
	if err != nil {
		return err
	}
	c := p.Commitment("3.6.2.8")
	if len(c.Targets) != 3 || c.Targets[0].Deadline.Year != 2018 || c.Targets[0].Original == nil {
		t.Errorf("corrections or requests are gone: %+v", c.Targets)
	}
	value := plan.NewDecimal(1, 0)
	f, err := desk.File(plan.Filing{Plan: p.Key(), Item: c.Targets[2].ID, Value: &value, Date: plan.Date{Year: 2017, Month: 8, Day: 1}})
	if err != nil || f.ID != 4 {
		t.Errorf("next filing is %d, %v", f.ID, err)
	}
	if _, err := tx.As(plan.Actor{ID: "telegram:8"}, archived).Join("secret", plan.Person{ID: "telegram:8"}); err != nil {
		t.Errorf("the invite is gone: %v", err)
	}
	if err := tx.Send(plan.Delivery{Key: "reminder:1", Recipient: "7"}, plan.Delivery{Key: "reminder:2", Recipient: "8"}); err != nil {
		return err
	}
	if out, err := tx.Outbox("8"); err != nil || len(out) != 1 {
		t.Errorf("outbox %v, %v", out, err)
	}
	return stillKnown(t, tx, p.Key())
}

// stillKnown checks what is kept beside the records of a plan.
func stillKnown(t *testing.T, tx plan.Tx, key plan.Key) error {
	desk := tx.As(plan.System, archived)
	if c, err := tx.Plans().Closing(key); err != nil || len(c.Ratings) != 1 {
		t.Errorf("closing %v, %v", c, err)
	}
	b, err := desk.Bulletin(1)
	if err != nil || b.Version != 2 || len(b.Errata) != 1 || string(b.Document) != "<html>" {
		t.Errorf("bulletin %v, %v", b, err)
	}
	if next, err := desk.Draft(plan.Bulletin{Plan: key, Year: 2017, Quarter: 3}); err != nil || next.ID != 2 {
		t.Errorf("the next bulletin is %d, %v", next.ID, err)
	}
	if d, err := desk.Subscribed("9"); err != nil || d.Day != time.Friday {
		t.Errorf("digest %v, %v", d, err)
	}
	if c, err := tx.Chat("9"); err != nil || c.Zone != "Asia/Urumqi" || !c.Snoozed.Equal(archived) {
		t.Errorf("chat %v, %v", c, err)
	}
	at, told, err := tx.Told(plan.ReleaseKey(key, "2017-Q2"))
	if !told || !at.Equal(archived) {
		t.Errorf("told %t at %s", told, at)
	}
	return err
}

// TestOnlyEmptyDatabasesAreLoaded: nothing that is stored is mixed with an archive's records.
func TestOnlyEmptyDatabasesAreLoaded(t *testing.T) {
	t.Parallel()
	first := open(t, filepath.Join(t.TempDir(), "a.db"))
	fillAll(t, first)
	data := export(t, first)
	for name, change := range map[string]func(tx plan.Tx) error{
		"a chat":         func(tx plan.Tx) error { return tx.SetChat(plan.Chat{ID: "9", Zone: "Asia/Urumqi"}) },
		"a question":     func(tx plan.Tx) error { return tx.Gap("路灯", 1, archived) },
		"clock's ledger": func(tx plan.Tx) error { return tx.Tell(archived, "dispatch/1") },
		"a message":      func(tx plan.Tx) error { return tx.Send(plan.Delivery{Key: "x", Recipient: "7"}) },
	} {
		db := open(t, filepath.Join(t.TempDir(), "b.db"))
		if err := db.Update(t.Context(), change); err != nil {
			t.Fatal(err)
		}
		if err := load(t, db, data); !errors.Is(err, storage.ErrNotEmpty) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnonymousArchiveNamesNobody(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	fillAll(t, db)
	a, err := db.Export(context.Background(), plan.System)
	if err != nil {
		t.Fatal(err)
	}
	a.Anonymize()
	data, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, personal := range []string{"telegram:", "李四", "王家村", "路灯", "路.jpg", plan.HashToken("secret"), "写错了", `"chat"`, `"system"`} {
		if strings.Contains(string(data), personal) {
			t.Errorf("%s is left", personal)
		}
	}
	if !strings.Contains(string(data), "开工2560公里") || !strings.Contains(string(data), "市交通运输局") {
		t.Error("figures, notes and departments should stay")
	}
	copied := open(t, filepath.Join(t.TempDir(), "b.db"))
	if err := load(t, copied, data); err != nil {
		t.Error(err)
	}
}

func TestArchiveRefusals(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	fillAll(t, db)
	if _, err := db.Export(context.Background(), plan.Actor{Role: plan.Head, Department: "市民政局"}); !errors.Is(err, plan.ErrForbidden) {
		t.Errorf("a head may export: %v", err)
	}
	data := string(export(t, db))
	for name, spoil := range map[string][2]string{
		"act":    {`"act":"assign"`, `"act":"import"`},
		"detail": {`"detail":"filing 1`, `"detail":"filing 2`},
		"order":  {`"id":2,"plan"`, `"id":9,"plan"`},
	} {
		if !strings.Contains(data, spoil[0]) {
			t.Fatalf("%s is not in the archive", spoil[0])
		}
		copied := open(t, filepath.Join(t.TempDir(), name+".db"))
		if err := load(t, copied, []byte(strings.Replace(data, spoil[0], spoil[1], 1))); err == nil {
			t.Errorf("%s: a broken archive was loaded", name)
		}
		if got := export(t, copied); bytes.Contains(got, []byte("聊城市")) {
			t.Errorf("%s: part of a broken archive was kept", name)
		}
	}
}
