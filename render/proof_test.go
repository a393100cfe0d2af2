package render_test

import (
	"strings"
	"testing"

	"duban/plan"
	"duban/render"
)

func TestSentence(t *testing.T) {
	t.Parallel()
	text := "一是建设校舍。建设校舍9.2万平方米。新建中小学32所，建设校舍52万平方米；另建设校舍9.2万平方米。"
	c := &plan.Commitment{Segment: plan.Segment{Text: text, Start: 100}}
	long := strings.Repeat("很长的前文，", 60)
	for _, x := range []struct {
		c     *plan.Commitment
		quote string
		start int
		want  string
	}{
		{c, "建设校舍9.2万平方米", 107, "【建设校舍9.2万平方米】。"},
		{c, "建设校舍9.2万平方米", 141, "新建中小学32所，建设校舍52万平方米；另【建设校舍9.2万平方米】。"},
		{c, "新建中小学32所", 119, "【新建中小学32所】，建设校舍52万平方米；另建设校舍9.2万平方米。"},
		{c, "没有这一句", 119, text},
		{c, "", 0, text},
		{&plan.Commitment{Segment: plan.Segment{Text: long + "新建桥梁3座，" + long}}, "新建桥梁3座", 360, "…"},
	} {
		got := render.Sentence(x.c, &plan.Target{Quote: x.quote, Start: x.start})
		if !strings.HasPrefix(got, x.want) || len([]rune(got)) > 220 {
			t.Errorf("%q at %d: %s", x.quote, x.start, got)
		}
	}
}

// TestProofActions: buttons of a card fit into a callback even with long codes and numbers.
func TestProofActions(t *testing.T) {
	t.Parallel()
	c := plan.Commitment{ID: 99_990, Segment: plan.Segment{Code: "13.16.22.110.12", Text: "新建桥梁3座。"}, Targets: []plan.Target{{ID: 99_991, Metric: "新建桥梁"}, {ID: 99_992, Metric: "改造桥梁"}}}
	p := &plan.Plan{Place: strings.Repeat("积石山保安族东乡族撒拉族自治县", 2), Year: 2017, Commitments: []plan.Commitment{c}}
	x := render.Proofing{Plan: p, Commitment: &c, Target: &c.Targets[0], Under: c.Code, Touched: 100}
	for _, m := range []render.Message{render.ProofCard(x), render.AskFix(x), render.AskMerge(x), render.AskChapter(x, "章", 1000), render.ProofOverview(p), render.ProofDone(p, nil, 10_000, 10_100)} {
		for _, row := range m.Buttons {
			for _, b := range row {
				if a, ok := render.ParseAction(b.Action); !ok || a.Kind != render.Do || len(b.Action) > render.MaxAction {
					t.Errorf("%s: %s", b.Text, b.Action)
				}
			}
		}
	}
}
