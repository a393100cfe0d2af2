package commands

import (
	"strings"
	"testing"

	"duban/plan"
)

// TestOriginalStaysVisible: where a target or its deadline was changed, answers, lists and
// the history show what the report promised, and lights say so.
func TestOriginalStaysVisible(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.tell(supervisor, "调整 危桥 90座 市政府常务会议 聊政字〔2017〕12号 并入省道改造")
	w.tell(supervisor, "确认")
	w.tell(roads, "申请延期 公路 2018年6月30日 雨季停工")
	w.tell(supervisor, "申请")
	w.press(supervisor, w.tell(supervisor, "申请"), "同意")
	w.wants("unfiled", texts(w.tell(supervisor, "危桥")), "目标90座（原100座）", "原目标100座，经市政府常务会议 聊政字〔2017〕12号批准调整为90座（并入省道改造）")
	w.wants("list", texts(w.tell(supervisor, "十件实事")), "2500公里、90座（原100座）")
	w.accept("改造农村危桥", "28", plan.NewDate(2017, 7, 28))
	w.accept("新改建农村公路", "1250", plan.NewDate(2017, 7, 28))
	w.wants("bridges", texts(w.tell(supervisor, "危桥")), "目标90座（原100座）", "（28/90座）", "→黄灯", "；原目标100座")
	w.wants("roads", texts(w.tell(supervisor, "农村公路")), "2018年6月底前（原2017年底前）", "原期限2017年12月31日，督查室同意延到2018年6月30日（雨季停工）", "→绿灯", "；原期限2017年底")
	w.wants("both", texts(w.tell(supervisor, "实事8")), "目标90座（原100座）", "2018年6月底前（原2017年底前）", "经市政府常务会议")
	w.wants("page", texts(w.tell(supervisor, "/item 实事8")), "目标90座（原100座）", "（原2017年底前）", "经市政府常务会议")
	w.wants("lagging", texts(w.tell(supervisor, "滞后")), "原目标100座")
	w.wants("deeds", texts(w.tell(supervisor, "十件实事")), "（原100座）")
	w.wants("history", texts(w.tell(supervisor, "历史 实事8")), "改造农村危桥（目标90座（原100座））", "原目标100座，经市政府常务会议", "原期限2017年12月31日")
	w.now = w.now.AddDate(0, 9, 0)
	w.wants("over", texts(w.tell(supervisor, "农村公路")), "原期限2017年底已过")
	w.accept("新改建农村公路", "2500", plan.NewDate(2018, 4, 20))
	w.wants("done late", texts(w.tell(supervisor, "农村公路")), "→已完成；晚于原期限2017年底")
}

// TestUnitOfTheWordsAround: a number whose unit the report leaves to the words around it is
// said with it.
func TestUnitOfTheWordsAround(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	if answer := texts(w.tell(supervisor, "脱贫目标多少人")); !strings.Contains(answer, "目标8万人，") {
		t.Errorf("%s", answer)
	}
}
