package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"duban/plan"
	"duban/render"
	"duban/storage"
)

// importCommand stores a report as a plan.
type importCommand struct {
	File    string `arg:"" help:"报告文件；- 是标准输入"`
	DB      string `help:"数据库文件" type:"path" placeholder:"FILE"`
	Publish bool   `help:"直接发布（默认是草稿，数字标为未校核）"`
	Yes     bool   `help:"确认修改库里已有的报告，或存一份没有指标的"`
	Year    int    `help:"计划年度（报告没写清时用）"`
}

// Run implements the command.
func (c *importCommand) Run(a *app) error {
	p, err := a.readReport(c.File, c.Year)
	if err == nil {
		err = dated(c.File, p)
	}
	if err != nil {
		return err
	}
	if p.Targets() == 0 && !c.Yes {
		return fmt.Errorf("%s 里没有读出一个指标，也许不是政府工作报告；先用 duban extract %s 看看读到什么，确认要存请加 --yes", filepath.Base(c.File), c.File)
	}
	return a.with(c.DB, func(db *storage.DB) error {
		result, err := a.store(db, p, c.Publish, c.Yes)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(a.stdout, result.message())
		return err
	})
}

func (c *importCommand) database(a *app) string { return a.databasePath(c.DB) }

// imported is what storing a report did.
type imported struct {
	plan      *plan.Plan
	diff      plan.Diff
	lapsed    []plan.Correction // decisions of supervisors that the new report ends
	kept      int               // decisions that stay
	old       *plan.Plan
	first     bool
	published bool // was a draft before
	applied   bool
}

// store merges a report into the database: a new one is put there, the same changes
// nothing, a corrected one is applied only when the change is confirmed.
func (a *app) store(db *storage.DB, p *plan.Plan, publish, confirmed bool) (imported, error) {
	var result imported
	err := db.Update(a.ctx, func(tx plan.Tx) error {
		old, err := tx.Plans().Imported(p.Key())
		if err != nil && !errors.Is(err, plan.ErrNotFound) {
			return err
		}
		merged, diff := plan.Merge(old, p)
		result = imported{plan: merged, diff: diff, first: old == nil, old: old}
		if err := result.consequences(tx.As(plan.System, a.now())); err != nil {
			return err
		}
		if publish && (merged.State != plan.Published || merged.CheckedTo < merged.NextID) {
			merged.State, merged.CheckedTo, result.published = plan.Published, merged.NextID, old != nil
		}
		if !result.first && diff.Empty() && !result.published || !diff.Empty() && !result.first && !confirmed {
			return nil
		}
		result.applied = true
		return tx.As(a.operator(), a.now()).PutPlan(merged)
	})
	return result, err
}

// consequences finds what becomes of the filings and the decisions on the stored plan.
func (r *imported) consequences(desk plan.Desk) error {
	all, err := desk.Corrections(r.plan.Key())
	if err != nil || r.first {
		return err
	}
	filings, err := desk.Filings(r.plan.Key())
	if err != nil {
		return err
	}
	r.diff.Weigh(plan.Corrected(r.old, all), plan.Corrected(r.plan, all), filings)
	r.decisions(all)
	return nil
}

// decisions finds out which of them end.
func (r *imported) decisions(all []plan.Correction) {
	before := map[plan.ID]bool{}
	for _, d := range plan.Lapsed(r.old, all) {
		before[d.Item] = true
	}
	items := map[plan.ID]bool{}
	for i := range all {
		items[all[i].Item] = true
	}
	lapsed := plan.Lapsed(r.plan, all)
	r.kept = len(items) - len(lapsed)
	r.lapsed = slices.DeleteFunc(lapsed, func(d plan.Correction) bool { return before[d.Item] })
}

func (r imported) message() string {
	state := "草稿，数字标为未校核；核对后加 --publish 发布"
	if r.plan.State == plan.Published {
		state = "已发布"
	}
	summary := r.plan.Summary()
	counts := fmt.Sprintf("%d条承诺、%d个指标", summary.Commitments, summary.Targets)
	switch {
	case r.first:
		return fmt.Sprintf("已导入 %s：%s（%s）", render.Heading(r.plan), counts, state)
	case r.diff.Empty() && r.published:
		return fmt.Sprintf("已发布 %s：%s", render.Heading(r.plan), counts)
	case r.diff.Empty():
		return fmt.Sprintf("%s 已在库里，没有变化。", render.Heading(r.plan))
	case r.applied:
		return r.differences() + "\n已按新报告改好，没变的承诺保留原有编号和记录。" + r.waitText()
	}
	return r.differences() + "\n还没有改动数据库；确认无误后加 --yes 再导入一次。"
}

func (r imported) differences() string {
	return render.Diff(r.diff) + render.LapsedText(r.old, r.plan, r.lapsed, r.kept)
}

// waitText says how many targets of a published plan are to be checked now.
func (r imported) waitText() string {
	if n := r.plan.ProofOf("").Waiting; n > 0 && r.plan.State == plan.Published {
		return fmt.Sprintf("\n新增或改动的%d个指标标为未校核，校核后才计入红黄绿灯；请督查室发“校核”。", n)
	}
	return ""
}
