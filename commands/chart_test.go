package commands

import (
	"strings"
	"testing"

	"duban/plan"
)

// TestChartOfWhatIsNamed draws the target that words name; an unknown name says so.
func TestChartOfWhatIsNamed(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.accept("新改建农村公路", "824", plan.NewDate(2017, 7, 28))
	for words, want := range map[string]string{
		"危桥": "改造农村危桥：", "实事8 危桥": "改造农村危桥：", "实事8": "新改建农村公路：", "公路": "新改建农村公路：",
		"常住人口城镇化率": "常住人口城镇化率：", "户籍人口城镇化率": "户籍人口城镇化率：", "乱写": "没有找到“乱写”", "实事8 游泳池": "里没有“游泳池”", "没有的东西": "没有找到",
	} {
		if got := w.tell(roads, "走势图 "+words); !strings.Contains(got[0].Text, want) {
			t.Errorf("走势图 %s: %s\nwant %s", words, got[0].Text, want)
		}
	}
}

// TestChartsOfManyTargets reaches every target of a commitment by buttons.
func TestChartsOfManyTargets(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	c := w.plan.Commitment("3.0.1.0")
	seen := map[string]bool{}
	messages := w.tell(roads, "走势图 3.0.1.0")
	for range 4 {
		seen[strings.Split(messages[0].Text, "：")[0]] = true
		more := ""
		for _, row := range messages[0].Buttons {
			seen[row[0].Text] = true
			if row[0].Text == "其他指标" {
				more = row[0].Action
			}
		}
		if more == "" {
			break
		}
		messages = w.pressAction(roads, more)
	}
	for i := range c.Targets {
		if !seen[c.Targets[i].Metric] {
			t.Errorf("%s is out of reach", c.Targets[i].Metric)
		}
	}
}
