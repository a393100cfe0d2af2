package plan_test

import (
	"strings"
	"testing"

	"duban/plan"
)

// doubtsOf checks "value unit" with a note against what was filed before, on 31 July 2017
// unless the value names its day: "2017-08-15=1476张".
func doubtsOf(t *testing.T, spec, previous, filed, note string) string {
	t.Helper()
	day := date(t, "2017-07-31")
	if d, rest, found := strings.Cut(filed, "="); found {
		day, filed = date(t, d), rest
	}
	value, unit := quantity(t, filed)
	f := &plan.Filing{Value: &value, Date: day, Note: note}
	var words []string
	for _, d := range plan.DoubtsOf(targetOf(t, spec), f, unit, marksOf(t, previous), 2017, date(t, "2017-08-02")) {
		word := string(d.Kind)
		if d.Suggest != nil {
			word += "→" + d.Suggest.String()
		}
		if (d.Kind == plan.DoubtFalls || d.Kind == plan.DoubtRepeats || d.Kind == plan.DoubtAgainst) && d.Last == nil {
			t.Errorf("%s %s does not say what it contradicts", filed, d.Kind)
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

const someBeds, someHomes, someRoads = "count >= 3600张", "count >= 3.5万套", "count >= 2500公里"

func TestDoubts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, target, previous, filed, note, want string }{
		{"falls", someBeds, "2017-06-30=1476", "1266张", "", "falls"},
		{"falls to nothing", someBeds, "2017-06-30=1476", "0张", "", "falls"},
		{"above a later one", someBeds, "2017-08-01=1476", "1500张", "", "against falls"},
		{"before a later one", someBeds, "2017-08-01=1476", "1400张", "", "against"},
		{"41 times the target", someBeds, "", "147600张", "", "scale→1476"},
		{"41 times after some", someBeds, "2017-06-30=1266", "147600张", "", "scale→1476"},
		{"41 times after more", someBeds, "2017-06-30=1500", "147600张", "", "too-large"},
		{"the factor of 万", someBeds, "", "14760000张", "", "scale→1476"},
		{"万 lost", someHomes, "", "3.1套", "", "scale→31000"},
		{"万 lost after some", someHomes, "2017-06-30=2.1万", "3.1套", "", "scale→31000"},
		{"万 lost, beyond the target", someHomes, "", "300套", "", ""},
		{"万 lost in whole numbers", someHomes, "", "3套", "", "scale→30000"},
		{"万 added", someHomes, "", "31000万套", "", "scale→31000"},
		{"亿 lost", "amount >= 300亿元", "2017-06-30=164.5亿", "210元", "", "scale→21000000000"},
		{"a part of a bed", someBeds, "", "0.1476张", "", "scale→1476"},
		{"repeats last month's", someBeds, "2017-06-30=1476", "1476张", "", "repeats"},
		{"repeats zero", someBeds, "2017-06-30=0", "0张", "", "repeats"},
		{"says 已完成", someBeds, "", "3500张", "已完成", "unmet"},
		{"says 全部完成", someBeds, "", "3500张", "全年任务全部完成", "unmet"},
		{"says 提前完成", someBeds, "", "3500张", "今年提前完成任务。", "unmet"},
		{"says 全部建成", someBeds, "", "3500张", "新增床位，全部建成投用", "unmet"},
		{"km for beds", someBeds, "", "1476公里", "", "unit"},
		{"households for people", "count >= 183人", "", "96户", "", "unit"},
		{"亩 for 公顷", "count >= 164公顷", "", "100亩", "", "unit→6.67"},
		{"里 for 公里", someRoads, "", "824里", "", "unit→412"},
		{"metres for 公里", someRoads, "", "824000米", "", "unit→824"},
		{"companies for bridges", "count >= 100座", "", "28家", "", "unit"},
		{"places for bridges", "count >= 100座", "", "28处", "", ""},
		{"a total below zero", someRoads, "2017-06-30=700", "-5公里", "", "negative"},
		{"a total without its minus", someRoads, "2017-06-30=700", "-824公里", "", "negative→824"},
		{"a first total below zero", someRoads, "", "-5公里", "", "negative→5"},
		{"growth below zero", "growth >= 7.5%", "", "-2.1%", "", ""},
		{"tomorrow", someBeds, "", "2017-08-03=1476张", "", "future"},
		{"next year", someBeds, "", "2018-07-31=1476张", "", "future"},
		{"last year", someBeds, "", "2016-12-31=1476张", "", "too-early"},
		{"over three times", someBeds, "", "10801张", "", "too-large"},
		{"over three times growth", "growth >= 7.5%", "", "26.8%", "", "too-large"},
		{"over 100%", "share >= 96%", "", "101%", "", "percent"},
		{"below 0%", "share >= 96%", "", "-1%", "", "percent"},
		{"several at once", someBeds, "2017-06-30=1476", "2017-08-05=1200公里", "已完成", "future unit falls unmet"},
	} {
		if got := doubtsOf(t, c.target, c.previous, c.filed, c.note); got != c.want {
			t.Errorf("%s: %s after %q: %q, want %q", c.name, c.filed, c.previous, got, c.want)
		}
	}
}

func TestOrdinaryFilingsRaiseNoDoubt(t *testing.T) {
	t.Parallel()
	for _, c := range [][4]string{
		{someBeds, "", "210张", ""},
		{someBeds, "2017-06-30=1266", "1476张", "本月新增210张"},
		{someBeds, "2017-06-30=3600", "3600张", "已完成"},
		{someBeds, "2017-07-31=1476", "1476张", ""}, // the same again in the same month
		{someBeds, "2017-07-15=1400", "1476个", ""},
		{someBeds, "", "10800张", ""},
		{someBeds, "2017-06-30=3500", "3700张", "全年任务已完成"},
		{someHomes, "2017-06-30=2.1万", "3.1万套", ""},
		{someHomes, "2017-06-30=21000", "31000套", ""},
		{someHomes, "", "120套", "刚开工"},
		{someHomes, "2017-06-30=2.1万", "3.5万套", "全部完成"},
		{someRoads, "", "824公里", "截至7月底已完工824公里，开工2560公里"},
		{someRoads, "2017-06-30=700", "824.5千米", ""},
		{someRoads, "", "824km", "已完成824公里，其余正在施工"},
		{someRoads, "", "824公里", "已完成招标，预计年底前全部完成"},
		{someRoads, "", "824公里", "第一批已完成，第二批尚未开工"},
		{someRoads, "", "824公里", "前期工作已完成"},
		{someRoads, "", "824公里", "上半年任务已完成"},
		{someRoads, "", "824公里", "还没有全部完成"},
		{someRoads, "", "824公里", "已完成任务的33%"},
		{someRoads, "", "0公里", "未开工"},
		{"count >= 8万人", "2017-06-30=4万", "78700人", ""},
		{"count >= 8万人", "", "7.87万名", ""},
		{"count >= 20万人次", "", "12万人", ""},
		{"growth >= 7.5%", "2017-06-30=7.6", "7.4%", ""},
		{"growth >= 7.5%", "2017-06-30=7.4", "7.4%", ""}, // a rate may stay
		{"growth >= 7.5%", "", "-1.2%", ""},
		{"share >= 50% base=47%", "2017-06-30=48.2", "48.1%", ""},
		{"share >= 1.5个百分点", "", "0.6个百分点", ""},
		{"reduction >= 4.5%", "", "2.1%", ""},
		{"ceiling <= 4.5%", "2017-06-30=3.9", "3.7%", "已完成"},
		{"amount >= 300亿元", "2017-06-30=120亿", "164.5亿元", ""},
		{"count >= 18平方公里", "", "7.5平方千米", ""},
		{"count >= 100万平方米", "", "45.6万平米", ""},
		{"count >= 2000场", "2017-06-30=900", "1100次", ""},
		{"count >= 5项", "", "2个", ""},
	} {
		if got := doubtsOf(t, c[0], c[1], c[2], c[3]); got != "" {
			t.Errorf("%s %s: %s", c[2], c[3], got)
		}
	}
}

// TestCorrectionRaisesNoDoubt: what a correction takes the place of is no measure for it.
func TestCorrectionRaisesNoDoubt(t *testing.T) {
	t.Parallel()
	value := plan.NewDecimal(1476, 0)
	f := &plan.Filing{Value: &value, Date: date(t, "2017-07-31"), Supersedes: 2}
	previous := marksOf(t, "2017-06-30=1266 2017-07-31=147600")
	if doubts := plan.DoubtsOf(targetOf(t, someBeds), f, "张", previous, 2017, f.Date); len(doubts) > 0 {
		t.Errorf("%+v", doubts)
	}
	f.Supersedes = 0
	if doubts := plan.DoubtsOf(targetOf(t, someBeds), f, "张", previous, 2017, f.Date); len(doubts) != 1 || doubts[0].Kind != plan.DoubtFalls {
		t.Errorf("%+v", doubts)
	}
	if doubts := plan.DoubtsOf(targetOf(t, someBeds), &plan.Filing{Date: f.Date, Stage: plan.Ongoing}, "", nil, 2017, f.Date); len(doubts) > 0 {
		t.Errorf("a filing without a value: %+v", doubts)
	}
}
