package storage_test

import (
	"context"
	"fmt"
	"time"

	"duban/plan"
	"duban/storage"
)

// story is one change of each kind that the program makes; the stories are told in order,
// again and again, n counting them. They rest on what was told before, and on nothing else.
type story struct {
	name string
	tell func(x *teller) error
}

// teller is what a story is told with.
type teller struct {
	db    *storage.DB
	tx    plan.Tx
	n     int // of this story
	round int
	now   time.Time
}

func (x *teller) as(a plan.Actor) plan.Desk { return x.tx.As(a, x.now) }

// chat and citizen are those of the round.
func (x *teller) chat() string { return fmt.Sprint("telegram:", 10_000+x.round) }

func (x *teller) citizen() plan.Actor { return actor(x.chat(), plan.Public, "") }

// key is the round's own plan.
func (x *teller) key() plan.Key { return plan.Key(fmt.Sprint("某市", 2100+x.round)) }

func (x *teller) send(key string) error {
	return x.tx.Send(plan.Delivery{Key: key, Recipient: x.chat(), Payload: []byte("收到"), At: x.now})
}

func second[T any](_ T, err error) error { return err }

var stories = []story{
	{"receive", func(x *teller) error { return x.tx.Receive(plan.Update{ID: x.chat(), Data: []byte("填报")}) }},
	{"file", func(x *teller) error {
		if err := x.tx.Once(x.chat()); err != nil {
			return err
		}
		f := filing(beds, int64(x.n))
		f.Chat = x.chat()
		if err := second(x.as(staff).File(f)); err != nil {
			return err
		}
		return x.send(fmt.Sprint("filed:", x.n))
	}},
	{"return", func(x *teller) error { return x.review(plan.Returned) }},
	{"file again", func(x *teller) error { return second(x.as(staff).File(filing(beds, int64(x.n)))) }},
	{"accept", func(x *teller) error { return x.review(plan.Accepted) }},
	{"ask", func(x *teller) error {
		return second(x.as(staff).Ask(plan.Request{Plan: town, Item: beds, Kind: plan.Extend, Deadline: plan.EndOfYear(2018), Reason: "征地"}))
	}},
	{"decide", func(x *teller) error {
		return second(x.as(supervisor).Decide(uint64(x.round+1), plan.Accepted, ""))
	}},
	{"assign", func(x *teller) error {
		return x.as(supervisor).Assign(town, plan.Duty{Item: parks, Lead: fmt.Sprint("局", x.n), Support: []string{"财政局"}})
	}},
	{"correct", func(x *teller) error {
		return x.as(supervisor).Correct(town, plan.Correction{Check: plan.CheckedRight, Commitment: roadsCommitment, Item: roads, Reason: fmt.Sprint(x.n)})
	}},
	{"import", func(x *teller) error { return x.as(admin).PutPlan(townPlan(2100 + x.round)) }},
	{"publish", func(x *teller) error { return x.as(supervisor).Publish(x.key()) }},
	{"follow", func(x *teller) error {
		return x.as(x.citizen()).Follow(plan.Subscription{Plan: x.key(), Chat: x.chat()})
	}},
	{"close", func(x *teller) error {
		carried := plan.Carried{Next: town, Duties: []plan.Duty{{Item: merge, Lead: fmt.Sprint("局", x.n)}}, Follow: []plan.Subscription{{Person: x.citizen().ID, Chat: x.chat(), Plan: town}}}
		return x.as(supervisor).Close(plan.Closing{Plan: x.key(), Ratings: map[plan.ID]plan.Rating{beds: plan.RatedDone}}, carried)
	}},
	{"unfollow", func(x *teller) error { return x.as(x.citizen()).Unfollow(plan.Subscription{Plan: x.key()}) }},
	{"draft", func(x *teller) error {
		return second(x.as(supervisor).Draft(plan.Bulletin{Plan: town, Year: 2100 + x.round, Quarter: 1, Text: "通报", Document: []byte("<p>")}))
	}},
	{"release", func(x *teller) error { return second(x.as(supervisor).Release(uint64(x.round + 1))) }},
	{"erratum", func(x *teller) error { return second(x.as(supervisor).Erratum(uint64(x.round+1), "更正")) }},
	{"feedback", func(x *teller) error {
		return second(x.as(x.citizen()).Tell(plan.Feedback{Plan: town, Commitment: bedsCommitment, Text: "没有看到", Chat: x.chat()}))
	}},
	{"answer", func(x *teller) error { return second(x.as(supervisor).Answer(uint64(x.round+1), "已转办")) }},
	{"subscribe", func(x *teller) error { return x.as(x.citizen()).Subscribe(plan.DigestSubscription{Chat: x.chat()}) }},
	{"unsubscribe", func(x *teller) error { return x.as(x.citizen()).Unsubscribe(x.chat()) }},
	{"dialog", func(x *teller) error {
		return x.tx.SetDialog(plan.Dialog{Chat: x.chat(), Kind: "file", Data: []byte("1476"), Expires: x.now.Add(time.Hour)})
	}},
	{"invite", func(x *teller) error {
		return x.as(admin).Invite(plan.Invite{Hash: plan.HashToken(x.chat()), Role: plan.Staff, Department: "民政局", Expires: x.now.Add(1000 * time.Hour)})
	}},
	{"join", func(x *teller) error {
		id := plan.PersonID(fmt.Sprint("telegram:", 20_000+x.round))
		return second(x.as(plan.Actor{ID: id, Role: plan.Public}).Join(x.chat(), plan.Person{ID: id, Chat: string(id), Name: "李明"}))
	}},
	{"leave", func(x *teller) error {
		id := plan.PersonID(fmt.Sprint("telegram:", 20_000+x.round))
		return x.as(admin).PutPerson(plan.Person{ID: id, Name: "李明", Role: plan.Staff, Department: "民政局", Removed: true})
	}},
	{"forget", func(x *teller) error { return x.as(x.citizen()).Forget(x.citizen().ID) }},
	{"send", func(x *teller) error { return x.send(fmt.Sprint("notice:", x.round)) }},
	{"note", func(x *teller) error { return x.tx.Noted(x.chat(), x.now) }},
	{"sent", func(x *teller) error { return x.tx.Sent(fmt.Sprint("notice:", x.round)) }},
	{"bury", func(x *teller) error {
		if err := x.send(fmt.Sprint("dead:", x.round)); err != nil {
			return err
		}
		return x.tx.Bury(fmt.Sprint("dead:", x.round), "blocked", x.now)
	}},
	{"clock", func(x *teller) error {
		chat := plan.Chat{ID: x.chat(), Zone: "Asia/Urumqi", AskedAt: x.now}
		if err := x.tx.SetChat(chat); err != nil {
			return err
		}
		return x.tx.Tell(x.now, fmt.Sprint("dispatch/", x.round), fmt.Sprint("reminder/", x.round))
	}},
	{"follow in a group", func(x *teller) error {
		who := actor(fmt.Sprint("telegram:", 30_000+x.round), plan.Public, "")
		return x.as(who).Follow(plan.Subscription{Plan: town, Chat: x.chat()})
	}},
	{"moved", func(x *teller) error { return x.tx.Moved(x.chat(), fmt.Sprint("telegram:-100", x.round)) }},
	{"gone", func(x *teller) error { return x.tx.Gone(fmt.Sprint("telegram:-100", x.round)) }},
	{"retain", nil}, // a transaction of its own
}

func (x *teller) review(verdict plan.Verdict) error {
	list, err := x.as(supervisor).Pending()
	if err != nil || len(list) != 1 {
		return fmt.Errorf("%d filings wait: %w", len(list), err)
	}
	return second(x.as(supervisor).Review(list[0].ID, verdict, "核对"))
}

// tellStory tells the n-th story, from 0 on.
func tellStory(db *storage.DB, n int) error {
	s, now := stories[n%len(stories)], start.Add(time.Duration(n)*time.Minute)
	var err error
	if s.tell == nil {
		_, err = db.Retain(context.Background(), admin, now.Add(-time.Hour), now)
	} else {
		err = db.Update(context.Background(), func(tx plan.Tx) error {
			return s.tell(&teller{db: db, tx: tx, n: n, round: n / len(stories), now: now})
		})
	}
	if err != nil {
		return fmt.Errorf("story %d, %s: %w", n, s.name, err)
	}
	return nil
}
