package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.etcd.io/bbolt"

	"duban/plan"
)

// ErrAltered occurs where a stored record is not what the audit chain says was stored.
var ErrAltered = errors.New("storage: a record is not what the audit chain says")

// loadAct is how the chain begins in a database that came from an archive without one:
// what was loaded stands in no record.
const loadAct = "load"

// witness holds what the audit chain says of records that can be compared with it.
type witness struct {
	tx          *bbolt.Tx
	loaded      bool                                 // records came without their chain
	filings     map[plan.FilingID][]plan.AuditRecord // the filing, then its reviews
	corrections map[plan.Key][]plan.AuditRecord      // in the order of time
	requests    map[uint64][]plan.AuditRecord        // the request, then the decision
	feedback    map[uint64][]plan.AuditRecord        // the feedback, then the answer
	people      map[plan.PersonID]plan.AuditRecord   // the last of each
	duties      map[string]plan.AuditRecord          // the last of each item, by itemName
	bulletins   map[string]plan.AuditRecord          // the release, by plan and quarter
	closings    map[plan.Key]plan.AuditRecord        // the last of each plan
	first       *disagreement                        // of those that were found
}

// disagreement is a record that is not as the chain says.
type disagreement struct {
	seq  uint64 // of the chain's record; 0 where it has none
	what string // 填报3（聊城市2017/35）
	how  string // 的数被改动过
}

// checkRecords compares filings with their reviews, corrections, requests, personal texts,
// officials, duties, released bulletins and closings with the audit chain, which holds together; ErrAltered names the first that differs.
func checkRecords(ctx context.Context, tx *bbolt.Tx) error {
	w := &witness{
		tx: tx, filings: map[plan.FilingID][]plan.AuditRecord{}, corrections: map[plan.Key][]plan.AuditRecord{},
		requests: map[uint64][]plan.AuditRecord{}, feedback: map[uint64][]plan.AuditRecord{}, people: map[plan.PersonID]plan.AuditRecord{},
		duties: map[string]plan.AuditRecord{}, bulletins: map[string]plan.AuditRecord{}, closings: map[plan.Key]plan.AuditRecord{},
	}
	if err := w.listen(ctx); err != nil {
		return err
	}
	for _, compare := range []func() error{w.compareFilings, w.compareCorrections, w.compareRequests, w.compareFeedback, w.comparePeople, w.compareDuties, w.compareBulletins, w.compareClosings} {
		if err := errors.Join(compare(), ctx.Err()); err != nil {
			return err
		}
	}
	if d := w.first; d != nil {
		where := fmt.Sprintf("与审计链第%d条不符", d.seq)
		if d.seq == 0 {
			where = "在审计链里没有记录"
		}
		return &problem{d.what + where + "：" + d.how + "；请用备份核对", ErrAltered, nil}
	}
	return nil
}

// listen reads the chain.
func (w *witness) listen(ctx context.Context) error {
	return each(w.tx.Bucket(auditBucket), func(_ []byte, r *plan.AuditRecord) error {
		var n uint64
		act, _, _ := strings.Cut(r.Act, ":")
		switch act {
		case loadAct:
			w.loaded = true
		case "file", "review":
			if _, err := fmt.Sscanf(r.Detail, "filing %d", &n); err == nil {
				w.filings[plan.FilingID(n)] = append(w.filings[plan.FilingID(n)], *r)
			}
		case "correct":
			key, _, _ := strings.Cut(r.Subject, "/")
			w.corrections[plan.Key(key)] = append(w.corrections[plan.Key(key)], *r)
		case "request", "decide":
			if _, err := fmt.Sscanf(r.Detail, "request %d", &n); err == nil {
				w.requests[n] = append(w.requests[n], *r)
			}
		case "feedback", "answer-feedback":
			if _, err := fmt.Sscanf(r.Detail, "feedback %d", &n); err == nil {
				w.feedback[n] = append(w.feedback[n], *r)
			}
		case "person", "join":
			w.people[plan.PersonID(r.Subject)] = *r
		case "forget":
			delete(w.people, plan.PersonID(r.Subject))
		case "close":
			w.closings[plan.Key(r.Subject)] = *r
		case "assign":
			w.duties[r.Subject] = *r
		case releaseAct:
			w.bulletins[r.Subject] = *r
		}
		return ctx.Err()
	})
}

