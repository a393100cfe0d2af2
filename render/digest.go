package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"duban/plan"
)

// DigestInput is what a digest reports on: values only, so that the same input always
// says the same.
type DigestInput struct {
	Period   plan.Period
	Now      *plan.PlanStanding // on the period's last day, or on the day that is asked for
	Before   *plan.PlanStanding // on the period's eve, as known then; nil for none
	Duties   map[plan.ID]plan.Duty
	Turnouts []plan.Turnout // of the period's rounds of filing; nil where none has closed
	Round    plan.Date      // in the month of the last of them
	Over     bool           // the last day is over: what was due on it is due no more
	Dated    bool           // the title names the plan's year: there are digests of others too
}

// Records are what a digest is made from, as they are stored.
type Records struct {
	Plan    *plan.Plan
	Marks   map[plan.ID][]plan.Mark
	Filings map[plan.ID][]plan.Filing // all that were filed, whatever became of them
	Duties  map[plan.ID]plan.Duty
	Rules   plan.Rules
	Window  plan.Window // when departments are asked for their filings
	Known   time.Time   // when the digest before was made: what came later is news; zero goes by data dates
	Today   plan.Date   // on which it is looked at: rounds that closed before count; zero is the day that is asked for
}

// Input computes what a digest of a period looks at on a day.
func (r *Records) Input(period plan.Period, day plan.Date) DigestInput {
	in := DigestInput{Period: period, Duties: r.Duties, Now: plan.Stand(r.Plan, r.Marks, day, time.Time{}, r.Rules)}
	in.Before = plan.Stand(r.Plan, r.Marks, period.Eve(), r.Known, r.Rules)
	var lists [][]plan.Turnout
	today := day
	if period.Span != plan.Week && r.Today.After(day) {
		today = r.Today
	}
	for _, round := range plan.RoundsOf(r.Plan, period, today, r.Window) {
		end := plan.EndOfMonth(round.From.Year, round.From.Month)
		in.Round = round.From
		lists = append(lists, plan.Turnouts(plan.Stand(r.Plan, r.Marks, end, time.Time{}, r.Rules), r.Duties, r.Filings, round))
	}
	if lists != nil {
		in.Turnouts = plan.SumTurnouts(lists...)
	}
	return in
}

// Reader is whom a digest is for. The zero value reads about everything.
type Reader struct {
	Department string              // of staff and heads: stands first
	Follows    []plan.Subscription // of the public: what it is about; empty is everything
}

// Digest (周报) composes a week's message for any number of readers.
type Digest struct {
	in       DigestInput
	all      []digestItem
	worse    []digestItem // newly behind, worst first
	moved    []digestItem // by how much the progress grew, then what has its first filing
	due      []digestItem // within dueDays, earliest first
	orphans  int          // commitments that nobody answers for
	everyone string       // the text for a reader of everything
}

// digestItem is a target or task with who answers for it.
type digestItem struct {
	plan.Shift
	lead string
}

// Lengths of a digest: it fits a phone.
const (
	dueDays    = 30
	mostWorse  = 3
	mostMoved  = 3
	mostDue    = 2
	mostAbsent = 4
)

// NewDigest finds out what there is to tell.
func NewDigest(in DigestInput) *Digest {
	d := &Digest{in: in}
	orphans := map[plan.ID]bool{}
	for _, s := range plan.Shifts(in.Before, in.Now) {
		item := digestItem{Shift: s}
		if duty := plan.DutyOf(s.Commitment, s.Item(), in.Duties); duty != nil {
			item.lead = duty.Lead
		} else {
			orphans[s.Commitment.ID] = true
		}
		d.all = append(d.all, item)
		d.sort(item)
	}
	d.orphans = len(orphans)
	slices.SortStableFunc(d.worse, byLight)
	slices.SortStableFunc(d.moved, byMove)
	slices.SortStableFunc(d.due, func(a, b digestItem) int { return a.Deadline().Compare(b.Deadline()) })
	d.everyone = d.compose(d.view(Reader{}))
	return d
}

