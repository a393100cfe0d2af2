package main

import (
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"duban/commands"
	"duban/plan"
	"duban/render"
	"duban/schedule"
)

// pages composes what the clock sends. Readers of one week share what was found out of it.
type pages struct {
	mu    sync.Mutex
	now   *plan.PlanStanding // that week was made of
	week  *render.Digest
	rules plan.Rules
	log   *slog.Logger

	window plan.Window
}

var _ schedule.Pages = (*pages)(nil)

// Digest implements schedule.Pages.
func (p *pages) Digest(v schedule.DigestView) render.Message {
	digest := p.digest(&v)
	if v.Picture {
		return digest.Illustrated(v.Reader)
	}
	return digest.For(v.Reader)
}

func (p *pages) digest(v *schedule.DigestView) *render.Digest {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.week == nil || p.now != v.Now {
		in := render.DigestInput{
			Period: plan.PeriodAt(plan.Week, v.Now.AsOf), Now: v.Now, Before: v.Before, Duties: v.Duties,
			Turnouts: v.Turnouts, Round: v.Round, Over: true, Dated: v.Several,
		}
		in.Period.From = v.Before.AsOf.AddDays(1) // weeks that were off belong to it
		p.now, p.week = v.Now, render.NewDigest(in)
	}
	return p.week
}

// Summary implements schedule.Pages.
func (p *pages) Summary(v schedule.SummaryView) render.Message {
	in := render.DigestInput{Period: plan.PeriodAt(plan.Month, v.Now.AsOf), Now: v.Now, Duties: v.Duties, Turnouts: v.Turnouts}
	m, err := render.DispatchSummary(in)
	if err != nil {
		p.log.Error("summary of a month", "plan", v.Plan.Key(), "error", err)
		m.Text = "本月调度通报的表格没有生成，请在这里发“月通报”再试。"
	}
	return m
}

// draft composes a quarter's bulletin as the button under its preview does.
func (p *pages) draft(tx plan.Tx, now time.Time, v *schedule.BulletinView) (plan.Bulletin, error) {
	r, err := commands.Records(tx, v.Plan, now, p.rules, p.window)
	if err != nil {
		return plan.Bulletin{}, err
	}
	quarter := plan.PeriodAt(plan.Quarter, v.Now.AsOf)
	return r.Draft(quarter, quarter.To)
}

// Preview implements schedule.Pages: the button shows the draft whole and offers its
// release.
func (p *pages) Preview(tx plan.Tx, now time.Time, v schedule.BulletinView) (render.Message, error) {
	b, err := p.draft(tx, now, &v)
	if err != nil {
		return render.Message{}, fmt.Errorf("drafting the bulletin: %w", err)
	}
	m := render.BulletinMessage(&b, false)
	m.Text = "请过目，发布后发给各单位和订阅者。\n" + m.Text
	m.Buttons = [][]render.Button{{{Text: "核对并发布", Action: render.BulletinAction(&b)}}}
	return m, nil
}

// Bulletin implements schedule.Pages: what was released, as it was frozen.
func (p *pages) Bulletin(tx plan.Tx, now time.Time, v schedule.BulletinView) (render.Message, error) {
	b, err := releasedBulletin(tx, now, &v)
	if err != nil {
		return render.Message{}, err
	}
	return render.BulletinMessage(b, false), nil
}

// Erratum implements schedule.Pages.
func (p *pages) Erratum(tx plan.Tx, now time.Time, v schedule.BulletinView, number int) (render.Message, error) {
	b, err := releasedBulletin(tx, now, &v)
	if err != nil {
		return render.Message{}, err
	}
	return render.ErratumMessage(b, number), nil
}

// releasedBulletin reads a released bulletin with its document, which lists leave out.
func releasedBulletin(tx plan.Tx, now time.Time, v *schedule.BulletinView) (*plan.Bulletin, error) {
	desk := tx.As(plan.System, now)
	list, err := desk.Bulletins(v.Plan.Key())
	if err != nil {
		return nil, err
	}
	for i := range list {
		if b := &list[i]; b.Year == v.Year && b.Quarter == v.Quarter && b.State == plan.BulletinReleased {
			return desk.Bulletin(b.ID)
		}
	}
	return nil, errors.New("the released bulletin is missing")
}
