package render

import (
	"fmt"
	"io"
	"math/big"
	"strings"

	"duban/plan"
)

// demoMark stands wherever figures for show are printed.
const demoMark = "演示数据"

// StatusTable writes how a plan stands for a terminal: the counts, then every commitment
// with its targets and tasks.
func StatusTable(w io.Writer, s *StatusReport) error {
	var b strings.Builder
	statusHead(&b, s)
	for i := range s.Commitments {
		commitmentLines(&b, s, &s.Commitments[i])
	}
	for line := range strings.Lines(b.String()) {
		if _, err := io.WriteString(w, strings.TrimRight(line, " \n")+"\n"); err != nil {
			return err
		}
	}
	return nil
}

func statusHead(b *strings.Builder, s *StatusReport) {
	if s.Demo {
		b.WriteString("【" + demoMark + "】")
	}
	fmt.Fprintf(b, "%s  截至%s（%s）\n", Heading(s.Plan), s.AsOf, dataUntil(s))
	if s.Plan.State != plan.Published {
		b.WriteString("草稿，数字未校核\n")
	}
	tally := s.Tally()
	var parts []string
	for _, l := range lightsInOrder {
		if n := tally[l]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %s%d", l.Mark(), l.Word(), n))
		}
	}
	fmt.Fprintf(b, "指标%d个：%s%s\n", s.Plan.Targets(), strings.Join(parts, "  "), waitText(s.PlanStanding))
}

// dataUntil says how fresh the figures are.
func dataUntil(s *StatusReport) string {
	if s.Latest.IsZero() {
		return "还没有填报"
	}
	return "数据截至" + s.Latest.String()
}

func commitmentLines(b *strings.Builder, s *StatusReport, cs *plan.CommitmentStanding) {
	c := cs.Commitment
	if len(c.Targets)+len(c.Tasks) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s %s  %s%s%s%s\n", pad(string(c.Code), 10), name(&c.Segment), wholeLight(cs), meanText(cs), unfiledText(cs), ledBy(c, s))
	for i := range c.Targets {
		t, st := &c.Targets[i], &cs.Targets[i]
		mark := ""
		if !s.Plan.Counts(t) {
			mark = unchecked
		}
		fmt.Fprintf(b, "    %s %s %s%s%s\n", paddedLight(st), pad(Shorten(t.Metric, 18), 36), reportedText(t, st), reasonCell(st), mark)
	}
	for i := range c.Tasks {
		t, st := &c.Tasks[i], &cs.Tasks[i]
		fmt.Fprintf(b, "    %s %s %s%s\n", paddedLight(st), pad(Shorten(t.Text, 18), 36), pad("任务 "+string(st.Stage), 24), reasonCell(st))
	}
}

// wholeLight is the light of a commitment; one of which nothing may be rated yet has none.
func wholeLight(cs *plan.CommitmentStanding) string {
	if cs.Light == plan.None && cs.Unchecked > 0 && cs.Unfiled == 0 {
		return "未校核"
	}
	if overallOf(cs).partly() {
		return strings.Replace(partly, "◐", "◐ ", 1)
	}
	return cs.Light.Mark() + " " + cs.Light.Word()
}

func paddedLight(st *plan.Standing) string {
	return pad(st.Light.Mark()+" "+st.Light.Word(), 10)
}

// reportedText is what was reached of what was promised; a missing figure is a dash.
func reportedText(t *plan.Target, st *plan.Standing) string {
	if st.Reported == nil {
		return pad("— / "+t.Say(t.Value), 24)
	}
	return pad(t.Say(*st.Reported)+" / "+t.Say(t.Value), 24)
}

// reasonCell explains a light that is not plain from its word.
func reasonCell(st *plan.Standing) string {
	if st.Reason == st.Light.Word() {
		return ""
	}
	return st.Reason
}

func meanText(cs *plan.CommitmentStanding) string {
	if cs.Progress == nil {
		return ""
	}
	percent := new(big.Rat).Mul(cs.Progress, big.NewRat(100, 1))
	return " " + percent.FloatString(1) + "%"
}

func unfiledText(cs *plan.CommitmentStanding) string {
	if cs.Unfiled == 0 || cs.Light == plan.None {
		return ""
	}
	return fmt.Sprintf("，另%d项未填报", cs.Unfiled)
}

func ledBy(c *plan.Commitment, s *StatusReport) string {
	lead, _ := dutyColumns(c, c.ID, s.Duties)
	if lead == "" {
		return ""
	}
	return "  牵头：" + lead
}
