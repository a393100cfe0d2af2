//go:build !unix

package main

// access cannot be asked here: whoever writes finds out.
func access(string) error { return nil }
