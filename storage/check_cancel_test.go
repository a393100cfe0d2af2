package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"duban/storage"
)

// TestCheckThatIsBrokenOff leaves nobody behind who still reads pages: they may be gone
// afterwards. The race detector sees who does.
func TestCheckThatIsBrokenOff(t *testing.T) {
	t.Parallel()
	db := newTown(t, storage.Policy{})
	for i := range 40 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*50*time.Microsecond)
		if err := db.Check(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("broken off: %v", err)
		}
		cancel()
	}
}
