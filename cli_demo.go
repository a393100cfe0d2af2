package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"duban/plan"
	"duban/render"
	"duban/report/builtin"
	"duban/report/document"
	"duban/storage"
)

// demoPath is the file of the demonstration, beside the real database and never it.
func (a *app) demoPath() string {
	return filepath.Join(filepath.Dir(a.config.Storage.Path), "demo.db")
}

// openDemo opens the demonstration's file, in memory where it cannot be written, and fills
// it on first use.
func (a *app) openDemo() (*storage.DB, error) {
	db, err := storage.Open(a.demoPath(), storage.Options{})
	if errors.Is(err, storage.ErrReadOnly) {
		db, err = storage.OpenTemporary()
	}
	if err != nil {
		return nil, err
	}
	if err := a.loadDemo(db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// open opens the database of a conversation.
func (c *chatCommand) open(a *app) (*storage.DB, error) {
	switch {
	case c.Demo && c.DB != "":
		return nil, usageError{errors.New("--demo 有自己的文件，不能和 --db 同用")}
	case c.Demo:
		return a.openDemo()
	}
	return a.openForChat(c.DB)
}

// withDemo runs f with the demonstration's database.
func (a *app) withDemo(f func(*storage.DB) error) (err error) {
	if a.host != nil {
		return f(a.host.db)
	}
	db, err := a.openDemo()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return f(db)
}

// loadDemo fills a database with the built-in report, published, and the figures on it that
// city and press have published, each with its source and marked as a demonstration. One
// that was filled before gains nothing.
func (a *app) loadDemo(db *storage.DB) error {
	empty, err := isEmpty(a.ctx, db)
	if err != nil || !empty {
		return err
	}
	p, err := builtinReport()
	if err != nil {
		return err
	}
	if _, err := a.store(db, p, true, true); err != nil {
		return err
	}
	rows, err := document.ReadSheet("-", strings.NewReader(builtin.Filings()), document.Options{})
	if err != nil {
		return fmt.Errorf("built-in figures: %w", err)
	}
	if _, err := a.importFilings(db, rows, importOptions{name: "built-in figures", demo: true}); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(a.stderr, "演示数据：已读入 %s和公开报道的完成数\n", render.Heading(p))
	return nil
}

// isDemo reports whether a database is a demonstration's: its first filing says so.
func isDemo(desk plan.Desk) (bool, error) {
	first, err := desk.Filing(1)
	if errors.Is(err, plan.ErrNotFound) {
		return false, nil
	}
	return err == nil && first.Demo, err
}
