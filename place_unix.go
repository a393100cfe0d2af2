//go:build unix

package main

import "golang.org/x/sys/unix"

// access reports why this process could not write a file or make one in a folder.
func access(path string) error { return unix.Access(path, unix.W_OK) }
