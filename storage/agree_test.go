package storage

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"duban/plan"
)

// filed returns a database with one of everything that the audit chain can bear witness to.
func filed(t *testing.T) *DB {
	t.Helper()
	db, now := testDB(t), time.Date(2017, 8, 1, 10, 0, 0, 0, time.UTC)
	roads, twenty := plan.NewDecimal(824, 0), plan.NewDecimal(60, 0)
	p, _ := plan.Merge(nil, &plan.Plan{Place: "某市", Year: 2017, State: plan.Published, Commitments: []plan.Commitment{{
		Segment: plan.Segment{Code: "2.1.1.1", Text: "修路"}, Departments: []string{"交通局"},
		Targets: []plan.Target{{Metric: "农村公路", Op: plan.AtLeast, Value: plan.NewDecimal(2500, 0), ValueText: "2500公里", Unit: "公里"}},
		Tasks:   []plan.Task{{Text: "整治道路"}},
	}}})
	staff := plan.Actor{ID: "telegram:7", Role: plan.Staff, Department: "交通局"}
	err := db.Update(context.Background(), func(tx plan.Tx) error {
		d, s, key, day := tx.As(plan.System, now), tx.As(staff, now), p.Key(), plan.NewDate(2017, 7, 31)
		fixed := p.Commitments[0].Targets[0]
		fixed.Value, fixed.ValueText = plan.NewDecimal(2600, 0), "2600公里"
		err := errors.Join(d.PutPlan(p), d.PutPerson(plan.Person{ID: staff.ID, Name: "李四", Role: plan.Staff, Department: "交通局"}),
			d.Correct(key, plan.Correction{Check: plan.CheckedFixed, Commitment: 1, Item: 2, Target: &fixed, Reason: "口误"}))
		first, e1 := s.File(plan.Filing{Plan: key, Item: 2, Value: &roads, Date: day, Note: "开工两条"})
		_, e2 := d.Review(first.ID, plan.Returned, "数不对")
		_, e3 := s.File(plan.Filing{Plan: key, Item: 2, Value: &roads, Date: day, Supersedes: first.ID, Reason: "笔误"})
		_, e4 := s.File(plan.Filing{Plan: key, Item: 3, Stage: plan.Ongoing, Percent: &twenty, Date: day})
		_, e5 := d.File(plan.Filing{Plan: key, Item: 2, Value: &roads, Date: day, Source: "日报", Reviews: []plan.Review{{Verdict: plan.Accepted}}})
		r, e6 := s.Ask(plan.Request{Plan: key, Item: 2, Kind: plan.Adjust, Value: &roads, Reason: "征地", Approval: "市府办12号"})
		_, e7 := d.Decide(r.ID, plan.Returned, "理由不足")
		f, e8 := tx.As(plan.Actor{ID: "telegram:9", Role: plan.Public}, now).Tell(plan.Feedback{Plan: key, Commitment: 1, Text: "门前没修", Place: "东关街"})
		_, e9 := d.Answer(f.ID, "已安排")
		b, e10 := d.Draft(plan.Bulletin{Plan: key, Year: 2017, Quarter: 2, Text: "公路滞后", Document: []byte("<p>公路滞后</p>"), Digest: "00ff"})
		_, e11 := d.Release(b.ID)
		e11 = errors.Join(e11, d.Close(plan.Closing{Plan: key, Ratings: map[plan.ID]plan.Rating{2: plan.RatedDone}}, plan.Carried{}))
		return errors.Join(err, e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, e11, d.Assign(key, plan.Duty{Item: 2, Lead: "交通局", Support: []string{"财政局"}}))
	})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// replaced changes every value of a bucket, also of nested ones, that holds a text.
func replaced(t *testing.T, b *bbolt.Bucket, old, text string) (n int) {
	t.Helper()
	changed := map[string][]byte{}
	err := b.ForEach(func(k, v []byte) error {
		switch {
		case v == nil:
			n += replaced(t, b.Bucket(k), old, text)
		case bytes.Contains(v, []byte(old)):
			changed[string(k)] = bytes.Replace(v, []byte(old), []byte(text), 1)
		}
		return nil
	})
	for k, v := range changed {
		err = errors.Join(err, b.Put([]byte(k), v))
	}
	if err != nil {
		t.Fatal(err)
	}
	return n + len(changed)
}

func TestAlteredRecordsAreFound(t *testing.T) {
	t.Parallel()
	db, undone := filed(t), errors.New("undone")
	if err := db.Check(context.Background()); err != nil {
		t.Fatalf("fresh records disagree: %v", err)
	}
	change := func(bucket []byte, old, text string) func(*bbolt.Tx) {
		return func(tx *bbolt.Tx) {
			if replaced(t, tx.Bucket(bucket), old, text) == 0 {
				t.Fatalf("no %s in %s", old, bucket)
			}
		}
	}
	refile := func(id plan.FilingID, spoil func(*plan.Filing)) func(*bbolt.Tx) { // with its mark, as by the program
		return func(tx *bbolt.Tx) {
			d := &desk{transaction: &transaction{tx: tx}, actor: plan.System}
			f, err := d.read(id)
			if err != nil {
				t.Fatal(err)
			}
			spoil(f)
			if err := d.putFiling(f); err != nil {
				t.Fatal(err)
			}
		}
	}
	more := plan.NewDecimal(2500, 0)
	for name, c := range map[string]struct {
		spoil func(*bbolt.Tx)
		want  string
	}{
		"value":           {refile(1, func(f *plan.Filing) { f.Value = &more }), "填报1（某市2017/2）与审计链第4条不符：数、日期"},
		"value in JSON":   {change(filingsBucket, `"value":824`, `"value":924`), "填报1（某市2017/2）与审计链第4条不符：记录自相矛盾"},
		"date":            {refile(3, func(f *plan.Filing) { f.Date = plan.NewDate(2017, 6, 30) }), "填报3（某市2017/3）"},
		"percentage":      {refile(3, func(f *plan.Filing) { f.Percent = &more }), "填报3（某市2017/3）"},
		"no percentage":   {refile(3, func(f *plan.Filing) { f.Percent = nil }), "填报3"},
		"stage":           {refile(3, func(f *plan.Filing) { f.Stage = plan.Finished }), "填报3"},
		"supersedes":      {refile(2, func(f *plan.Filing) { f.Supersedes = 0 }), "填报2"},
		"moment":          {refile(2, func(f *plan.Filing) { f.At = f.At.Add(time.Hour) }), "填报2"},
		"note":            {refile(1, func(f *plan.Filing) { f.Note = "开工三条" }), "说明文字被改动过"},
		"new note":        {refile(3, func(f *plan.Filing) { f.Note = "补一句" }), "说明文字被改动过"},
		"accepted":        {refile(1, func(f *plan.Filing) { f.Reviews[0].Verdict = plan.Accepted }), "填报1（某市2017/2）与审计链第5条不符：审核意见被改动过"},
		"review's reason": {refile(1, func(f *plan.Filing) { f.Reviews[0].Reason = "很好" }), "审核意见被改动过"},
		"own review": {refile(2, func(f *plan.Filing) {
			f.Reviews = []plan.Review{{Verdict: plan.Accepted, By: "system", At: f.At}}
		}), "填报2"},
		"review taken out": {refile(1, func(f *plan.Filing) { f.Reviews = nil }), "审核意见多了或少了"},
		"mark":             {change(filingsBucket, string(binary.BigEndian.AppendUint64(nil, 824)), string(binary.BigEndian.AppendUint64(nil, 825))), "记录自相矛盾"},
		"deleted": {func(tx *bbolt.Tx) {
			_ = tx.Bucket(filingsBucket).Bucket([]byte("某市2017")).Delete(filingKey(2, 1))
		}, "填报1（某市2017/2）与审计链第4条不符：库里没有了"},
		"added":         {refile(1, func(f *plan.Filing) { f.ID = 99 }), "填报99（某市2017/2）在审计链里没有记录"},
		"correction":    {change(correctionsBucket, "2600公里", "2700公里"), "校核（某市2017/2）与审计链第3条不符"},
		"its reason":    {change(correctionsBucket, "口误", "笔误"), "校核（某市2017/2）"},
		"its check":     {change(correctionsBucket, `"fixed"`, `"accepted"`), "校核（某市2017/2）"},
		"no correction": {func(tx *bbolt.Tx) { _ = tx.Bucket(correctionsBucket).DeleteBucket([]byte("某市2017")) }, "的校核与审计链第3条不符：库里没有了"},
		"request":       {change(requestsBucket, `"value":824`, `"value":924`), "申请1（某市2017/2）"},
		"approval":      {change(requestsBucket, "12号", "13号"), "申请1"},
		"granted":       {change(requestsBucket, `"returned"`, `"accepted"`), "审批意见被改动过"},
		"feedback":      {change(feedbackBucket, "门前没修", "门前修了"), "反馈1"},
		"answer":        {change(feedbackBucket, "已安排", "不安排"), "反馈1"},
		"name":          {change(peopleBucket, "李四", "王五"), "人员 telegram:7"},
		"role":          {change(peopleBucket, `"staff"`, `"admin"`), "角色或单位被改动过"},
		"department":    {change(peopleBucket, "交通局", "民政局"), "角色或单位被改动过"},
		"an admin more": {func(tx *bbolt.Tx) {
			_ = put(tx.Bucket(peopleBucket), []byte("telegram:666"), plan.Person{ID: "telegram:666", Role: plan.Admin})
		}, "人员 telegram:666在审计链里没有记录"},
		"duty":    {change(dutiesBucket, `"lead":"交通局"`, `"lead":"民政局"`), "责任单位被改动过"},
		"support": {change(dutiesBucket, "财政局", "审计局"), "责任单位被改动过"},
		"a duty more": {func(tx *bbolt.Tx) {
			_ = put(tx.Bucket(dutiesBucket).Bucket([]byte("某市2017")), itemKey(3), plan.Duty{Item: 3, Lead: "民政局"})
		}, "分工 某市2017/3在审计链里没有记录"},
		"bulletin":         {change(bulletinsBucket, "公路滞后", "公路正常"), "通报被改动过"},
		"an official less": {func(tx *bbolt.Tx) { _ = tx.Bucket(peopleBucket).Delete([]byte("telegram:7")) }, "人员 telegram:7与审计链第2条不符：库里没有了"},
		"a duty less":      {func(tx *bbolt.Tx) { _ = tx.Bucket(dutiesBucket).DeleteBucket([]byte("某市2017")) }, "分工 某市2017/2"},
		"closing":          {change(closingsBucket, string(plan.RatedDone), string(plan.RatedMissed)), "评定被改动过"},
		"another bulletin": {change(bulletinsBucket, `"quarter":2`, `"quarter":1`), "通报 某市2017/2017-Q1在审计链里没有记录"},
	} {
		err := db.bolt.Update(func(tx *bbolt.Tx) error {
			c.spoil(tx)
			err := checkRecords(context.Background(), tx)
			if !errors.Is(err, ErrAltered) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
			return undone
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
	}
}

// TestDeletedTextsAreNoAlteration forgets people and texts, and loads an archive without its
// chain.
func TestDeletedTextsAreNoAlteration(t *testing.T) {
	t.Parallel()
	db, ctx, later := filed(t), context.Background(), time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, id := range []plan.PersonID{"telegram:7", "telegram:9"} {
		if err := db.Update(ctx, func(tx plan.Tx) error { return tx.As(plan.System, later).Forget(id) }); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Retain(ctx, plan.System, later, later); err != nil {
		t.Fatal(err)
	}
	if err := db.Check(ctx); err != nil {
		t.Errorf("what was forgotten is called altered: %v", err)
	}
	a, err := db.Export(ctx, plan.System)
	if err != nil {
		t.Fatal(err)
	}
	a.Anonymize()
	copied, err := Open(filepath.Join(t.TempDir(), "b.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = copied.Close() }()
	if err := copied.Load(ctx, a); err != nil {
		t.Fatal(err)
	}
	err = copied.Update(ctx, func(tx plan.Tx) error {
		_, err := tx.As(plan.System, later).Review(3, plan.Accepted, "")
		return err
	})
	if err := errors.Join(err, copied.Check(ctx)); err != nil {
		t.Errorf("an anonymous copy that went on: %v", err)
	}
}

// TestAnonymousArchiveBringsNobody: no chain says who made its people officials.
func TestAnonymousArchiveBringsNobody(t *testing.T) {
	t.Parallel()
	a, err := filed(t).Export(context.Background(), plan.System)
	if err != nil {
		t.Fatal(err)
	}
	a.Anonymize()
	a.People = []plan.Person{{ID: "telegram:666", Role: plan.Admin}}
	empty, err := Open(filepath.Join(t.TempDir(), "b.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = empty.Close() }()
	if err := empty.Load(context.Background(), a); !errors.Is(err, ErrArchive) {
		t.Errorf("it is loaded: %v", err)
	}
}

// TestChainWithoutDigestsOfBulletins: earlier releases of the program wrote a digest of
// nothing for a bulletin; it is no alteration.
func TestChainWithoutDigestsOfBulletins(t *testing.T) {
	t.Parallel()
	db := filed(t)
	err := db.bolt.Update(func(tx *bbolt.Tx) error {
		d := &desk{transaction: &transaction{tx: tx}, actor: plan.System, now: time.Date(2017, 8, 2, 0, 0, 0, 0, time.UTC)}
		if err := d.log(releaseAct, "某市2017/2017-Q2", "00ff", ""); err != nil {
			return err
		}
		seq := tx.Bucket(auditBucket).Sequence()
		salt := []byte("salt of nothing.")
		var r plan.AuditRecord
		err := errors.Join(get(tx.Bucket(auditBucket), number(seq), &r), tx.Bucket(saltsBucket).Put(number(seq), salt))
		r.Digest = salted(salt, "")
		data, e := seal(&r)
		return errors.Join(err, e, tx.Bucket(auditBucket).Put(number(seq), data))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Check(context.Background()); err != nil {
		t.Error(err)
	}
}
