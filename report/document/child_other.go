//go:build !linux

package document

import "time"

// limitProcess does nothing here: the limits of the engine and the timeout hold.
func limitProcess(int, time.Duration) {}