// differs notes a disagreement; the first by the chain's order is kept, what it does not
// know at all comes last.
func (w *witness) differs(seq uint64, what, how string) {
	if w.first == nil || seq != 0 && (w.first.seq == 0 || seq < w.first.seq) {
		w.first = &disagreement{seq, what, how}
	}
}

// says reports whether a record's digest is that of some texts, as far as its salt still is
// there and the texts were not deleted since.
func (w *witness) says(r *plan.AuditRecord, personal ...string) bool {
	joined := asStored(strings.Join(personal, "\x00"))
	if r.Digest == "" {
		return len(joined) < len(personal)
	}
	salt := w.tx.Bucket(saltsBucket).Get(number(r.Seq))
	for _, text := range personal {
		if text == forgottenText {
			return true
		}
	}
	return salt == nil || salted(salt, joined) == r.Digest
}

// compareFilings compares every stored filing, and looks for those that are gone.
func (w *witness) compareFilings() error {
	seen := map[plan.FilingID]bool{}
	root := w.tx.Bucket(filingsBucket)
	err := root.ForEachBucket(func(key []byte) error {
		return root.Bucket(key).ForEach(func(k, data []byte) error {
			f, err := decodeFiling(data)
			if err != nil {
				return fmt.Errorf("filing %x of %s: %w", k, key, err)
			}
			_, id := splitFilingKey(k)
			seen[id] = true
			w.compareFiling(k, data, f, string(key))
			return nil
		})
	})
	for id, records := range w.filings {
		if !seen[id] {
			w.differs(records[0].Seq, fmt.Sprintf("填报%d（%s）", id, records[0].Subject), "库里没有了")
		}
	}
	return err
}

func (w *witness) compareFiling(k, data []byte, f *plan.Filing, key string) {
	item, id := splitFilingKey(k)
	what, records := fmt.Sprintf("填报%d（%s）", id, itemName(plan.Key(key), item)), w.filings[id]
	seq := uint64(0)
	if len(records) > 0 {
		seq = records[0].Seq
	}
	whole, err := encodeFiling(f)
	switch {
	case f.ID != id || f.Item != item || string(f.Plan) != key || err != nil || !bytes.Equal(whole[:markBytes], data[:markBytes]):
		w.differs(seq, what, "记录自相矛盾，被改动过")
	case len(records) == 0 || records[0].Act != "file":
		if !w.loaded {
			w.differs(seq, what, "记录是另外加进去的")
		}
	default:
		w.compareWithRecords(f, what, records)
	}
}

// compareWithRecords compares a filing and the decisions on it with what the chain says of
// them. One that came accepted has a review more than the chain.
func (w *witness) compareWithRecords(f *plan.Filing, what string, records []plan.AuditRecord) {
	filed, reviews := &records[0], f.Reviews
	atOnce := len(reviews) == len(records)
	if atOnce {
		reviews = reviews[1:]
	}
	switch said := filingDetail(f, atOnce); {
	case filed.Subject != itemName(f.Plan, f.Item), filed.Detail != said && filed.Detail != briefDetail(f), !filed.At.Equal(f.At):
		w.differs(filed.Seq, what, "数、日期或更正关系被改动过")
		return
	case !w.says(filed, f.Note, f.Reason):
		w.differs(filed.Seq, what, "说明文字被改动过")
		return
	case len(reviews) != len(records)-1, atOnce && (f.Reviews[0].Verdict != plan.Accepted || !f.Reviews[0].At.Equal(f.At)):
		w.differs(filed.Seq, what, "审核意见多了或少了")
		return
	}
	for i := range reviews {
		if r := &records[i+1]; r.Act != "review:"+string(reviews[i].Verdict) || !r.At.Equal(reviews[i].At) || !w.says(r, reviews[i].Reason) {
			w.differs(r.Seq, what, "审核意见被改动过")
			return
		}
	}
}

