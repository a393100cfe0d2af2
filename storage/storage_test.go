package storage_test

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"duban/plan"
	"duban/report"
	"duban/report/builtin"
	"duban/storage"
)

// open opens a fresh database that is checked and closed at the end.
func open(t *testing.T, path string) *storage.DB {
	t.Helper()
	db, err := storage.Open(path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(db.Check(context.Background()), db.Close()); err != nil {
			t.Errorf("the database is not in order: %v", err)
		}
	})
	return db
}

func builtinPlan(t testing.TB) *plan.Plan {
	t.Helper()
	p, err := report.Parse(builtin.Text(), report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	merged, _ := plan.Merge(nil, p)
	return merged
}

var exact = cmp.AllowUnexported(plan.Decimal{})

func put(t testing.TB, db *storage.DB, p *plan.Plan) {
	t.Helper()
	if err := db.Update(context.Background(), func(tx plan.Tx) error { return tx.As(plan.System, time.Time{}).PutPlan(p) }); err != nil {
		t.Fatal(err)
	}
}

func get(t testing.TB, db *storage.DB, key plan.Key) (p *plan.Plan, err error) {
	t.Helper()
	e := db.View(context.Background(), func(tx plan.Tx) error {
		p, err = tx.Plans().Get(key)
		return nil
	})
	return p, errors.Join(e, err)
}

func TestPlanComesBackAsItWas(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data", "duban.db")
	p := builtinPlan(t)
	db, err := storage.Open(path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	put(t, db, p)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := get(t, open(t, path), p.Key())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, got, exact); diff != "" {
		t.Errorf("(-put +got):\n%s", diff)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
}

func TestSeveralPlans(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	for _, p := range []*plan.Plan{{Place: "乙市", Year: 2016}, {Place: "甲市", Year: 2017}, {Place: "乙市", Year: 2017}, {Place: "甲市", Year: 2017, State: plan.Published}} {
		put(t, db, p)
	}
	var keys []plan.Key
	var revision uint64
	err := db.View(t.Context(), func(tx plan.Tx) error {
		list, err := tx.Plans().List()
		for _, s := range list {
			keys = append(keys, s.Key)
		}
		revision, _ = tx.Plans().Revision()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]plan.Key{"乙市2017", "甲市2017", "乙市2016"}, keys); diff != "" || revision != 4 {
		t.Errorf("revision %d, keys %s", revision, diff)
	}
	if _, err := get(t, db, "丙市2017"); !errors.Is(err, plan.ErrNotFound) {
		t.Errorf("error %v, want ErrNotFound", err)
	}
}

func TestUpdateIsAllOrNothing(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	failed := errors.New("no")
	if err := db.Update(t.Context(), func(tx plan.Tx) error {
		return errors.Join(tx.As(plan.System, time.Time{}).PutPlan(&plan.Plan{Place: "甲市", Year: 2017}), failed)
	}); !errors.Is(err, failed) {
		t.Errorf("error %v", err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = db.Update(t.Context(), func(tx plan.Tx) error {
			_ = tx.As(plan.System, time.Time{}).PutPlan(&plan.Plan{Place: "乙市", Year: 2017})
			panic("in the middle")
		})
	}()
	ctx, cancel := context.WithCancel(t.Context())
	if err := db.Update(ctx, func(tx plan.Tx) error {
		cancel()
		return tx.As(plan.System, time.Time{}).PutPlan(&plan.Plan{Place: "丙市", Year: 2017})
	}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	for _, key := range []plan.Key{"甲市2017", "乙市2017", "丙市2017"} {
		if _, err := get(t, db, key); !errors.Is(err, plan.ErrNotFound) {
			t.Errorf("%s: error %v, want ErrNotFound", key, err)
		}
	}
}

func listed(t testing.TB, db *storage.DB) (list []plan.Summary) {
	t.Helper()
	if err := db.View(context.Background(), func(tx plan.Tx) (err error) {
		list, err = tx.Plans().List()
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestModel(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	model := map[plan.Key]*plan.Plan{}
	rapid.Check(t, func(rt *rapid.T) {
		p := &plan.Plan{
			Place: rapid.SampledFrom([]string{"甲市", "乙县", ""}).Draw(rt, "place"), Year: rapid.IntRange(2015, 2018).Draw(rt, "year"),
			Commitments: []plan.Commitment{},
		}
		for i := range rapid.IntRange(0, 5).Draw(rt, "commitments") {
			p.Commitments = append(p.Commitments, plan.Commitment{Segment: plan.Segment{Code: plan.NewCode(2, i), Text: rapid.String().Draw(rt, "text")}})
		}
		put(t, db, p)
		model[p.Key()] = p
		for key, want := range model {
			got, err := get(t, db, key)
			if err != nil {
				rt.Fatalf("%s: %v", key, err)
			}
			if diff := cmp.Diff(want, got, exact); diff != "" {
				rt.Fatalf("%s (-put +got):\n%s", key, diff)
			}
		}
		list := listed(t, db)
		if len(list) != len(model) {
			rt.Fatalf("%d plans are listed of %d", len(list), len(model))
		}
		for _, s := range list {
			if diff := cmp.Diff(model[s.Key].Summary(), s); diff != "" {
				rt.Fatalf("%s (-put +listed):\n%s", s.Key, diff)
			}
		}
	})
}

func TestBadFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct {
		name, path string
		want       error
	}{
		{"garbage", write("garbage.db", make([]byte, 40_000)), storage.ErrNotDatabase},
		{"text", write("text.db", []byte("这不是数据库")), storage.ErrNotDatabase},
		{"below a file", filepath.Join(write("file", nil), "duban.db"), storage.ErrReadOnly},
		{"a directory", dir, storage.ErrReadOnly},
		{"a folder that cannot be made", "/proc/duban/duban.db", storage.ErrReadOnly},
	} {
		t.Run(c.name, func(t *testing.T) {
			db, err := storage.Open(c.path, storage.Options{})
			if err == nil {
				_ = db.Close()
				t.Fatal("it was opened")
			}
			if c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
		})
	}
}

// TestMain lets the test binary be another process that holds a database, imports into it,
// or writes to it until it is killed.
func TestMain(m *testing.M) {
	if path := os.Getenv(crashEnv); path != "" {
		from, _ := strconv.Atoi(os.Getenv(crashEnv + "_FROM"))
		if err := writeUntilKilled(path, from); err != nil {
			os.Exit(1)
		}
	}
	if path := os.Getenv(storiesEnv); path != "" {
		from, _ := strconv.Atoi(os.Getenv(storiesEnv + "_FROM"))
		if err := tellUntilKilled(path, from); err != nil {
			os.Exit(1)
		}
	}
	if path := os.Getenv(restoreEnv); path != "" {
		restoreUntilKilled(path)
	}
	if path := os.Getenv("DUBAN_TEST_HOLD"); path != "" {
		db, err := storage.Open(path, storage.Options{})
		if err != nil {
			os.Exit(1)
		}
		_, _ = os.Stdout.WriteString("held\n")
		_, _ = io.Copy(io.Discard, os.Stdin)
		_ = db.Close()
		os.Exit(0)
	}
	if path := os.Getenv("DUBAN_TEST_IMPORT"); path != "" {
		importForever(path)
	}
	os.Exit(m.Run())
}

func TestLockedByAnotherProcess(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), self)
	child.Env = append(os.Environ(), "DUBAN_TEST_HOLD="+path)
	in, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, 5)); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.Open(path, storage.Options{Timeout: 1}); !errors.Is(err, storage.ErrLocked) {
		t.Errorf("error %v, want ErrLocked", err)
	}
	_ = in.Close()
	if err := child.Wait(); err != nil {
		t.Error(err)
	}
	open(t, path)
}

func TestTemporary(t *testing.T) {
	t.Parallel()
	db, err := storage.OpenTemporary()
	if err != nil {
		t.Fatal(err)
	}
	put(t, db, &plan.Plan{Place: "甲市", Year: 2017})
	if _, err := get(t, db, "甲市2017"); err != nil || !db.Temporary() {
		t.Errorf("temporary %v, %v", db.Temporary(), err)
	}
	if _, err := os.Stat(db.Path()); err == nil {
		t.Errorf("%s is still there", db.Path())
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}
