//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package storage

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestLinksAreNotGivenAway: whoever owns the folder cannot have root give it another file.
func TestLinksAreNotGivenAway(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can give files away")
	}
	folder := t.TempDir()
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(folder, 60001, 60001); err != nil {
		t.Fatal(err)
	}
	for name, link := range map[string]func(string, string) error{"symbolic": os.Symlink, "hard": os.Link} {
		path := filepath.Join(folder, name)
		if err := link(secret, path); err != nil {
			t.Skip(err)
		}
		err := giveAway(path, filepath.Join(folder, "town.db"))
		info, e := os.Stat(secret)
		if err == nil || e != nil || info.Sys().(*syscall.Stat_t).Uid != 0 {
			t.Errorf("%s: %v; %v, %v", name, err, info, e)
		}
	}
}
