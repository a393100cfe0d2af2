package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"duban/schedule"
	"duban/storage"
)

// copies are the backups that duban serve makes by itself: one folder, names that sort by
// time. Other files in the folder are left alone.
type copies struct {
	db     *storage.DB
	file   string // the database's
	folder string
	when   schedule.Copies
	log    *slog.Logger
}

// copyStamp is the moment in the name of a copy, and partEnd how the name of one ends that
// is being written.
const (
	copyStamp = "2006-01-02-150405"
	copyEnd   = ".db"
	partEnd   = ".part"
)

// copiesSpec looks every hour, so that one that failed is made up for soon.
const copiesSpec = "0 * * * *"

// copies is what the clock is to run for them; nothing where none are to be made.
func (a *app) copies(db *storage.DB) ([]schedule.Job, error) {
	if a.config.Backup.Keep == 0 {
		return nil, nil
	}
	c, err := a.copiesOf(db.Path())
	if err != nil {
		return nil, err
	}
	c.db = db
	return []schedule.Job{{Name: "backup", Spec: copiesSpec, AtOnce: true, Run: c.run}}, nil
}

// copiesOf are the copies of a database that need not be open.
func (a *app) copiesOf(path string) (*copies, error) {
	zone, err := time.LoadLocation(a.config.TimeZone)
	if err != nil {
		return nil, err
	}
	return &copies{file: path, folder: a.config.Backup.folderOf(path), when: a.config.Backup.copies(zone), log: a.log}, nil
}

// last is when the newest copy was made that does not say it comes from the future; zero
// where there is none.
func (c *copies) last(now time.Time) (last time.Time, err error) {
	made, _, err := c.inFolder()
	for _, at := range made {
		if at.After(last) && !at.After(now) {
			last = at
		}
	}
	return last, err
}

// run makes a copy where one is due, and only then deletes what need not stay.
func (c *copies) run(ctx context.Context, now time.Time) error {
	made, err := c.list()
	if err != nil {
		return &copyFailure{fmt.Sprintf("自动备份的文件夹 %s 读不了，请检查权限", c.folder), err}
	}
	if !c.when.Due(made, now) {
		return nil
	}
	path := c.path(now)
	if err := c.db.SaveCopy(ctx, path); err != nil {
		return &copyFailure{fmt.Sprintf("自动备份没有成功，每小时再试一次：%v", err), err}
	}
	c.log.Info("backup", "file", path)
	return c.prune(append(made, now), now)
}

// path is where the copy of a moment is.
func (c *copies) path(at time.Time) string {
	return filepath.Join(c.folder, c.prefix()+at.In(c.when.Zone).Format(copyStamp)+copyEnd)
}

func (c *copies) prefix() string {
	base := filepath.Base(c.file)
	return strings.TrimSuffix(base, filepath.Ext(base)) + "-"
}

// list returns the moments of the copies in the folder, and deletes what was being written
// when a process ended.
func (c *copies) list() (made []time.Time, err error) {
	made, unfinished, err := c.inFolder()
	for _, name := range unfinished {
		err = errors.Join(err, os.Remove(filepath.Join(c.folder, name)))
	}
	return made, err
}

// inFolder tells the copies of the folder from those that are not whole.
func (c *copies) inFolder() (made []time.Time, unfinished []string, err error) {
	entries, err := os.ReadDir(c.folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	for _, e := range entries {
		name, part := strings.CutSuffix(e.Name(), partEnd)
		at, ours := c.moment(name)
		switch {
		case !ours || !e.Type().IsRegular():
		case part:
			unfinished = append(unfinished, e.Name())
		default:
			made = append(made, at)
		}
	}
	return made, unfinished, err
}

// moment reads the name of a copy.
func (c *copies) moment(name string) (at time.Time, ok bool) {
	stamp, ours := strings.CutPrefix(name, c.prefix())
	stamp, ends := strings.CutSuffix(stamp, copyEnd)
	at, err := time.ParseInLocation(copyStamp, stamp, c.when.Zone)
	return at, ours && ends && err == nil
}

func (c *copies) prune(made []time.Time, now time.Time) (err error) {
	for _, at := range c.when.Surplus(made, now) {
		err = errors.Join(err, os.Remove(c.path(at)))
	}
	if err != nil {
		return &copyFailure{fmt.Sprintf("旧的自动备份删不掉，请检查文件夹 %s；今天的备份已经写好", c.folder), err}
	}
	return nil
}

// copyFailure is a sentence for the admins; the log has the cause.
type copyFailure struct {
	sentence string
	cause    error
}

func (f *copyFailure) Error() string { return f.sentence }
func (f *copyFailure) Unwrap() error { return f.cause }

// LogValue implements slog.LogValuer.
func (f *copyFailure) LogValue() slog.Value { return slog.AnyValue(f.cause) }
