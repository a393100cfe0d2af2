package main

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"duban/commands"
	"duban/plan"
	"duban/render"
	"duban/storage"
)

// digestCommand says what the digest of a period would say.
type digestCommand struct {
	Period string `help:"week（周报）、month（月调度通报）或 quarter（季通报）" enum:"week,month,quarter" default:"week"`
	AsOf   string `help:"当作这一天，如 2017-07-31" placeholder:"DATE"`
	Out    string `short:"o" help:"把图、表格和通报放进这个文件夹" placeholder:"DIR"`
	DB     string `help:"数据库文件" type:"path" placeholder:"FILE"`
}

func (c *digestCommand) database(a *app) string { return a.databasePath(c.DB) }

// Run implements the command.
func (c *digestCommand) Run(a *app) error {
	at, err := a.day(c.AsOf)
	if err != nil {
		return err
	}
	records, err := c.records(a, at)
	if err != nil {
		return err
	}
	day := plan.DateOf(at)
	period := plan.PeriodAt(plan.Span(c.Period), day)
	text, files, err := digestOf(records, period, day)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(a.stdout, text); err != nil {
		return err
	}
	return c.write(a, files)
}

// records reads the latest published plan, or the latest draft where none is.
func (c *digestCommand) records(a *app, at time.Time) (r *render.Records, err error) {
	window, err := a.window()
	if err != nil {
		return nil, err
	}
	err = a.withExisting(c.DB, func(db *storage.DB) error {
		return db.View(a.ctx, func(tx plan.Tx) error {
			key, err := latestPlan(tx)
			if err != nil {
				return err
			}
			if key == "" {
				return errNoReports(db.Path())
			}
			p, err := tx.Plans().Get(key)
			if err != nil {
				return err
			}
			if r, err = commands.Records(tx, p, at, a.config.rules(), window); err == nil && c.AsOf != "" {
				r.Today = plan.DateOf(at).AddDays(1) // the day is over
			}
			return err
		})
	})
	return r, err
}

// latestPlan is the first published plan of the list, else the first; "" where there is
// none.
func latestPlan(tx plan.Tx) (plan.Key, error) {
	list, err := tx.Plans().List()
	if err != nil || len(list) == 0 {
		return "", err
	}
	for _, s := range list {
		if s.State == plan.Published {
			return s.Key, nil
		}
	}
	return list[0].Key, nil
}

// digestOf composes text and files of a period; a draft has no files.
func digestOf(r *render.Records, period plan.Period, day plan.Date) (text string, files []render.File, err error) {
	in := r.Input(period, day)
	digest := render.NewDigest(in)
	if r.Plan.State != plan.Published {
		return digest.For(render.Reader{}).Text, nil, nil
	}
	var book bytes.Buffer
	if err := render.SummaryWorkbook(&book, in); err != nil {
		return "", nil, err
	}
	picture := render.ProgressCard(digest.Card(render.Reader{}))
	name := "digest-" + period.Name()
	files = []render.File{{Name: name + ".png", Data: picture.File.Data}, {Name: name + ".xlsx", Data: book.Bytes()}}
	switch period.Span {
	case plan.Month:
		m, err := render.DispatchSummary(in)
		return m.Text, files, err
	case plan.Quarter:
		b, err := r.Draft(period, day)
		return b.Text, append(files, render.File{Name: "bulletin-" + period.Name() + ".html", Data: b.Document}), err
	}
	return picture.Caption(digest.For(render.Reader{}).Text), files, nil
}

// write puts the files into the folder, and says which.
func (c *digestCommand) write(a *app, files []render.File) error {
	if c.Out == "" || len(files) == 0 {
		return nil
	}
	if err := a.disk.MkdirAll(c.Out); err != nil {
		return fmt.Errorf("建不了文件夹 %s（%s）；请换一个位置", c.Out, why(err))
	}
	for _, f := range files {
		path := filepath.Join(c.Out, f.Name)
		err := a.write(path, outputPlain, func(w io.Writer) error {
			_, err := w.Write(f.Data)
			return err
		})
		if err != nil {
			return err
		}
		_, _ = fmt.Fprintf(a.stderr, "已写 %s\n", path)
	}
	return nil
}
