package commands

import (
	"strings"
	"testing"
)

// TestTypedOnACard: words of buttons and values go to the card that was shown last, also
// after a question in between.
func TestTypedOnACard(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2600公里": "数值：不少于2500公里 → 不少于2600公里", "2600公里以上": "不少于2600公里", "期限 2018年6月底": "2017年底前 → 2018年6月底前", "口径 水平": "口径：累计 → 水平", "2600座": "单位是公里",
		"对": "✅ 对：实事8 新改建农村公路", "改": "改哪一项", "下一项": "读成：改造农村危桥", "不是指标": "✂️ 不是指标：实事8 新改建农村公路", "拆分": "请发两行",
		"合并": "并进", "补一项": "漏读了哪个指标", "整章都对": "都记为“对”",
	} {
		w := liaocheng(t)
		w.tell(supervisor, "校核 实事8")
		w.tell(supervisor, "今年新增养老床位多少张")
		w.wants(text, texts(w.tell(supervisor, text)), want)
	}
}

// TestTypedUndo: 撤回 takes the last decision back.
func TestTypedUndo(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.tell(supervisor, "核对 实事8")
	w.tell(supervisor, "2600公里")
	w.tell(supervisor, "今年新增养老床位多少张")
	w.wants("undo", texts(w.tell(supervisor, "撤回")), "已撤销1项", "不少于2500公里")
}

// TestTypedWithoutACard: without a card the same words mean what they meant.
func TestTypedWithoutACard(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.tell(civil, "养老床位 1476")
	w.tell(civil, "确认")
	w.tell(supervisor, "校核 实事8")
	w.tell(supervisor, "待审")
	w.wants("review", texts(w.tell(supervisor, "下一项")), "新增养老床位")
	if got := texts(w.tell(supervisor, "2600公里")); strings.Contains(got, "✏️") {
		t.Errorf("a value went to a card that is not shown: %s", got)
	}
}

// TestSplitMakesNoTwin: a split never makes what is there already.
func TestSplitMakesNoTwin(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.tell(supervisor, "校核 实事6")
	w.tell(supervisor, "拆分")
	w.wants("twin", texts(w.tell(supervisor, "棚户区改造新开工 3.5万套；棚户区改造基本建成 2万套")), "第2个：已经有“棚户区改造基本建成 2万套”，再拆就重复了")
	w.wants("twice the same", texts(w.tell(supervisor, "棚户区货币化安置 5000套；棚户区货币化安置 5000套")), "第2个：已经有")
	w.wants("split", texts(w.tell(supervisor, "棚户区改造新开工 3万套；棚户区货币化安置 5000套")), "➕ 新增：实事6 棚户区货币化安置")
}
