package main

import (
	"cmp"
	"errors"
	"syscall"

	"duban/storage"
)

// why says in a person's words why the system refuses, else what the error says.
func why(err error) string {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return "这个端口正被别的程序使用"
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return "这不是本机的地址"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "那里没有程序在听"
	}
	return cmp.Or(storage.Reason(err), err.Error())
}

// refusal is an error of the system in a person's words.
type refusal struct{ error }

func (r refusal) Error() string { return why(r.error) }
func (r refusal) Unwrap() error { return r.error }

// plainly says an error of the system in a person's words, and any other as it is.
func plainly(err error) error { return refusal{err} }
