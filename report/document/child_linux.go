package document

import (
	"time"

	"golang.org/x/sys/unix"
)

// childAddressSpace bounds what the child may map: the engine's 512 MB, its compiled code
// and what the Go runtime reserves.
const childAddressSpace = 4 << 30

// limitProcess sets the kernel's limits for a child. Where the kernel refuses, the limits
// of the engine and the timeout still hold.
func limitProcess(pid int, timeout time.Duration) {
	for resource, bytes := range map[int]uint64{
		unix.RLIMIT_AS:   childAddressSpace,
		unix.RLIMIT_CPU:  2*uint64(timeout/time.Second) + 1,
		unix.RLIMIT_CORE: 0,
	} {
		_ = unix.Prlimit(pid, resource, &unix.Rlimit{Cur: bytes, Max: bytes}, nil)
	}
}
