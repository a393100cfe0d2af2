package telegramtest

import (
	"flag"
	"testing"
)

// Waiting runs a package's tests eight at a time, however few processors there are: tests
// against the server wait for its limits more than they compute. -parallel on the command
// line has its way. It is passed where a testing.M is.
type Waiting struct{ M *testing.M }

// Run returns the exit code.
func (w Waiting) Run() int {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "test.parallel" })
	if !given {
		_ = flag.Set("test.parallel", "8")
	}
	return w.M.Run()
}