// sort puts an item into the lists that it belongs to.
func (d *Digest) sort(item digestItem) {
	if item.Worsened() {
		d.worse = append(d.worse, item)
	} else if item.Moved() != nil || item.First() {
		d.moved = append(d.moved, item)
	}
	open := item.Now.Light != plan.Done && item.Now.Light != plan.Cancelled
	first := 0
	if d.in.Over {
		first = 1
	}
	if days := d.in.Now.AsOf.DaysTo(item.Deadline()); open && days >= first && days <= dueDays {
		d.due = append(d.due, item)
	}
}

// byLight puts the worst light first, then the greatest gap.
func byLight(a, b digestItem) int {
	if a.Now.Light != b.Now.Light {
		return slices.Index(lightOrder, a.Now.Light) - slices.Index(lightOrder, b.Now.Light)
	}
	if a.Now.Gap == nil || b.Now.Gap == nil {
		return 0
	}
	return b.Now.Gap.Cmp(a.Now.Gap)
}

// byMove puts what moved most first, then first filings.
func byMove(a, b digestItem) int {
	x, y := a.Moved(), b.Moved()
	switch {
	case x == nil && y == nil:
		return 0
	case x == nil:
		return 1
	case y == nil:
		return -1
	}
	return y.Cmp(x)
}

// view is a digest as far as it concerns a reader.
type view struct {
	Reader
	worse, moved, due []digestItem
	tally             plan.Tally
	items             int // targets
	own               plan.Tally
	ownItems          int
}

// view picks what concerns a reader: followers theirs only, staff everything with their
// own first.
func (d *Digest) view(r Reader) view {
	v := view{Reader: r, tally: plan.Tally{}, own: plan.Tally{}, worse: d.worse, moved: d.moved, due: d.due}
	for i := range d.all {
		item := &d.all[i]
		if item.Target == nil || !d.concerns(&r, item) {
			continue
		}
		v.tally[item.Now.Light]++
		v.items++
		if r.Department != "" && item.lead == r.Department {
			v.own[item.Now.Light]++
			v.ownItems++
		}
	}
	if len(r.Follows) > 0 {
		keep := func(list []digestItem) []digestItem {
			return slices.DeleteFunc(slices.Clone(list), func(x digestItem) bool { return !d.concerns(&r, &x) })
		}
		v.worse, v.moved, v.due = keep(v.worse), keep(v.moved), keep(v.due)
	}
	if r.Department != "" {
		v.worse, v.moved, v.due = r.first(v.worse), r.first(v.moved), r.first(v.due)
	}
	return v
}

func (d *Digest) concerns(r *Reader, item *digestItem) bool {
	if len(r.Follows) == 0 {
		return true
	}
	key := d.in.Now.Plan.Key()
	return slices.ContainsFunc(r.Follows, func(s plan.Subscription) bool { return s.Covers(key, item.Commitment) })
}

