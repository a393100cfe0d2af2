package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"duban/commands"
	"duban/plan"
	"duban/report/document"
	"duban/storage"
)

// filingsCommand groups what is done with filings in bulk.
type filingsCommand struct {
	Import filingsImportCommand `cmd:"" help:"从表格读入填报（CSV 或 XLSX），计为已审核"`
}

// filingsImportCommand stores the filings of a table as accepted ones.
type filingsImportCommand struct {
	File    string `arg:"" help:"表格：code,metric,date,value,unit,note,by,source；- 是标准输入"`
	DB      string `help:"数据库文件" type:"path" placeholder:"FILE"`
	Plan    string `help:"哪份计划：地名、年份或两者" placeholder:"NAME"`
	Partial bool   `help:"有错的行跳过，其余照存"`
}

func (c *filingsImportCommand) database(a *app) string { return a.databasePath(c.DB) }

// Run implements the command.
func (c *filingsImportCommand) Run(a *app) error {
	rows, err := a.readSheet(c.File)
	if err != nil {
		return err
	}
	return a.withExisting(c.DB, func(db *storage.DB) error {
		result, err := a.importFilings(db, rows, importOptions{name: filepath.Base(c.File), plan: c.Plan, partial: c.Partial})
		if err != nil {
			return err
		}
		for _, line := range result.warnings {
			_, _ = fmt.Fprintln(a.stderr, "duban: 提醒："+line)
		}
		_, err = fmt.Fprintln(a.stdout, result.message())
		return err
	})
}

// readSheet reads a table that people filled in.
func (a *app) readSheet(path string) ([]document.Row, error) {
	return document.ReadSheet(path, a.stdin, document.Options{MaxBytes: a.config.Import.MaxBytes, Open: a.disk.Open})
}

// importOptions say how a table of filings is taken.
type importOptions struct {
	name    string // of the file
	plan    string // name of the only plan that is meant; "" any
	partial bool   // good rows are stored although others are wrong
	demo    bool   // figures for show
	today   plan.Date
}

// filingsResult is what an import of filings did.
type filingsResult struct {
	stored, skipped, unaccepted int

	wrong    []commands.RowError
	warnings []string
}

// errRows is a table with wrong rows: a line each.
func errRows(name string, wrong []commands.RowError) error {
	lines := []string{fmt.Sprintf("%s 有%d行不对，什么也没有存；改好后再导入一次：", name, len(wrong))}
	for _, e := range wrong {
		lines = append(lines, e.Error())
	}
	return errors.New(strings.Join(lines, "\n"))
}

func (r filingsResult) message() string {
	text := fmt.Sprintf("已导入填报%d条", r.stored)
	if r.skipped > 0 {
		text += fmt.Sprintf("，相同的%d条没有重复存", r.skipped)
	}
	if r.unaccepted > 0 {
		text += fmt.Sprintf("，没有通过审核的%d行没有读", r.unaccepted)
	}
	if len(r.wrong) > 0 {
		text += fmt.Sprintf("，有错的%d行没有存", len(r.wrong))
	}
	return text + "。"
}

// importFilings stores the filings of a table in one transaction: all, or with an error
// none.
func (a *app) importFilings(db *storage.DB, rows []document.Row, opts importOptions) (filingsResult, error) {
	var result filingsResult
	err := db.Update(a.ctx, func(tx plan.Tx) error {
		result = filingsResult{}
		plans, err := plansNamed(tx, db.Path(), opts.plan)
		if err != nil {
			return err
		}
		now, err := a.day("")
		if err != nil {
			return err
		}
		opts.today = plan.DateOf(now)
		list, wrong, err := commands.ParseFilings(rows, plans, opts.today)
		if err != nil {
			return fmt.Errorf("%s 的%w", opts.name, err)
		}
		if len(wrong) > 0 && !opts.partial {
			return errRows(opts.name, wrong)
		}
		result.reject(wrong)
		return a.fileAll(tx.As(a.operator(), a.now()), plans, list, opts, &result)
	})
	return result, err
}

func (r *filingsResult) reject(wrong []commands.RowError) {
	r.wrong = wrong
	for _, e := range wrong {
		r.warnings = append(r.warnings, e.Error()+"（没有存）")
	}
}

// plansNamed reads the plans that a name may mean; all for "".
func plansNamed(tx plan.Tx, database, name string) ([]*plan.Plan, error) {
	list, err := tx.Plans().List()
	if err != nil {
		return nil, err
	}
	chosen := plan.Key("")
	if name != "" || len(list) == 0 {
		if chosen, err = choosePlan(list, database, name, plan.Date{}); err != nil {
			return nil, err
		}
	}
	var plans []*plan.Plan
	for _, s := range list {
		if chosen != "" && s.Key != chosen {
			continue
		}
		p, err := tx.Plans().Get(s.Key)
		if err != nil {
			return nil, err
		}
		plans = append(plans, p)
	}
	return plans, nil
}

// fileAll stores the filings that are not there yet.
func (a *app) fileAll(desk plan.Desk, plans []*plan.Plan, list []commands.FilingRow, opts importOptions, result *filingsResult) error {
	stored := map[plan.Key]map[plan.ID][]plan.Filing{}
	for _, p := range plans {
		byItem, err := desk.Filings(p.Key())
		if err != nil {
			return err
		}
		stored[p.Key()] = byItem
	}
	for i := range list {
		row := &list[i]
		if row.Unaccepted {
			result.unaccepted++
			continue
		}
		f := &row.Filing
		f.Demo = opts.demo
		f.Reviews = []plan.Review{{Verdict: plan.Accepted}}
		before := stored[f.Plan][f.Item]
		if slices.ContainsFunc(before, func(old plan.Filing) bool { return sameFiling(&old, f) }) {
			result.skipped++
			continue
		}
		if w := doubt(plans, row, before, opts.today); w != "" {
			result.warnings = append(result.warnings, fmt.Sprintf("第%d行：%s", row.Line, w))
		}
		kept, err := desk.File(*f)
		if err != nil {
			return fmt.Errorf("第%d行存不进去：%w", row.Line, err)
		}
		stored[f.Plan][f.Item] = append(before, kept)
		result.stored++
	}
	return nil
}

// sameFiling reports whether an accepted filing says what a row says. Without
// a filer it may be anybody's.
func sameFiling(old, row *plan.Filing) bool {
	return old.Verdict() == plan.Accepted && old.Date == row.Date && old.Stage == row.Stage && sameDecimal(old.Value, row.Value) &&
		sameDecimal(old.Percent, row.Percent) && old.Note == row.Note && old.Source == row.Source && (old.By == row.By || row.By == "")
}

func sameDecimal(a, b *plan.Decimal) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// doubt says what is strange about a figure; before are the filings of its item.
func doubt(plans []*plan.Plan, row *commands.FilingRow, before []plan.Filing, today plan.Date) string {
	for _, p := range plans {
		if p.Key() != row.Filing.Plan || row.Filing.Value == nil {
			continue
		}
		var marks []plan.Mark
		for i := range before {
			if m, ok := before[i].Mark(); ok {
				marks = append(marks, m)
			}
		}
		marks = plan.AcceptedAt(marks, row.Filing.Date, time.Time{})
		return commands.Doubtful(p.Holder(row.Filing.Item).Target(row.Filing.Item), row, marks, p.Year, today)
	}
	return ""
}