// compareCorrections compares the decisions on what was read; those that were loaded without
// their chain stand before the ones that it knows.
func (w *witness) compareCorrections() error {
	root := w.tx.Bucket(correctionsBucket)
	err := root.ForEachBucket(func(key []byte) error {
		list, err := all[plan.Correction](root.Bucket(key), nil)
		records := w.corrections[plan.Key(key)]
		if extra := len(list) - len(records); extra < 0 || extra > 0 && !w.loaded {
			w.differs(lastSeq(records), "计划"+string(key)+"的校核", "记录多了或少了")
			return err
		}
		list = list[len(list)-len(records):]
		for i := range list {
			if c, r := &list[i], &records[i]; r.Act != "correct:"+string(c.Check) || r.Subject != itemName(plan.Key(key), c.Item) || !sameCorrection(c, r.Detail) || !w.says(r, c.Reason) {
				w.differs(r.Seq, "校核（"+r.Subject+"）", "记录被改动过")
			}
		}
		return err
	})
	for key, records := range w.corrections {
		if root.Bucket([]byte(key)) == nil {
			w.differs(records[0].Seq, "计划"+string(key)+"的校核", "库里没有了")
		}
	}
	return err
}

func lastSeq(records []plan.AuditRecord) uint64 {
	if len(records) == 0 {
		return 0
	}
	return records[len(records)-1].Seq
}

// sameCorrection compares a correction with its record; a basis that nobody set is found by
// rules that may have changed since.
func sameCorrection(c *plan.Correction, detail string) bool {
	said := correctionDetail(c)
	if c.Target == nil || c.Target.Basis != "" {
		return said == detail
	}
	basis := string(plan.BasisOf(c.Target))
	head, tail := said[:strings.LastIndex(said, basis)], said[strings.LastIndex(said, basis)+len(basis):]
	return strings.HasPrefix(detail, head) && strings.HasSuffix(detail, tail)
}

func (w *witness) compareRequests() error {
	seen := map[uint64]bool{}
	err := each(w.tx.Bucket(requestsBucket), func(_ []byte, r *plan.Request) error {
		what, records := fmt.Sprintf("申请%d（%s）", r.ID, itemName(r.Plan, r.Item)), w.requests[r.ID]
		seen[r.ID] = true
		switch {
		case len(records) == 0 || records[0].Act != "request":
			if !w.loaded {
				w.differs(lastSeq(records), what, "记录是另外加进去的")
			}
		case records[0].Subject != itemName(r.Plan, r.Item), records[0].Detail != requestDetail(r) && records[0].Detail != briefRequest(r), !w.says(&records[0], r.Reason, r.Approval):
			w.differs(records[0].Seq, what, "内容被改动过")
		case (r.Review != nil) != (len(records) > 1):
			w.differs(lastSeq(records), what, "审批意见多了或少了")
		case r.Review != nil && (records[1].Act != "decide:"+string(r.Review.Verdict) || !w.says(&records[1], r.Review.Reason)):
			w.differs(records[1].Seq, what, "审批意见被改动过")
		}
		return nil
	})
	for id, records := range w.requests {
		if !seen[id] {
			w.differs(records[0].Seq, fmt.Sprintf("申请%d（%s）", id, records[0].Subject), "库里没有了")
		}
	}
	return err
}

func (w *witness) compareFeedback() error {
	return each(w.tx.Bucket(feedbackBucket), func(_ []byte, f *plan.Feedback) error {
		for i := range w.feedback[f.ID] {
			r, texts := &w.feedback[f.ID][i], []string{f.Text, f.Place}
			if r.Act == "answer-feedback" {
				texts = []string{f.Answer}
			}
			if f.Text != forgottenText && !w.says(r, texts...) {
				w.differs(r.Seq, fmt.Sprintf("反馈%d", f.ID), "文字被改动过")
			}
		}
		return nil
	})
}

// filingDetail is what the audit chain says of a filing; atOnce tells whether it came
// accepted.
func filingDetail(f *plan.Filing, atOnce bool) string {
	detail := briefDetail(f)
	if f.Percent != nil {
		detail += ", " + f.Percent.String() + "%"
	}
	if atOnce {
		return detail + ", accepted"
	}
	return detail + ", waits"
}

// briefDetail is what the chain of earlier releases says of it.
func briefDetail(f *plan.Filing) string {
	value := string(f.Stage)
	if f.Value != nil {
		value = f.Value.String()
	}
	detail := "filing " + strconv.FormatUint(uint64(f.ID), 10) + ": " + value + " on " + f.Date.String()
	if f.Supersedes != 0 {
		detail += fmt.Sprintf(", supersedes %d", f.Supersedes)
	}
	return detail
}

// asStored is a text as JSON keeps it, so that what was hashed can be hashed again.
func asStored(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	return string([]rune(text))
}
