package main

import (
	"bytes"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"duban/render"
)

// A picture or a document of a conversation is kept in the folder of the one who talks,
// under a name that is free there. It is sent like a file of the command line, marked with
// keepMark; the answer to its end is the name.
const keepMark = 0xff

// keptKinds are what messages bring: nothing that a shell or the system would run.
var keptKinds = []string{".png", ".jpg", ".xlsx", ".csv", ".json", ".txt", ".docx", ".pdf", ".db"}

// Keep has the other end save a file and returns where.
func (r *remote) Keep(f render.File) (string, error) {
	if err := r.send(frameCreate, append([]byte{keepMark}, filepath.Base(f.Name)...)); err != nil {
		return "", err
	}
	if _, err := r.expect(frameDone); err != nil {
		return "", err
	}
	if err := r.send(frameWrite, f.Data); err != nil {
		return "", err
	}
	if err := r.send(frameCommit, nil); err != nil {
		return "", err
	}
	where, err := r.expect(frameDone)
	return string(where), err
}

// kept is a file that is saved once it is whole.
type kept struct {
	bytes.Buffer
	name  string
	where string
}

// errNotKept occurs where the other end sends a file that no conversation brings.
var errNotKept = errors.New("这个文件不能存")

// newKept begins a file; only a conversation has any.
func (c *client) newKept(name string) (*kept, error) {
	if !c.app.talks || name != filepath.Base(name) || strings.HasPrefix(name, ".") || !slices.Contains(keptKinds, strings.ToLower(filepath.Ext(name))) {
		return nil, errNotKept
	}
	return &kept{name: name}, nil
}

// Commit implements output.
func (k *kept) Commit() (err error) {
	k.where, err = saveHere(render.File{Name: k.name, Data: k.Bytes()})
	return err
}

// Discard implements output.
func (k *kept) Discard() {}
