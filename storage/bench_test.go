package storage

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"duban/plan"
)

var benchDay = time.Date(2017, 6, 1, 9, 0, 0, 0, time.UTC)

// bigPlan has a number of targets, five to a commitment.
func bigPlan(targets int) *plan.Plan {
	p := &plan.Plan{Place: "某市", Year: 2017}
	for i := range targets / 5 {
		c := plan.Commitment{Segment: plan.Segment{
			Code: plan.NewCode(2, 1, 1, i), Title: "扶老救困", Section: "保障和改善民生", Theme: "办好民生实事",
			Text: fmt.Sprintf("第%d项：新增养老床位、护理床位、日间照料中心、农村幸福院、社区食堂，健全居家社区机构相协调的养老服务体系，提高服务质量和水平。", i),
		}}
		for j := range 5 {
			value := plan.NewDecimal(int64(3600+j), 0)
			c.Targets = append(c.Targets, plan.Target{
				Metric: fmt.Sprint("新增床位", j), Op: plan.AtLeast, Value: value, Unit: "张", Kind: plan.Count,
				ValueText: value.String() + "张", Quote: "新增养老床位" + value.String() + "张", Deadline: plan.EndOfYear(2017),
			})
		}
		p.Commitments = append(p.Commitments, c)
	}
	merged, _ := plan.Merge(nil, p)
	return merged
}

func benchDB(b *testing.B, path string, p *plan.Plan) *DB {
	b.Helper()
	db, err := Open(path, Options{Review: Policy{}})
	if err != nil {
		b.Fatal(err)
	}
	err = db.Update(context.Background(), func(tx plan.Tx) error {
		d := tx.As(plan.System, benchDay)
		if err := d.PutPlan(p); err != nil {
			return err
		}
		for i := range p.Commitments {
			if err := d.Assign(p.Key(), plan.Duty{Item: p.Commitments[i].ID, Lead: "民政局"}); err != nil {
				return err
			}
		}
		return d.Publish(p.Key())
	})
	if err != nil {
		b.Fatal(err)
	}
	return db
}

func benchFiling(p *plan.Plan, n int) plan.Filing {
	value := plan.NewDecimal(int64(n%3600), 0)
	c := &p.Commitments[n%len(p.Commitments)]
	return plan.Filing{
		Plan: p.Key(), Item: c.Targets[n%5].ID, Value: &value, Date: plan.NewDate(2017, time.Month(n%5+1), 28),
		Note: "已建成床位，其余按计划推进", Chat: "123456789",
	}
}

