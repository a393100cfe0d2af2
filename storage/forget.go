package storage

import (
	"encoding/json"
	"slices"
	"strings"

	"go.etcd.io/bbolt"

	"duban/plan"
)

// Stand-ins for what was forgotten.
const (
	forgottenText   = "（已删除）"
	forgottenPerson = plan.PersonID("forgotten")
)

// Forget implements plan.PeopleDesk: it removes the person, their subscriptions, dialogs and
// messages, what they wrote as citizens, and their name and address from everything else.
// Figures that they filed stay with their department; the audit chain stays whole, and can
// no longer be joined with the texts that it holds digests of.
func (d *desk) Forget(id plan.PersonID) error {
	if id == "" || id != d.actor.ID {
		if err := plan.May(d.actor, plan.ActManage, nil); err != nil {
			return err
		}
	}
	var p plan.Person
	if _, err := absent(get(d.tx.Bucket(peopleBucket), []byte(id), &p)); err != nil {
		return err
	}
	p.ID = id
	f := forgetting{desk: d, id: id, subject: d.subjectOf(id, p.Role), chats: map[string]bool{}}
	f.chat(p.Chat)
	for _, step := range []func() error{f.person, f.follows, f.feedback, f.filings, f.requests, f.decisions, f.acts, f.invites, f.messages, f.letters, f.salts} {
		if err := step(); err != nil {
			return err
		}
	}
	if err := d.forgetDigests(&p); err != nil {
		return err
	}
	as := *d
	if id == d.actor.ID { // who is forgotten by themselves must not come back by this
		as.actor = plan.System
	}
	return as.log("forget", f.subject, "")
}

// forgetting is the removal of one person.
type forgetting struct {
	*desk
	id      plan.PersonID
	subject string          // how they stand in the audit chain
	chats   map[string]bool // where they were reached
}

func (f *forgetting) chat(chat string) {
	if chat != "" {
		f.chats[chat] = true
	}
}

func (f *forgetting) person() error { return f.tx.Bucket(peopleBucket).Delete([]byte(f.id)) }

func (f *forgetting) follows() error {
	root := f.tx.Bucket(followsBucket)
	b := root.Bucket([]byte(f.id))
	if b == nil {
		return nil
	}
	err := each(b, func(_ []byte, s *plan.Subscription) error {
		f.chat(s.Chat)
		return nil
	})
	if err != nil {
		return err
	}
	return root.DeleteBucket([]byte(f.id))
}

func (f *forgetting) feedback() error {
	var files []string
	err := rewrite(f.tx.Bucket(feedbackBucket), func(r *plan.Feedback) bool {
		mine, answered := r.By == f.id, r.AnsweredBy == f.id
		if mine {
			f.chat(r.Chat)
			files = append(files, digestsOf(r.Evidence)...)
			wipeFeedback(r)
		}
		if answered {
			r.AnsweredBy = forgottenPerson
		}
		return mine || answered
	})
	if err != nil {
		return err
	}
	return f.Keeps(files...) // of older databases, too: so they are dropped
}

// digestsOf lists the files that were fetched.
func digestsOf(list []plan.Evidence) (digests []string) {
	for i := range list {
		if list[i].Digest != "" {
			digests = append(digests, list[i].Digest)
		}
	}
	return digests
}

// wipeFeedback leaves of feedback that there was some, and when.
func wipeFeedback(r *plan.Feedback) {
	r.By, r.Chat, r.Text, r.Place, r.Evidence = "", "", forgottenText, "", nil
	if r.Answer != "" {
		r.Answer = forgottenText
	}
}

// filings takes a person out of filings; the figures and their department stay.
func (f *forgetting) filings() error {
	var mine []plan.Filing
	as := *f.desk
	as.actor = plan.System
	err := f.tx.Bucket(filingsBucket).ForEachBucket(func(key []byte) error {
		return as.eachFiling(plan.Key(key), nil, func(r *plan.Filing) {
			if r.By == f.id || slices.ContainsFunc(r.Reviews, func(v plan.Review) bool { return v.By == f.id }) {
				mine = append(mine, *r)
			}
		})
	})
	if err != nil {
		return err
	}
	for i := range mine {
		if r := &mine[i]; r.By == f.id {
			f.chat(r.Chat)
			r.By, r.Chat = "", ""
		}
		for j := range mine[i].Reviews {
			f.review(&mine[i].Reviews[j])
		}
		if err := f.putFiling(&mine[i]); err != nil {
			return err
		}
	}
	return nil
}

