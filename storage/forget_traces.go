package storage

import (
	"bytes"
	"encoding/json"

	"duban/plan"
)

// letters removes messages that could not be delivered to the person, and when something was
// sent to them.
func (f *forgetting) letters() error {
	err := drop(f.tx.Bucket(deadBucket), func(_, data []byte) bool {
		var m plan.DeadLetter
		return json.Unmarshal(data, &m) == nil && (f.chats[m.Recipient] || f.named(m.Key))
	})
	if err != nil {
		return err
	}
	return drop(f.tx.Bucket(sendsBucket), func(_, chat []byte) bool { return f.chats[string(chat)] })
}

// acts takes a person out of bulletins and closings, and out of the leave of those whom they
// stood in for.
func (f *forgetting) acts() error {
	err := rewrite(f.tx.Bucket(bulletinsBucket), func(b *plan.Bulletin) bool {
		mine := f.swap(&b.By)
		for i := range b.Errata {
			mine = f.swap(&b.Errata[i].By) || mine
		}
		return mine
	})
	if err != nil {
		return err
	}
	err = rewrite(f.tx.Bucket(closingsBucket), func(c *plan.Closing) bool { return f.swap(&c.By) })
	if err != nil {
		return err
	}
	return rewrite(f.tx.Bucket(peopleBucket), func(p *plan.Person) bool {
		mine := p.Leave != nil && p.Leave.Delegate == f.id
		if mine {
			p.Leave.Delegate = ""
		}
		return mine
	})
}

// salts throws away what joins the audit chain with the person and with what they wrote, in
// an office and as a citizen.
func (f *forgetting) salts() error {
	salts := f.tx.Bucket(saltsBucket)
	var subjects [][]byte
	for _, name := range []string{f.subject, f.subjectOf(f.id, plan.Public)} {
		subjects = append(subjects, []byte(`"`+name+`"`))
	}
	c := f.tx.Bucket(auditBucket).Cursor()
	for k, data := c.First(); k != nil; k, data = c.Next() {
		if bytes.Contains(data, subjects[0]) || bytes.Contains(data, subjects[1]) {
			if err := salts.Delete(k); err != nil {
				return err
			}
		}
	}
	return salts.Delete(personKey(f.id))
}
