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

// comparePeople compares name, role and department of officials; citizens stand in the chain
// under names that are not theirs.
func (w *witness) comparePeople() error {
	return each(w.tx.Bucket(peopleBucket), func(_ []byte, p *plan.Person) error {
		if _, official := officials[p.Role]; !official {
			return nil
		}
		r, known := w.people[p.ID]
		what := "人员 " + string(p.ID)
		switch {
		case !known && !w.loaded:
			w.differs(0, what, "人员是外来的")
		case !known:
		case r.Detail != personDetail(p) && (p.Removed || !strings.HasPrefix(r.Detail, joinDetail(p))):
			w.differs(r.Seq, what, "角色或单位被改动过")
		case !w.says(&r, p.Name):
			w.differs(r.Seq, what, "姓名被改动过")
		}
		return nil
	})
}

// compareDuties compares who answers for what.
func (w *witness) compareDuties() error {
	root := w.tx.Bucket(dutiesBucket)
	return root.ForEachBucket(func(key []byte) error {
		return each(root.Bucket(key), func(_ []byte, d *plan.Duty) error {
			name := itemName(plan.Key(key), d.Item)
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
}

// compareBulletins compares what was released. Chains of earlier releases of the program hold
// no digest of the text.
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
		case known && (r.Detail != b.Digest || r.Digest != "" && !w.says(&r, b.Text, string(b.Document))):
			w.differs(r.Seq, "通报 "+name, "通报被改动过")
		}
		return nil
	})
}
