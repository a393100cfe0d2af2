package storage

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"duban/plan"
)

// Tell implements plan.CitizenDesk.
func (d *desk) Tell(f plan.Feedback) (plan.Feedback, error) {
	if err := plan.May(d.actor, plan.ActFeedback, nil); err != nil {
		return f, err
	}
	if err := d.knows(f.Plan, f.Commitment); err != nil {
		return f, err
	}
	b := d.tx.Bucket(feedbackBucket)
	n, err := nextNumber(b)
	if err != nil {
		return f, err
	}
	f.ID, f.By, f.At = n, d.actor.ID, d.now
	f.Answer, f.AnsweredBy, f.AnsweredAt = "", "", time.Time{}
	if err := put(b, number(n), f); err != nil {
		return f, err
	}
	return f, d.log("feedback", itemName(f.Plan, f.Commitment), fmt.Sprintf("feedback %d", n), f.Text, f.Place)
}

// knows reports whether there is a plan, with an item where one is named.
func (d *desk) knows(key plan.Key, item plan.ID) error {
	if item == 0 {
		_, err := plans{d.tx}.header(key)
		return err
	}
	_, err := plans{d.tx}.place(key, item)
	return err
}

// FeedbackList implements plan.CitizenDesk. Citizens see the answer, not who wrote it.
func (d *desk) FeedbackList(openOnly bool) ([]plan.Feedback, error) {
	everybody := plan.Allowed(d.actor, plan.ActAnswer, nil)
	return all(d.tx.Bucket(feedbackBucket), func(f *plan.Feedback) bool {
		if openOnly && !f.AnsweredAt.IsZero() {
			return false
		}
		if !everybody {
			f.AnsweredBy = ""
		}
		return everybody || d.actor.ID != "" && f.By == d.actor.ID
	})
}

// Answer implements plan.CitizenDesk.
func (d *desk) Answer(id uint64, text string) (plan.Feedback, error) {
	var f plan.Feedback
	if err := plan.May(d.actor, plan.ActAnswer, nil); err != nil {
		return f, err
	}
	b := d.tx.Bucket(feedbackBucket)
	if err := get(b, number(id), &f); err != nil {
		return f, err
	}
	if !f.AnsweredAt.IsZero() {
		return f, plan.ErrDecided
	}
	f.Answer, f.AnsweredBy, f.AnsweredAt = text, d.actor.ID, d.now
	if err := put(b, number(id), f); err != nil {
		return f, err
	}
	return f, d.log("answer-feedback", itemName(f.Plan, f.Commitment), fmt.Sprintf("feedback %d", id), text)
}

func followKey(s *plan.Subscription) []byte {
	return []byte(fmt.Sprintf("%s\x00%d\x00%s", s.Plan, s.Item, s.Prefix))
}

// Follow implements plan.CitizenDesk.
func (d *desk) Follow(s plan.Subscription) error {
	if err := plan.May(d.actor, plan.ActFollow, nil); err != nil {
		return err
	}
	s.Person, s.At = d.actor.ID, d.now
	b, err := d.tx.Bucket(followsBucket).CreateBucketIfNotExists([]byte(s.Person))
	if err != nil {
		return err
	}
	return put(b, followKey(&s), s)
}

// Unfollow implements plan.CitizenDesk.
func (d *desk) Unfollow(s plan.Subscription) error {
	if err := plan.May(d.actor, plan.ActFollow, nil); err != nil {
		return err
	}
	b := d.tx.Bucket(followsBucket).Bucket([]byte(d.actor.ID))
	if b == nil {
		return nil
	}
	if s.Item != 0 || s.Prefix != "" {
		return b.Delete(followKey(&s))
	}
	mine, err := all(b, func(f *plan.Subscription) bool { return f.Plan == s.Plan })
	if err != nil {
		return err
	}
	for i := range mine {
		if err := b.Delete(followKey(&mine[i])); err != nil {
			return err
		}
	}
	return nil
}

// Following implements plan.CitizenDesk.
func (d *desk) Following() ([]plan.Subscription, error) {
	if err := plan.May(d.actor, plan.ActFollow, nil); err != nil {
		return nil, err
	}
	return all[plan.Subscription](d.tx.Bucket(followsBucket).Bucket([]byte(d.actor.ID)), nil)
}

// Followers implements plan.CitizenDesk.
func (d *desk) Followers(key plan.Key, c *plan.Commitment) ([]plan.Subscription, error) {
	var list []plan.Subscription
	root := d.tx.Bucket(followsBucket)
	err := root.ForEachBucket(func(person []byte) error {
		matches, err := all(root.Bucket(person), func(s *plan.Subscription) bool { return s.Covers(key, c) })
		if len(matches) > 0 {
			list = append(list, d.reachable(matches[0])) // one message a person
		}
		return err
	})
	return list, err
}

// reachable leaves of a subscription what sending needs, unless the actor may see people.
func (d *desk) reachable(s plan.Subscription) plan.Subscription {
	if plan.Allowed(d.actor, plan.ActSeePeople, nil) {
		return s
	}
	return plan.Subscription{Chat: s.Chat, Plan: s.Plan, Item: s.Item, Prefix: s.Prefix}
}

// longestQuestion is how many bytes of a question are kept; the engine's keys are bounded.
const longestQuestion = 600

// Gap implements plan.Tx. It holds a question without its asker.
func (t *transaction) Gap(question string, n int, now time.Time) error {
	if len(question) > longestQuestion {
		question = strings.ToValidUTF8(question[:longestQuestion], "")
	}
	if question == "" || n <= 0 {
		return nil
	}
	b := t.tx.Bucket(gapsBucket)
	g := plan.Gap{Question: question}
	if _, err := absent(get(b, []byte(question), &g)); err != nil {
		return err
	}
	g.Count += n
	g.Last = now
	return put(b, []byte(question), g)
}

// Gaps implements plan.CitizenDesk.
func (d *desk) Gaps(most int) ([]plan.Gap, error) {
	if err := plan.May(d.actor, plan.ActSeeGaps, nil); err != nil {
		return nil, err
	}
	list, err := all[plan.Gap](d.tx.Bucket(gapsBucket), nil)
	slices.SortStableFunc(list, func(a, b plan.Gap) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), b.Last.Compare(a.Last), cmp.Compare(a.Question, b.Question))
	})
	return list[:min(len(list), max(most, 0))], err
}
