package main

import (
	"fmt"
	"io"
	"time"

	"duban/plan"
	"duban/render"
	"duban/storage"
)

// statusCommand prints how every commitment and target stands.
type statusCommand struct {
	AsOf    string `help:"截至这一天，如 2017-07-31；不写就是今天" placeholder:"DATE"`
	KnownAt string `help:"只用这一刻之前录入的，如 2017-08-05 或 2017-08-05T18:00" placeholder:"T"`
	Format  string `help:"table、json、csv 或 xlsx" enum:"table,json,csv,xlsx" default:"table"`
	Output  string `short:"o" help:"写到文件" placeholder:"OUT"`
	Plan    string `help:"哪份计划：地名、年份或两者；不写就是到这一天最新的" placeholder:"NAME"`
	DB      string `help:"数据库文件" type:"path" placeholder:"FILE" xor:"source"`
	Demo    bool   `help:"用演示数据" xor:"source"`
}

func (c *statusCommand) database(a *app) string {
	if c.Demo {
		return a.demoPath()
	}
	return a.databasePath(c.DB)
}

// Run implements the command.
func (c *statusCommand) Run(a *app) error {
	day, err := a.day(c.AsOf)
	if err != nil {
		return err
	}
	known, err := a.moment(c.KnownAt)
	if err != nil {
		return err
	}
	var status *render.StatusReport
	read := func(db *storage.DB) (err error) {
		status, err = a.status(db, c.Plan, plan.DateOf(day), known)
		return err
	}
	if c.Demo {
		err = a.withDemo(read)
	} else {
		err = a.withExisting(c.DB, read)
	}
	if err != nil {
		return err
	}
	status.Demo = status.Demo || c.Demo
	return a.write(c.Output, outputPlain, func(w io.Writer) error { return c.render(w, status) })
}

func (c *statusCommand) render(w io.Writer, s *render.StatusReport) error {
	switch c.Format {
	case "json":
		return render.StatusJSON(w, s)
	case "csv":
		return render.StatusCSV(w, s)
	case "xlsx":
		return render.StatusWorkbook(w, s)
	}
	return render.StatusTable(w, s)
}

// status reads how a plan stands on a day.
func (a *app) status(db *storage.DB, name string, day plan.Date, known time.Time) (*render.StatusReport, error) {
	s := &render.StatusReport{}
	err := db.View(a.ctx, func(tx plan.Tx) error {
		list, err := tx.Plans().List()
		if err != nil {
			return err
		}
		key, err := choosePlan(list, db.Path(), name, day)
		if err != nil {
			return err
		}
		p, err := tx.Plans().Get(key)
		if err != nil {
			return err
		}
		if s.Duties, err = tx.Plans().Duties(key); err != nil {
			return err
		}
		desk := tx.As(a.operator(), a.now())
		if s.Demo, err = isDemo(desk); err != nil {
			return err
		}
		marks, err := desk.Marks(key)
		s.PlanStanding = plan.Stand(p, marks, day, known, a.config.rules())
		return err
	})
	return s, err
}

// moment reads a --known-at flag: a day means its end; "" is no bound.
func (a *app) moment(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	zone, err := time.LoadLocation(a.config.TimeZone)
	if err != nil {
		return time.Time{}, err
	}
	if day, err := time.ParseInLocation(time.DateOnly, text, zone); err == nil {
		return day.AddDate(0, 0, 1).Add(-time.Nanosecond), nil
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at, nil
	}
	for _, form := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"} {
		if at, err := time.ParseInLocation(form, text, zone); err == nil {
			return at, nil
		}
	}
	return time.Time{}, usageError{fmt.Errorf("时刻 %q 不对，应写成 2017-08-05 或 2017-08-05T18:00", text)}
}
