package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"duban/commands"
	"duban/plan"
	"duban/schedule"
	"duban/schedule/calendar"
	"duban/storage"
)

// simulateCommand shows what would be sent in a span of time.
type simulateCommand struct {
	From    string `help:"从哪天起，如 2017-01-01" required:"" placeholder:"DATE"`
	To      string `help:"到哪天止" required:"" placeholder:"DATE"`
	DB      string `help:"数据库文件；只读它的副本" type:"path" placeholder:"FILE"`
	Filings string `help:"按日期重放的填报（CSV），计为已审核" placeholder:"FILE"`
}

func (c *simulateCommand) database(a *app) string { return a.databasePath(c.DB) }

// Run implements the command.
func (c *simulateCommand) Run(a *app) (err error) {
	from, err := a.day(c.From)
	if err != nil {
		return err
	}
	to, err := a.day(c.To)
	if err != nil {
		return err
	}
	if to.Before(from) {
		return usageError{fmt.Errorf("--to %s 早于 --from %s", c.To, c.From)}
	}
	db, done, err := a.openCopy(c.DB)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	events, err := a.replay(db, c.Filings, to)
	if err != nil {
		return err
	}
	return a.simulate(db, from, to.AddDate(0, 0, 1).Add(-time.Minute), events)
}

func (a *app) simulate(db *storage.DB, from, to time.Time, events []schedule.Event) error {
	clock, err := a.scheduler(db)
	if err != nil {
		return err
	}
	n := 0
	err = clock.Simulate(a.ctx, from, to, events, func(s schedule.Sent) error {
		n++
		_, err := fmt.Fprintln(a.stdout, s.Text(from.Location()))
		return err
	})
	if err == nil {
		_, err = fmt.Fprintf(a.stdout, "共%d条。这是推演，没有真的发送，也没有改动数据库。\n", n)
	}
	return err
}

// scheduler makes the clock over a database as configured, with what else it is to run.
func (a *app) scheduler(db schedule.Store, jobs ...schedule.Job) (*schedule.Clock, error) {
	settings, days, err := a.dates()
	if err != nil {
		return nil, err
	}
	return schedule.New(db, schedule.Options{
		Settings: settings, Calendar: days, Rules: a.config.rules(), Log: a.log, Now: a.now,
		Pages: &pages{rules: a.config.rules(), window: settings.Window(days), log: a.log},
		Jobs:  jobs, Admins: a.adminChats(),
	})
}

// dates are the dates of the clock and the working days.
func (a *app) dates() (settings schedule.Settings, days *calendar.Calendar, err error) {
	zone, err := time.LoadLocation(a.config.TimeZone)
	if err != nil {
		return settings, nil, err
	}
	if settings, err = a.config.Schedule.Settings(zone); err != nil {
		return settings, nil, err
	}
	days, err = a.config.Schedule.Calendar(localDisk{}.Open)
	return settings, days, err
}

// checkDates reports whether the clock could run: its hours, its zone and the holidays.
func (a *app) checkDates() error {
	settings, days, err := a.dates()
	if err != nil {
		return err
	}
	return settings.Wakes(days, a.now())
}

// window says when departments are asked for their filings.
func (a *app) window() (plan.Window, error) {
	settings, days, err := a.dates()
	if err != nil {
		return nil, err
	}
	return settings.Window(days), nil
}

// openCopy opens a copy of a database that is deleted when it is done with; the original
// is only read.
func (a *app) openCopy(path string) (db *storage.DB, done func() error, err error) {
	path = a.databasePath(path)
	if err := a.exists(path); err != nil {
		return nil, nil, err
	}
	folder, err := os.MkdirTemp("", "duban-simulate-")
	if err != nil {
		return nil, nil, err
	}
	copied := filepath.Join(folder, "copy.db")
	if err := a.copyTo(path, copied); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("数据库 %s 的副本没有做成（%s）；请检查权限和临时文件夹的空间", path, why(err)), os.RemoveAll(folder))
	}
	db, err = storage.Open(copied, storage.Options{})
	if err == nil {
		err = db.Check(a.ctx)
	}
	if err != nil {
		return nil, nil, errors.Join(ofOriginal(err, path, copied), os.RemoveAll(folder))
	}
	return db, func() error { return errors.Join(db.Close(), os.RemoveAll(folder)) }, nil
}

// ofOriginal says what is wrong with a copy of a database as what is wrong with the database.
func ofOriginal(err error, original, copied string) error {
	text := strings.ReplaceAll(err.Error(), copied, original)
	if errors.Is(err, storage.ErrNotDatabase) {
		text += "；如果别的程序正在写它，请等它写完再试"
	}
	return errors.New(text)
}

// copyTo copies a database: the host's as a backup, a file as it is.
func (a *app) copyTo(from, to string) (err error) {
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if a.host != nil {
		_, err = a.host.db.Backup(a.ctx, out)
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	_, err = io.Copy(out, in)
	return err
}

// replayHour is when filings that carry only a date are recorded.
const replayHour = 10

// replay reads filings, as an import does, that are recorded on their data dates. Those after
// the simulation, which ends at to, are left for another.
func (a *app) replay(db *storage.DB, path string, to time.Time) ([]schedule.Event, error) {
	if path == "" {
		return nil, nil
	}
	rows, err := a.readSheet(path)
	if err != nil {
		return nil, err
	}
	today := to
	if now := a.now().In(to.Location()); now.After(to) {
		today = now
	}
	var events []schedule.Event
	err = db.View(a.ctx, func(tx plan.Tx) error {
		plans, err := plan.All(tx.Plans())
		if err != nil {
			return err
		}
		list, wrong, err := commands.ParseFilings(rows, plans, plan.DateOf(today))
		switch {
		case err != nil:
			return fmt.Errorf("%s 的%w", filepath.Base(path), err)
		case len(wrong) > 0:
			return errRows(filepath.Base(path), wrong)
		}
		events = nil
		for i := range list {
			if f := list[i].Filing; !list[i].Unaccepted {
				f.Reviews = []plan.Review{{Verdict: plan.Accepted}}
				events = append(events, recording(f, to.Location()))
			}
		}
		return nil
	})
	return events, err
}

func recording(f plan.Filing, zone *time.Location) schedule.Event {
	return schedule.Event{
		At: time.Date(f.Date.Year, f.Date.Month, f.Date.Day, replayHour, 0, 0, 0, zone),
		Apply: func(tx plan.Tx, now time.Time) error {
			_, err := tx.As(plan.System, now).File(f)
			return err
		},
	}
}
