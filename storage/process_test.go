package storage_test

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"duban/plan"
	"duban/report"
	"duban/report/builtin"
	"duban/storage"
)

// importForever stores the same plan with a rising number in every commitment.
func importForever(path string) {
	db, err := storage.Open(path, storage.Options{Timeout: 10 * time.Second})
	if err != nil {
		os.Exit(1)
	}
	p, err := report.Parse(builtin.Text(), report.Options{})
	if err != nil {
		os.Exit(1)
	}
	for n := int(time.Now().UnixMilli()); ; n++ { // ids are never given anew
		p.NextID = plan.ID(n)
		for i := range p.Commitments {
			p.Commitments[i].ID = plan.ID(n)
		}
		if err := db.Update(context.Background(), func(tx plan.Tx) error { return tx.As(plan.System, time.Time{}).PutPlan(p) }); err != nil {
			os.Exit(1)
		}
		_, _ = os.Stdout.WriteString(".")
	}
}

// TestKilledWhileImporting ends the process in the middle of imports: what is left opens
// and holds one import as a whole.
func TestKilledWhileImporting(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for round := range 5 {
		child := exec.CommandContext(t.Context(), self)
		child.Env = append(os.Environ(), "DUBAN_TEST_IMPORT="+path)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(out, make([]byte, 3+2*round)); err != nil {
			t.Fatal(err)
		}
		_ = child.Process.Kill()
		_ = child.Wait()
		whole(t, path)
	}
}

// whole checks that a database holds one import of importForever, all of it.
func whole(t *testing.T, path string) {
	t.Helper()
	db, err := storage.Open(path, storage.Options{Timeout: 10 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	p, err := get(t, db, "聊城市2017")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range p.Commitments {
		if c.ID != p.NextID {
			t.Fatalf("commitment %s is of import %d, the plan of %d", c.Code, c.ID, p.NextID)
		}
	}
	if err := errors.Join(db.Check(t.Context()), db.Close()); err != nil {
		t.Fatal(err)
	}
}
