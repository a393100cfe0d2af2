package storage

import (
	"fmt"
	"strings"

	"duban/plan"
)

// What the audit chain says of people who are stored, of those who join, and of duties.
func personDetail(p *plan.Person) string {
	return fmt.Sprintf("%s %s removed=%t", p.Role, p.Department, p.Removed)
}

func joinDetail(p *plan.Person) string {
	return fmt.Sprintf("%s %s by invite ", p.Role, p.Department)
}

func dutyDetail(d *plan.Duty) string { return fmt.Sprintf("%s %v", d.Lead, d.Support) }

// isGone is how a record that the chain knows and the database lacks is spoken of.
const isGone = "库里没有了"

// comparePeople compares name, role and department of officials, who are all in the chain;
// citizens stand there under names that are not theirs.
func (w *witness) comparePeople() error {
	stored := map[plan.PersonID]bool{}
	err := each(w.tx.Bucket(peopleBucket), func(_ []byte, p *plan.Person) error {
		stored[p.ID] = true
		if _, official := officials[p.Role]; official {
			w.compareOfficial(p)
		}
		return nil
	})
	for id, r := range w.people {
		role, _, _ := strings.Cut(r.Detail, " ")
		if _, official := officials[plan.Role(role)]; official && !stored[id] {
			w.differs(r.Seq, "人员 "+string(id), isGone)
		}
	}
	return err
}

func (w *witness) compareOfficial(p *plan.Person) {
	r, known := w.people[p.ID]
	what := "人员 " + string(p.ID)
	switch {
	case !known:
		w.differs(0, what, "人员是外来的")
	case r.Detail != personDetail(p) && (p.Removed || !strings.HasPrefix(r.Detail, joinDetail(p))):
		w.differs(r.Seq, what, "角色或单位被改动过")
	case !w.says(&r, p.Name):
		w.differs(r.Seq, what, "姓名被改动过")
	}
}

// compareDuties compares who answers for what.
func (w *witness) compareDuties() error {
	root, stored := w.tx.Bucket(dutiesBucket), map[string]bool{}
	err := root.ForEachBucket(func(key []byte) error {
		return each(root.Bucket(key), func(_ []byte, d *plan.Duty) error {
			name := itemName(plan.Key(key), d.Item)
			stored[name] = true
			r, known := w.duties[name]
			switch {
			case !known && !w.loaded:
				w.differs(0, "分工 "+name, "分工是外来的")
			case known && r.Detail != dutyDetail(d):
				w.differs(r.Seq, "分工 "+name, "责任单位被改动过")
			}
			return nil
		})
	})
	for name, r := range w.duties {
		if !strings.HasPrefix(r.Detail, " ") && !stored[name] { // with a lead
			w.differs(r.Seq, "分工 "+name, isGone)
		}
	}
	return err
}

// compareBulletins compares what was released. Chains of earlier releases of the program hold
// no digest of the text, but one of nothing. One that is gone is no alteration: archives of the
// first shape lost them.
func (w *witness) compareBulletins() error {
	return each(w.tx.Bucket(bulletinsBucket), func(_ []byte, b *plan.Bulletin) error {
		if b.State != plan.BulletinReleased {
			return nil
		}
		name := bulletinName(b)
		r, known := w.bulletins[name]
		switch {
		case !known && !w.loaded:
			w.differs(0, "通报 "+name, "通报是外来的")
		case known && (r.Detail != b.Digest || r.Digest != "" && !w.says(&r, "") && !w.says(&r, b.Text, string(b.Document))):
			w.differs(r.Seq, "通报 "+name, "通报被改动过")
		}
		return nil
	})
}

// compareClosings compares the ratings of closed plans, by their number.
func (w *witness) compareClosings() error {
	return each(w.tx.Bucket(closingsBucket), func(_ []byte, c *plan.Closing) error {
		r, known := w.closings[c.Plan]
		switch {
		case !known && !w.loaded:
			w.differs(0, "结账 "+string(c.Plan), "结账是外来的")
		case known && r.Detail != closingDetail(c):
			w.differs(r.Seq, "结账 "+string(c.Plan), "评定被改动过")
		}
		return nil
	})
}