func (f *forgetting) review(r *plan.Review) {
	if r != nil && r.By == f.id {
		r.By = forgottenPerson
	}
}

func (f *forgetting) requests() error {
	return rewrite(f.tx.Bucket(requestsBucket), func(r *plan.Request) bool {
		mine := r.By == f.id
		if mine {
			f.chat(r.Chat)
			r.By, r.Chat = forgottenPerson, ""
		}
		decided := r.Review != nil && r.Review.By == f.id
		f.review(r.Review)
		return mine || decided
	})
}

// decisions takes a person out of corrections and duties.
func (f *forgetting) decisions() error {
	corrections, duties := f.tx.Bucket(correctionsBucket), f.tx.Bucket(dutiesBucket)
	err := corrections.ForEachBucket(func(key []byte) error {
		return rewrite(corrections.Bucket(key), func(c *plan.Correction) bool { return f.swap(&c.By) })
	})
	if err != nil {
		return err
	}
	return duties.ForEachBucket(func(key []byte) error {
		return rewrite(duties.Bucket(key), func(c *plan.Duty) bool { return f.swap(&c.By) })
	})
}

func (f *forgetting) invites() error {
	return rewrite(f.tx.Bucket(invitesBucket), func(i *plan.Invite) bool {
		by, used := f.swap(&i.By), f.swap(&i.UsedBy) // a used invite stays used
		return by || used
	})
}

func (f *forgetting) swap(id *plan.PersonID) bool {
	if *id != f.id {
		return false
	}
	*id = forgottenPerson
	return true
}

// messages removes dialogs, in groups too, what is kept of the private chat, waiting
// messages, and the keys of both ledgers that name the person. What a group that the person
// wrote in was told stays.
func (f *forgetting) messages() error {
	f.chat(string(f.id)) // a private chat is called as its person
	for _, kept := range []struct {
		bucket []byte
		gone   func(key string) bool
	}{
		{dialogsBucket, func(k string) bool { return f.chats[k] || strings.HasSuffix(k, "/"+string(f.id)) }},
		{chatsBucket, func(k string) bool { return k == string(f.id) }},
		{toldBucket, func(k string) bool { return names(k, string(f.id)) }},
		{ledgerBucket, f.named},
	} {
		if err := drop(f.tx.Bucket(kept.bucket), func(k, _ []byte) bool { return kept.gone(string(k)) }); err != nil {
			return err
		}
	}
	return drop(f.tx.Bucket(outboxBucket), func(_, data []byte) bool {
		var m plan.Delivery
		return json.Unmarshal(data, &m) == nil && f.chats[m.Recipient]
	})
}

// named reports whether a key holds the person or a chat of theirs.
func (f *forgetting) named(key string) bool {
	for chat := range f.chats {
		if names(key, chat) {
			return true
		}
	}
	return false
}

// names reports whether a key holds a name as a whole word: "12" is not in "123".
func names(key, name string) bool {
	for rest := key; ; {
		i := strings.Index(rest, name)
		if i < 0 {
			return false
		}
		end := i + len(name)
		if (i == 0 || !wordByte(rest[i-1])) && (end == len(rest) || !wordByte(rest[end])) {
			return true
		}
		rest = rest[i+1:]
	}
}

func wordByte(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80 || b == '-'
}

// rewrite stores the records of a bucket anew that change changed.
func rewrite[T any](b *bbolt.Bucket, change func(*T) bool) error {
	changed := map[string]T{}
	err := each(b, func(k []byte, value *T) error {
		if change(value) {
			changed[string(k)] = *value
		}
		return nil
	})
	for k, value := range changed {
		if err == nil {
			err = put(b, []byte(k), value)
		}
	}
	return err
}

// drop deletes the records of a bucket that gone names.
func drop(b *bbolt.Bucket, gone func(key, data []byte) bool) error {
	var keys [][]byte
	err := b.ForEach(func(k, data []byte) error {
		if gone(k, data) {
			keys = append(keys, slices.Clone(k))
		}
		return nil
	})
	for _, k := range keys {
		if err == nil {
			err = b.Delete(k)
		}
	}
	return err
}
