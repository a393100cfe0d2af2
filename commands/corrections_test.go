package commands

import (
	"strings"
	"testing"
	"time"

	"duban/plan"
)

var civilColleague = &plan.Actor{ID: "test:colleague", Role: plan.Staff, Department: "民政局"}

// TestSeveralCorrections: of 1476, its correction to 1500 and a colleague's to 1520 the last
// is accepted; the others wait no more and later filings build on 1520.
func TestSeveralCorrections(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	for _, said := range []struct {
		who  *plan.Actor
		text string
	}{{civil, "养老床位 1476"}, {civil, "养老床位 1500"}, {civilColleague, "养老床位 1520"}} {
		w.tell(said.who, said.text)
		w.tell(said.who, "确认")
	}
	history := texts(w.tell(civil, "历史 实事5"))
	w.wants("waiting", history, "1476张 已由后来的填报代替", "1500张 已由后来的填报代替", "1520张 待审核")
	w.tell(supervisor, "待审")
	w.wants("accepted", texts(w.tell(supervisor, "通过")), "没有待审核的填报")
	history = texts(w.tell(civil, "历史 实事5"))
	if strings.Contains(history, "待审核") {
		t.Errorf("something waits for ever:\n%s", history)
	}
	w.now = w.now.AddDate(0, 0, 3)
	w.wants("next figure", texts(w.tell(civil, "养老床位 1530")), "1520 → 1530张（+10）")
}

// TestCorrectionOfAnAcceptedCorrection: what was corrected says so, whatever was replaced on
// the way.
func TestCorrectionOfAnAcceptedCorrection(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	for _, text := range []string{"养老床位 1440", "养老床位 1445", "养老床位 1450"} {
		w.tell(civil, text)
		w.tell(civil, "确认")
	}
	w.tell(supervisor, "待审")
	w.tell(supervisor, "通过")
	w.tell(civil, "养老床位 1400")
	w.tell(civil, "更正上次的数")
	w.tell(civil, "确认")
	w.tell(supervisor, "待审")
	w.tell(supervisor, "通过")
	w.wants("history", texts(w.tell(civil, "历史 实事5")), "1450张（已更正，不再算）", "1400张（更正：更正上次填报）")
	w.wants("answer", texts(w.tell(supervisor, "养老床位进展")), "已完成1400张")
}

// TestCardComparesWithWhatCounts: what else waits is not compared with.
func TestCardComparesWithWhatCounts(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.accept("新增养老床位", "1450", plan.NewDate(2017, 6, 30))
	w.now = w.now.AddDate(0, 2, 0)
	for _, text := range []string{"截至8月31日养老床位 1700", "截至9月15日养老床位 1750"} {
		w.tell(civil, text)
		w.tell(civil, "确认")
	}
	first := w.tell(supervisor, "待审")
	w.wants("first card", texts(first), "1450 → 1700张（+250）", "40.3% → 47.2%")
	second := w.tell(supervisor, "下一项")
	w.wants("second card", texts(second), "1450 → 1750张（+300）", "40.3% → 48.6%")
	w.tell(supervisor, "通过")
	w.wants("a later figure counts", texts(w.tell(supervisor, "待审")), "1450 → 1700张（+250）", "已有更晚的数：9月15日 1750张")
}

// TestHeadSignsAgainstWhatCounts: another's unsigned filing is not what a head compares with.
func TestHeadSignsAgainstWhatCounts(t *testing.T) {
	t.Parallel()
	w := liaochengWith(t, Options{Signed: true})
	w.tell(civil, "养老床位 1480")
	w.tell(civil, "确认")
	w.now = w.now.AddDate(0, 0, 1)
	w.tell(civilColleague, "养老床位 1500")
	w.tell(civilColleague, "确认")
	w.tell(civilHead, "签核")
	w.wants("card", texts(w.tell(civilHead, "下一项")), "1500张（首次填报")
}

// TestHistoryIsOfTheDay: a view of an earlier day shows no later figures, and names people.
func TestHistoryIsOfTheDay(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.accept("新增养老床位", "1450", plan.NewDate(2017, 6, 30))
	clerk := &plan.Actor{ID: "terminal:李", Role: plan.Staff, Department: "民政局"}
	w.tell(clerk, "养老床位 1476")
	w.tell(clerk, "确认")
	w.accept("新增养老床位", "3600", plan.NewDate(2017, 12, 31))
	history := texts(w.tell(supervisor, "历史 实事5"))
	w.wants("history", history, "6月30日 1450张", "1476张 待审核（民政局 李）")
	if strings.Contains(history, "3600张 ") || strings.Contains(history, "terminal") {
		t.Errorf("%s", history)
	}
}

// TestClosingAgreesWithLights: what was filed after the year's end is done late, not
// unfiled.
func TestClosingAgreesWithLights(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.accept("新增养老床位", "3600", plan.NewDate(2018, 1, 5))
	w.accept("改造农村危桥", "50", plan.NewDate(2017, 12, 31))
	w.now = time.Date(2018, 1, 10, 10, 0, 0, 0, time.UTC)
	w.wants("light", texts(w.tell(supervisor, "养老床位进展")), "已完成（晚于期限）")
	w.wants("closing", texts(w.tell(supervisor, "结账 2017")), "完成1 ", "未完成：\n· 实事8 改造农村危桥\n", "按年底以后的数评定：\n· 实事5 新增养老床位（完成）")
}

// TestOneMonthIsNotCountedTwice: a month's number is added to what was reached before the
// month, never to another number of the same month.
func TestOneMonthIsNotCountedTwice(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.tell(civil, "养老床位 1500")
	w.tell(civil, "确认")
	w.wants("less", texts(w.tell(civil, "养老床位 1400")), "少了100张")
	w.wants("the month's", texts(w.tell(civil, "这是当月数")), "上月底没有报过累计数", "累计数（1月1日至今）")
	w.wants("the total", texts(w.tell(civil, "1600")), "1500 → 1600张")
}

// TestConfirmationAnswersNoChoice: 确认 does not say which of two is meant; 是 does.
func TestConfirmationAnswersNoChoice(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	teachers := staff("教育局")
	w.wants("part", texts(w.tell(teachers, "聊城一中新校已招生")), "也完成了吗")
	w.wants("confirmed", texts(w.tell(teachers, "确认")), "也完成了吗")
	w.wants("yes", texts(w.tell(teachers, "是的")), "请确认填报", "已完成")
}

// TestArrears: what is filed for an earlier day shows the light of that day.
func TestArrears(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.accept("新增养老床位", "2876", plan.NewDate(2017, 7, 28))
	got := texts(w.tell(civil, "截至6月底养老床位1266"))
	got += texts(w.tell(civil, "数没错"))
	w.wants("of June", got, "35.2%，6月底应到49.6%", "已有更晚的数：7月28日 2876张，灯按那个数算")
}
