package plan

import "strings"

// Basis says what a filed value of a target means.
type Basis string

// Bases of targets.
const (
	BasisFlow   Basis = "flow"   // total since 1 January of the plan's year: 新增, 建成 N
	BasisChange Basis = "change" // amount of change over the period: 提高1.5个百分点
	BasisLevel  Basis = "level"  // a state at a date: 城镇化率50%, 增长7.5%
)

// Words that tell a stock from what is added to it.
var (
	stockWords = []string{"人口", "总数", "总量", "存量", "保有量", "拥有量", "余额", "规模", "资产", "市值", "覆盖面"}
	reachWords = []string{"达到", "达", "超过", "突破", "增加到", "提高到", "扩大到", "保持在", "稳定在", "不低于", "控制在"}
	aboveWords = []string{"高于", "低于", "快于", "好于", "优于"} // a distance to others, not a change
	addWords   = []string{
		"新", "增", "建", "改", "完成", "实现", "培育", "培训", "引进", "发放", "开展", "举办", "打造", "推动", "支持", "认证",
		"造林", "治理", "整治", "压减", "淘汰", "搬迁", "脱贫", "退出", "落地", "到位", "投资", "融资", "争取", "消化", "盘活",
		"开工", "竣工", "建成", "修", "铺设", "开通", "放映", "演出", "创建", "选派", "招聘", "救助", "资助", "安置", "拆除",
		"参与", "抓好", "加快", "执行", "收储", "出让", "申报", "挂牌", "上市", "招引", "签约",
	}
)

// BasisOf returns the basis of a target: the one that supervisors set, else the one that
// its kind, unit and words suggest. A unit of 百分点 is a change, unless it
// is the distance to others; other rates, multiples
// and ceilings are levels; amounts and counts are flows unless their words name a stock
// (人口, 余额) or a state to be reached (达到) without any act that adds to it.
func BasisOf(t *Target) Basis {
	switch {
	case t.Basis != "":
		return t.Basis
	case t.Unit == "百分点" && containsAny(t.Quote, aboveWords):
		return BasisLevel
	case t.Unit == "百分点":
		return BasisChange
	case t.Kind == Reduction:
		return reductionBasis(t)
	case t.Kind == Growth, t.Kind == Share, t.Kind == Ceiling, t.Kind == Multiple:
		return BasisLevel
	case containsAny(t.Metric, stockWords) && !startsWithAny(t.Metric, addWords) && !strings.Contains(t.Metric, "新增"):
		return BasisLevel
	case t.Kind == Count && containsAny(t.Quote, reachWords) && !containsAny(t.Metric, addWords):
		return BasisLevel
	}
	return BasisFlow
}

// reductionBasis tells a rate that falls (能耗降低4.5%) from an amount that is cut.
func reductionBasis(t *Target) Basis {
	if isRate(t.Unit) {
		return BasisChange
	}
	return BasisFlow
}

// isRate reports whether a unit is that of a proportion or rate.
func isRate(unit string) bool {
	switch unit {
	case "%", "‰", "百分点", "个百分点":
		return true
	}
	return false
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

func startsWithAny(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}
