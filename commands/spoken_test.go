package commands

import (
	"strings"
	"testing"

	"duban/plan"
)

// TestNamedPart: a part is found by its name, with or without the number of its 实事.
func TestNamedPart(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"申请延期 危桥 2018年3月底 资金缺口":     "实事8 改造农村危桥，2017年12月31日 → 2018年3月31日",
		"申请延期 实事8 危桥 2018年3月底 资金缺口": "实事8 改造农村危桥，2017年12月31日 → 2018年3月31日",
		"转交 公路 头":                 "没有认出“头”是哪位同事或哪个单位。实事8 新改建农村公路转给谁",
		"转交 危桥 财政局 资金由财政局管":       "已申请把实事8 改造农村危桥转给财政局",
		"转交 实事8 危桥 财政局 资金由财政局管":   "已申请把实事8 改造农村危桥转给财政局",
		"转交 实事8 财政局 资金由财政局管":      "已申请把实事8转给财政局",
		"转交 实事7 公安局 路面归公安局管":      "已申请把实事7转给公安局",
		"转交 改善农村通行条件 财政局 资金由财政局管": "已申请把实事8转给财政局",
	} {
		w := liaocheng(t)
		w.wants(text, texts(w.tell(roads, text)), want)
	}
	for text, want := range map[string]string{
		"调整 危桥 90座": "要写批准机关和文号",
		"调整 危桥 90座 市政府常务会议 聊政字〔2017〕12号 并入省道改造": "100座 → 90座",
		"取消事项 危桥 市政府常务会议 第9号 并入省道改造":            "实事8 改造农村危桥",
		"节点 公路 6月30日 40%": "实事8 新改建农村公路",
		"口径 危桥 水平":        "改造农村危桥",
		"分派 危桥 住建局":       "改造农村危桥",
	} {
		w := liaocheng(t)
		w.wants(text, texts(w.tell(supervisor, text)), want)
	}
}

// TestExtensionKeepsWhatWasSaid: a date and a reason survive the question which part is
// meant, and each other's lack.
func TestExtensionKeepsWhatWasSaid(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	choice := w.tell(roads, "申请延期 实事8 2018年3月底 资金缺口")
	w.wants("choice", texts(choice), "哪一项要延期")
	w.wants("pressed", texts(w.press(roads, choice, "改造农村危桥")), "已提交延期申请：实事8 改造农村危桥", "2018年3月31日")
	w.tell(roads, "申请延期 实事8 2018年3月底 资金缺口")
	w.wants("typed", texts(w.tell(roads, "公路")), "已提交延期申请：实事8 新改建农村公路")
	w.tell(roads, "申请延期 公路")
	w.wants("date", texts(w.tell(roads, "2018年6月30日")), "延到2018年6月30日的理由是什么")
	w.wants("reason", texts(w.tell(roads, "雨季停工两个月")), "已提交延期申请")
	w.tell(roads, "申请延期 公路 雨季停工")
	w.wants("early", texts(w.tell(roads, "2017年6月30日")), "新的期限要晚于2017年12月31日", "延到哪一天？（理由：雨季停工）")
	w.wants("later", texts(w.tell(roads, "2018年6月30日")), "已提交延期申请")
}

// TestDatesThatAreNone: what is no date is explained.
func TestDatesThatAreNone(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"半年":              {"“半年”要写成日期；从现在的期限往后推是2018年6月30日", "请发新的期限和理由"},
		"三个月 资金缺口":        {"“三个月”要写成日期", "2018年3月31日", "理由：资金缺口"},
		"2月30日":           {"没有“2月30日”这一天"},
		"2018-02-30 资金缺口": {"没有“2018-02-30”这一天", "理由：资金缺口"},
		"算了":              {"没有申请延期"},
		"十件实事":            {"（没有申请延期）"},
		"危桥 30":           {"（没有申请延期）", "请确认填报"},
		"危桥完成多少了":         {"（没有申请延期）"},
	} {
		w := liaocheng(t)
		ask := w.tell(roads, "申请延期 公路")
		if last := ask[0].Buttons; len(last) != 1 || last[0][0].Text != "取消" {
			t.Errorf("no way out: %+v", last)
		}
		w.wants(text, texts(w.tell(roads, text)), want...)
	}
	w := liaocheng(t)
	w.wants("left", texts(w.press(roads, w.tell(roads, "申请延期 公路"), "取消")), "没有申请延期")
	if left := texts(w.tell(roads, "2018年6月30日 雨季停工")); strings.Contains(left, "已提交") {
		t.Errorf("it still waits: %s", left)
	}
}

func TestLater(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ count, unit, want string }{
		{"半", "年", "2018-06-30"}, {"两", "个月", "2018-02-28"}, {"1", "年", "2018-12-31"}, {"十", "天", "2018-01-10"}, {"一", "个半月", ""},
	} {
		want := plan.Date{}
		if c.want != "" {
			if err := want.UnmarshalText([]byte(c.want)); err != nil {
				t.Fatal(err)
			}
		}
		if got := later(plan.EndOfYear(2017), c.count, c.unit); got != want {
			t.Errorf("%s%s: %s", c.count, c.unit, got)
		}
	}
}
