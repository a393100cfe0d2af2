package commands

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"duban/plan"
	"duban/render"
)

// mostRowErrors is how many row errors of a workbook are listed.
const mostRowErrors = 15

// RowErrors occurs where rows of a workbook cannot be; nothing of it was stored.
type RowErrors []string

func (e RowErrors) Error() string {
	shown := e[:min(len(e), mostRowErrors)]
	text := fmt.Sprintf("校核表有%d处要改，什么都没有存：\n", len(e)) + strings.Join(shown, "\n")
	if len(e) > len(shown) {
		text += fmt.Sprintf("\n还有%d处没有列出。", len(e)-len(shown))
	}
	return text
}

// sheetRows are the rows of the workbook of a plan, rejected targets too.
func (x *proofing) sheetRows() [][]string {
	var rows [][]string
	for i := range x.plan.Commitments {
		c := &x.plan.Commitments[i]
		for j := range c.Targets {
			t := &c.Targets[j]
			rows = append(rows, render.ProofCells(x.plan, c, t, x.touched(t.ID), x.note(t.ID)))
		}
	}
	return rows
}

// note is the reason of the last decision on a target.
func (x *proofing) note(item plan.ID) string {
	note := ""
	for i := range x.decisions {
		if x.decisions[i].Item == item {
			note = x.decisions[i].Reason
		}
	}
	return note
}

// proofSheet sends the workbook.
func (t *turn) proofSheet(x *proofing) ([]render.Message, error) {
	data, err := render.WriteProofSheet(x.sheetRows())
	if err != nil {
		return nil, err
	}
	key := x.read.Key()
	return one(render.Message{
		Text:     "校核表：一行一个指标。改好“指标”到“权重”，在“校核”栏选对、改、不是指标或新增，存好发回来就行。",
		Document: &render.File{Name: render.ProofFile(key), Data: data},
	}), nil
}

// ProofExport returns the workbook in which the targets of a plan are checked.
func (r *Router) ProofExport(ctx context.Context, actor plan.Actor, now time.Time, key plan.Key) ([]byte, error) {
	var data []byte
	err := r.store.View(ctx, func(tx plan.Tx) error {
		x, err := (&turn{router: r, actor: actor, tx: tx, request: Request{Now: now}}).proofing(key)
		if err != nil {
			return err
		}
		data, err = render.WriteProofSheet(x.sheetRows())
		return err
	})
	return data, err
}

// ProofImport takes an edited workbook: what differs from the plan is stored as decisions of
// the actor, all of it or nothing. It returns what changed. RowErrors and
// render.ErrNotProofSheet are sentences for the person, other errors for the log.
func (r *Router) ProofImport(ctx context.Context, actor plan.Actor, now time.Time, data []byte) (m render.Message, err error) {
	rows, problems, err := render.ReadProofSheet(data)
	if err != nil {
		return m, err
	}
	if len(problems) > 0 {
		return m, RowErrors(problems)
	}
	err = r.store.Update(ctx, func(tx plan.Tx) error {
		t := &turn{router: r, ctx: ctx, actor: actor, tx: tx, request: Request{Now: now}}
		m, err = t.importProof(rows)
		return err
	})
	return m, err
}

// Sentence is what a person is told of an error of ProofImport or ProofExport; "" where it
// is one for the log.
func (r *Router) Sentence(actor plan.Actor, err error) string {
	var rows RowErrors
	if errors.As(err, &rows) || errors.Is(err, render.ErrNotProofSheet) {
		return err.Error()
	}
	return refusal(&turn{router: r, actor: actor}, err)
}

// importProof stores what the rows of a workbook change.
func (t *turn) importProof(rows []render.ProofRow) (render.Message, error) {
	key, err := t.planOfRows(rows)
	if err != nil {
		return render.Message{}, err
	}
	x, err := t.proofing(key)
	if err != nil {
		return render.Message{}, err
	}
	s := sheet{proofing: x, seen: map[plan.ID]int{}, filed: func(item plan.ID) bool {
		filings, err := t.desk().History(key, item)
		return err == nil && len(filings) > 0
	}}
	for i := range rows {
		if problem := s.row(&rows[i]); problem != "" {
			s.problems = append(s.problems, fmt.Sprintf("第%d行：%s", rows[i].Line, problem))
		}
	}
	switch {
	case len(s.problems) > 0:
		return render.Message{}, RowErrors(s.problems)
	case len(s.decisions) == 0:
		return render.ProofImported(x.plan, nil, 0, 0, s.notes), nil
	}
	from := len(x.decisions)
	_, after, err := t.correct(x, s.decisions...)
	if err != nil {
		return render.Message{}, err
	}
	return render.ProofImported(x.plan, changesOf(x, after, after.decisions[from:]), from, len(after.decisions), s.notes), nil
}

// planOfRows finds the plan that a workbook is about: the one that its rows name, else the
// only one.
func (t *turn) planOfRows(rows []render.ProofRow) (plan.Key, error) {
	for i := range rows {
		if key, _, ok := strings.Cut(rows[i].Cell(render.ColumnBase), "#"); ok {
			return plan.Key(key), nil
		}
	}
	list, err := t.tx.Plans().List()
	if err == nil && len(list) != 1 {
		err = render.ErrNotProofSheet
	}
	if err != nil {
		return "", err
	}
	return list[0].Key, nil
}