// first puts what the reader's department leads in front.
func (r *Reader) first(list []digestItem) []digestItem {
	sorted := slices.Clone(list)
	own := func(x *digestItem) int {
		if x.lead == r.Department {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(sorted, func(a, b digestItem) int { return cmp.Compare(own(&a), own(&b)) })
	return sorted
}

// For composes the message for a reader. Many readers may be served at the same time.
func (d *Digest) For(r Reader) Message {
	if d.in.Now.Plan.State != plan.Published {
		return Message{Text: unpublished(d.in.Now.Plan, "周报")}
	}
	text := d.everyone
	if r.Department != "" || len(r.Follows) > 0 {
		text = d.compose(d.view(r))
	}
	return Message{Text: text, Buttons: [][]Button{{
		{Text: "进展图", Action: DoAction("card")}, {Text: "滞后清单", Action: DoAction("lagging")}, {Text: "退订", Action: DoAction("unsubscribe")},
	}}}
}

// Illustrated is For with the reader's progress card above it. The picture is drawn anew for
// every call; send it to groups and to those who answer for something, the others have it
// behind a button.
func (d *Digest) Illustrated(r Reader) Message {
	m := d.For(r)
	if card := d.Card(r); d.in.Now.Plan.State == plan.Published && len(card.Bars) > 0 {
		picture := ProgressCard(card)
		m.Text, m.Photo = picture.Caption(m.Text), picture.File
		m.Buttons[0] = m.Buttons[0][1:] // the picture is there
	}
	return m
}

// unpublished says why there is no digest of a draft.
func unpublished(p *plan.Plan, what string) string {
	return Heading(p) + "还是草稿，没有发布，不出" + what + "。校核后发布，就会有。"
}

// Card is the progress card for a reader: what they follow, what their department leads,
// else the 实事, else what was filed.
func (d *Digest) Card(r Reader) Card { return CardFor(d.in.Now, d.in.Duties, r) }

// CardFor is the card for a reader; see Digest.Card.
func CardFor(now *plan.PlanStanding, duties map[plan.ID]plan.Duty, r Reader) Card {
	p := now.Plan
	place := fmt.Sprintf("%s%d年", p.Place, p.Year)
	for _, choice := range []struct {
		title string
		keep  func(*plan.CommitmentStanding) bool
	}{
		{"你关注的事项", func(cs *plan.CommitmentStanding) bool {
			return slices.ContainsFunc(r.Follows, func(s plan.Subscription) bool { return s.Covers(p.Key(), cs.Commitment) })
		}},
		{r.Department + "牵头事项", func(cs *plan.CommitmentStanding) bool {
			duty := plan.DutyOf(cs.Commitment, cs.Commitment.ID, duties)
			return r.Department != "" && duty != nil && duty.Lead == r.Department
		}},
		{place + "民生实事", func(cs *plan.CommitmentStanding) bool { return strings.HasPrefix(cs.Commitment.Label, "实事") }},
		{place + "有填报的事项", func(cs *plan.CommitmentStanding) bool { return cs.Light != plan.None }},
	} {
		var list []*plan.Commitment
		for i := range now.Commitments {
			if cs := &now.Commitments[i]; choice.keep(cs) {
				list = append(list, cs.Commitment)
			}
		}
		if len(list) > 0 {
			return CardOf(choice.title, now, list).worstFirst()
		}
	}
	return CardOf(place+"进展", now, nil)
}

// Quiet reports whether nothing happened that a reader would want to hear of.
func (d *Digest) Quiet() bool { return len(d.worse)+len(d.moved) == 0 }

func (d *Digest) compose(v view) string {
	p := d.in.Now.Plan
	place, week := p.Place, "本周"
	if d.in.Dated {
		place += fmt.Sprintf("%d年", p.Year)
	}
	if d.in.Period.From.DaysTo(d.in.Period.To) >= 7 {
		week = "这期间"
	}
	lines := []string{place + "督办周报 · " + PeriodText(d.in.Period, d.in.Now.AsOf)}
	lines = append(lines, v.tallyLines()...)
	lines = append(lines, worseLines(v.worse)...)
	lines = append(lines, movedLines(v.moved, week+"推进最快")...)
	if len(v.worse)+len(v.moved) == 0 {
		lines = append(lines, week+"没有新的填报，灯色没有变化。")
	}
	lines = append(lines, dueLine(v.due))
	if len(v.Follows) == 0 {
		lines = append(lines, absentLine(d.in.Turnouts, d.in.Round.Month, v.Department))
		if d.orphans > 0 {
			lines = append(lines, fmt.Sprintf("未落实责任单位：%d条承诺", d.orphans))
		}
	}
	lines = append(lines, "数据截至"+d.in.Now.AsOf.String())
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), "\n")
}

// tallyLines counts lights, with their words; staff see their department first.
func (v *view) tallyLines() []string {
	if len(v.Follows) > 0 {
		return []string{fmt.Sprintf("你关注的%d个指标：%s", v.items, tallyOrNothing(v.tally))}
	}
	if v.Department == "" {
		return []string{tallyOrNothing(v.tally)}
	}
	return []string{
		fmt.Sprintf("%s（%d个指标）：%s", v.Department, v.ownItems, tallyOrNothing(v.own)),
		"全部：" + tallyOrNothing(v.tally),
	}
}

func tallyOrNothing(t plan.Tally) string {
	if s := TallyText(t); s != "" {
		return s
	}
	return "没有指标"
}
