package render

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"duban/plan"
)

// BulletinInput is what a quarter's bulletin reports on.
type BulletinInput struct {
	DigestInput                    // the quarter; Turnouts are the sum of its rounds
	MonthBefore *plan.PlanStanding // at the end of the month before the last; nil for none
	Marks       map[plan.ID][]plan.Mark
}

// Bulletin computes what a quarter's bulletin looks at on a day.
func (r *Records) Bulletin(quarter plan.Period, day plan.Date) BulletinInput {
	before := plan.PeriodAt(plan.Month, day).Eve()
	return BulletinInput{
		DigestInput: r.Input(quarter, day), Marks: r.Marks,
		MonthBefore: plan.Stand(r.Plan, r.Marks, before, noTime, r.Rules),
	}
}

// RankingRule is printed with every ranking.
const RankingRule = "排名办法：只排牵头单位，且有3个以上已评灯指标的；先比“已完成和绿灯”占已评灯指标的比例，再比红灯和逾期的项数（少者在前），再比按时填报的比例；都相同的并列。未填报的指标不评灯，不计入比例。"

// Draft drafts the bulletin of a quarter as it looks on a day.
func (r *Records) Draft(quarter plan.Period, day plan.Date) (plan.Bulletin, error) {
	return BulletinOf(r.Bulletin(quarter, day))
}

// BulletinOf drafts the bulletin of a quarter: text and printable document as they will be
// released, with the digest of the filings that they rest on.
func BulletinOf(in BulletinInput) (plan.Bulletin, error) {
	v := newBulletinView(&in)
	b := plan.Bulletin{
		Plan: in.Now.Plan.Key(), Year: in.Period.From.Year, Quarter: in.Period.Quarter(), AsOf: in.Now.AsOf,
		State: plan.BulletinDraft, Text: v.text(), Digest: v.Digest,
	}
	var err error
	b.Document, err = v.document()
	return b, err
}

// bulletinView is what text and document of a bulletin say.
type bulletinView struct {
	Title    string
	AsOf     plan.Date
	Tally    string // with marks
	Lights   string // in words: paper may lack the marks
	Filed    string // one line on turnout
	Ranked   []rankLine
	Rest     []string
	Rule     string
	Behind   []behindLine // red and overdue
	Named    []behindLine // red two months running; in the third quarter
	Names    bool         // whether this quarter names them
	Absent   []plan.Turnout
	Digest   string
	Filings  int
	Orphans  int
	Chapters []chapterLine
}

type rankLine struct {
	plan.Rank
	Share, Punctual string
}

type chapterLine struct{ Name, Lights string }

// behindLine is one item that is behind.
type behindLine struct{ Name, Lead, Mark, Word, Reason string }

// namingQuarter is the quarter whose bulletin names what was red two months running.
const namingQuarter = 3

func newBulletinView(in *BulletinInput) *bulletinView {
	p := in.Now.Plan
	v := &bulletinView{
		Title: p.Place + PeriodText(in.Period, in.Now.AsOf) + "督查通报", AsOf: in.Now.AsOf, Rule: RankingRule,
		Tally: tallyOrNothing(countedTally(in.Now)), Lights: tallyWords(countedTally(in.Now)), Absent: absentees(in.Turnouts), Names: in.Period.Quarter() == namingQuarter,
		Digest: plan.FilingsDigest(in.Marks, in.Now.AsOf), Orphans: NewDigest(in.DigestInput).orphans,
	}
	sum := sumTurnout(in.Turnouts)
	v.Filed = fmt.Sprintf("应填%d项次，按时%d项次，迟填%d项次，未填%d项次", sum.Asked, sum.OnTime, sum.Late, sum.Missing())
	if sum.Asked == 0 {
		v.Filed = "本季度还没有单位要填报"
	}
	v.rank(in)
	v.behind(in)
	for _, g := range tallyBy(&in.DigestInput, byChapterTitle) {
		v.Chapters = append(v.Chapters, chapterLine{g.name, tallyWords(g.tally)})
	}
	for _, marks := range in.Marks {
		v.Filings += len(plan.AcceptedAt(marks, in.Now.AsOf, noTime))
	}
	return v
}