// inParallel does n things, 64 at a time, as many people do.
func inParallel(b *testing.B, n int, f func(i int) error) time.Duration {
	b.Helper()
	var next atomic.Int64
	var work sync.WaitGroup
	begin := time.Now()
	for range 64 {
		work.Go(func() {
			for i := next.Add(1); i <= int64(n); i = next.Add(1) {
				if err := f(int(i)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	work.Wait()
	return time.Since(begin)
}

// BenchmarkFilings compares filings with plain puts of the engine: as many, as long, in as
// many buckets, with the same settings. The two take turns; the quickest turn of each counts,
// for what disturbs them on a shared machine disturbs the longer one more.
func BenchmarkFilings(b *testing.B) {
	p := bigPlan(3000)
	db := benchDB(b, filepath.Join(b.TempDir(), "a.db"), p)
	raw, buckets := plainDB(b)
	staff := plan.Actor{ID: "telegram:1", Role: plan.Staff, Department: "民政局"}
	const turn = 2000
	ours, plain := time.Hour, time.Hour
	done := 0
	for b.Loop() {
		ours = min(ours, inParallel(b, turn, func(i int) error {
			f := benchFiling(p, done+i)
			return db.Update(context.Background(), func(tx plan.Tx) error {
				_, err := tx.As(staff, benchDay).File(f)
				return err
			})
		}))
		plain = min(plain, inParallel(b, turn, func(i int) error { return plainPuts(raw, buckets, uint64(done+i)) }))
		done += turn
	}
	b.ReportMetric(turn/ours.Seconds(), "filings/s")
	b.ReportMetric(turn/plain.Seconds(), "plain/s")
	b.ReportMetric(plain.Seconds()/ours.Seconds(), "ratio")
	b.ReportMetric(0, "ns/op")
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	if err := raw.Close(); err != nil {
		b.Fatal(err)
	}
}

// plainSizes are the lengths of what one filing puts: the filing, its place, its turn in the
// queue, the audit record, its salt, the revision.
var plainSizes = []int{markBytes + 330, 16, 0, 390, saltBytes, 8}

func plainDB(b *testing.B) (*bbolt.DB, [][]byte) {
	b.Helper()
	raw, err := bbolt.Open(filepath.Join(b.TempDir(), "plain.db"), 0o600, &bbolt.Options{InitialMmapSize: mapped()})
	if err != nil {
		b.Fatal(err)
	}
	raw.MaxBatchDelay, raw.AllocSize = time.Millisecond, allocated
	var buckets [][]byte
	err = raw.Update(func(tx *bbolt.Tx) error {
		for i := range plainSizes {
			buckets = append(buckets, []byte{byte('a' + i)})
			if _, err := tx.CreateBucket(buckets[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return raw, buckets
}

func plainPuts(raw *bbolt.DB, buckets [][]byte, n uint64) error {
	return raw.Batch(func(tx *bbolt.Tx) error {
		for i, size := range plainSizes {
			key := number(n)
			switch i {
			case 0: // by item, as filings are
				key = append(itemKey(plan.ID(n%3000)), key...)
			case len(plainSizes) - 1:
				key = []byte("revision")
			}
			if err := tx.Bucket(buckets[i]).Put(key, make([]byte, size)); err != nil {
				return err
			}
		}
		return nil
	})
}

// fullDB returns the path of a database with 3,000 targets and 100,000 accepted filings.
func fullDB(b *testing.B) (string, *plan.Plan) {
	b.Helper()
	path, p := filepath.Join(b.TempDir(), "full.db"), bigPlan(3000)
	db := benchDB(b, path, p)
	db.bolt.NoSync = true
	for from := 0; from < 100_000; from += 10_000 {
		err := db.Update(context.Background(), func(tx plan.Tx) error {
			d := tx.As(plan.System, benchDay)
			for i := range 10_000 {
				f := benchFiling(p, from+i)
				f.Item = p.Commitments[(from+i)%len(p.Commitments)].Targets[(from+i)/len(p.Commitments)%5].ID
				f.Reviews = []plan.Review{{Verdict: plan.Accepted}}
				if _, err := d.File(f); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := db.bolt.Sync(); err != nil {
		b.Fatal(err)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	return path, p
}

// BenchmarkStatus computes how all targets stand from what is stored.
func BenchmarkStatus(b *testing.B) {
	path, p := fullDB(b)
	db, err := Open(path, Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("100000 filings", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := status(db, p); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/status")
	})
	b.Run("memory of marks", func(b *testing.B) {
		var before, after runtime.MemStats
		for b.Loop() {
			runtime.GC()
			runtime.ReadMemStats(&before)
			marks := marksIn(b, db, p)
			runtime.GC()
			runtime.ReadMemStats(&after)
			runtime.KeepAlive(marks)
		}
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
	})
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			db, err := Open(path, Options{})
			if err != nil {
				b.Fatal(err)
			}
			if err := db.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
	if info, err := os.Stat(path); err == nil {
		b.Logf("the file has %d MB", info.Size()>>20)
	}
}

func status(db *DB, p *plan.Plan) error {
	return db.View(context.Background(), func(tx plan.Tx) error {
		marks, err := tx.As(plan.System, benchDay).Marks(p.Key())
		if err != nil {
			return err
		}
		standing := plan.Stand(p, marks, plan.NewDate(2017, 7, 31), time.Time{}, plan.DefaultRules())
		if len(standing.Commitments) != len(p.Commitments) || standing.Tally()[plan.None] != 0 {
			return fmt.Errorf("tally %v", standing.Tally())
		}
		return nil
	})
}

func marksIn(b *testing.B, db *DB, p *plan.Plan) (marks map[plan.ID][]plan.Mark) {
	b.Helper()
	err := db.View(context.Background(), func(tx plan.Tx) (err error) {
		marks, err = tx.As(plan.System, benchDay).Marks(p.Key())
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return marks
}
