package storage

import (
	"context"
	"errors"
	"testing"
	"time"

	"duban/plan"
)

// TestForgetTakesTraces: what chats and the clock keep of a person goes with the person: how
// the chat wants to be written to, what it was asked, in a group too, and which messages of
// the clock it got. Others' keep theirs.
func TestForgetTakesTraces(t *testing.T) {
	t.Parallel()
	db := testDB(t)
	now := time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC)
	const id, other = plan.PersonID("telegram:900"), "telegram:9001"
	err := db.Update(context.Background(), func(tx plan.Tx) error {
		return errors.Join(
			tx.As(plan.System, now).PutPerson(plan.Person{ID: id, Chat: string(id), Name: "欧阳明", Role: plan.Staff, Department: "民政局"}),
			tx.SetChat(plan.Chat{ID: string(id), Zone: "Asia/Urumqi"}), tx.SetChat(plan.Chat{ID: other, Zone: "Asia/Urumqi"}),
			tx.Tell(now, plan.SeenKey("某市2017", "2017-03", id), plan.SeenKey("某市2017", "2017-03", other)),
			tx.SetDialog(plan.Dialog{Chat: "telegram:-100/" + string(id), Kind: "file", Data: []byte("{}"), Expires: now.Add(time.Hour)}),
			tx.SetDialog(plan.Dialog{Chat: "telegram:-100/" + other, Kind: "file", Data: []byte("{}"), Expires: now.Add(time.Hour)}),
			tx.Receive(plan.Update{ID: "telegram:1", Data: []byte(`{"from":{"id":900,"first_name":"欧阳明"}}`)}), tx.Once("telegram:1"),
		)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(context.Background(), func(tx plan.Tx) error { return tx.As(plan.Actor{ID: id, Role: plan.Public}, now).Forget(id) }); err != nil {
		t.Fatal(err)
	}
	for _, found := range scan(t, db, string(id), "欧阳明", "Asia/Urumqi") {
		switch found {
		case "audit: telegram:900", "told: telegram:900", "chats: telegram:900", "chats: Asia/Urumqi", "dialogs: telegram:900": // the official's office in the chain; the other's ids begin alike
		default:
			t.Errorf("still there: %s", found)
		}
	}
	_ = db.View(context.Background(), func(tx plan.Tx) error {
		if c, _ := tx.Chat(string(id)); c.Zone != "" {
			t.Errorf("the chat is kept: %+v", c)
		}
		for key, want := range map[plan.PersonID]bool{id: false, other: true} {
			if _, told, _ := tx.Told(plan.SeenKey("某市2017", "2017-03", key)); told != want {
				t.Errorf("the ledger of the clock knows of %s: %t", key, told)
			}
			if _, err := tx.Dialog("telegram:-100/"+string(key), now); (err == nil) != want {
				t.Errorf("the question to %s in a group: %v", key, err)
			}
		}
		if c, _ := tx.Chat(other); c.Zone == "" {
			t.Error("somebody else's chat is gone")
		}
		return nil
	})
}