// tallyWords writes counts of lights in words: 红灯1、黄灯1、未填报134.
func tallyWords(t plan.Tally) string {
	var parts []string
	for _, l := range lightOrder {
		if t[l] > 0 {
			parts = append(parts, fmt.Sprintf("%s%d", l.Word(), t[l]))
		}
	}
	return strings.Join(parts, "、")
}

func absentees(turnouts []plan.Turnout) []plan.Turnout {
	return slices.DeleteFunc(slices.Clone(turnouts), func(t plan.Turnout) bool { return t.Missing() == 0 && t.Late == 0 })
}

func (v *bulletinView) rank(in *BulletinInput) {
	ranked, rest := plan.Ranking(in.Now, in.Duties, in.Turnouts)
	for _, r := range ranked {
		line := rankLine{Rank: r, Share: percentFloat(float64(r.Good) / float64(r.Rated)), Punctual: "—"}
		if r.Turnout.Asked > 0 {
			line.Punctual = fmt.Sprintf("%d/%d", r.Turnout.OnTime, r.Turnout.Asked)
		}
		v.Ranked = append(v.Ranked, line)
	}
	for _, r := range rest {
		v.Rest = append(v.Rest, fmt.Sprintf("%s（已评灯%d项）", r.Department, r.Rated))
	}
}

// behind lists what is red or overdue and, in the naming quarter, what was so two months
// running.
func (v *bulletinView) behind(in *BulletinInput) {
	bad := slices.DeleteFunc(plan.Shifts(nil, in.Now), func(s plan.Shift) bool {
		return s.Now.Light != plan.Red && s.Now.Light != plan.Overdue
	})
	v.Behind = behindLines(in, bad)
	if v.Names && in.MonthBefore != nil {
		v.Named = behindLines(in, plan.RedTwice(in.MonthBefore, in.Now))
	}
}

func behindLines(in *BulletinInput, list []plan.Shift) []behindLine {
	lines := make([]behindLine, 0, len(list))
	for i := range list {
		s := &list[i]
		lines = append(lines, behindLine{
			Name: strings.TrimSpace(s.Commitment.Label + " " + s.What()), Lead: byDepartmentName(&in.DigestInput, s),
			Mark: s.Now.Light.Mark(), Word: s.Now.Light.Word(), Reason: s.Now.Reason,
		})
	}
	return lines
}

// Lengths of a bulletin's text; the document has all of it.
const (
	mostRanked = 5
	mostNamed  = 4
)

// text is the bulletin for a chat.
func (v *bulletinView) text() string {
	lines := []string{v.Title, v.Tally, v.Filed}
	if len(v.Ranked) == 0 {
		lines = append(lines, "排名：没有单位够3个已评灯指标，不排名")
	} else {
		lines = append(lines, fmt.Sprintf("排名（%d个单位）", len(v.Ranked)))
	}
	for i := range v.Ranked[:min(len(v.Ranked), mostRanked)] {
		r := &v.Ranked[i]
		lines = append(lines, fmt.Sprintf("%d %s %s（%d/%d），红灯和逾期%d项", r.Place, r.Department, r.Share, r.Good, r.Rated, r.Bad))
	}
	list, head := v.Behind, "红灯和逾期"
	if v.Names {
		list, head = v.Named, "连续两个月红灯"
	}
	lines = append(lines, namedLines(head, list)...)
	return strings.Join(append(lines, "数据截至"+v.AsOf.String()+"，办法和全文见附件"), "\n")
}

func namedLines(head string, list []behindLine) []string {
	if len(list) == 0 {
		return []string{head + "：无"}
	}
	lines := []string{head + "（" + strconv.Itoa(len(list)) + "项）"}
	for _, x := range list[:min(len(list), mostNamed)] {
		lines = append(lines, "· "+x.Mark+x.Word+" "+Shorten(x.Name, 24)+"（"+x.Lead+"）")
	}
	return lines
}
