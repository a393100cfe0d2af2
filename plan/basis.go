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

// Words that tell a stock from what is added to it. A Chinese noun phrase names the thing
// itself last, so endings decide before what stands in front of them.
var (
	plainWords = []string{"规模以上", "高新", "创新", "新型", "新能源", "新兴", "新材料", "新三板", "建制", "改制"} // no acts, though they hold such characters
	addedWords = []string{"新增", "净增", "新建", "新开工", "新认定", "新引进", "新改建", "新扩建"}
	stockWords = []string{"人口", "总数", "总量", "存量", "保有量", "拥有量", "注册量", "余额", "资产", "资产总额", "市值", "里程"}
	stockEnds  = []string{"规模", "覆盖面", "总户数"}
	flowEnds   = []string{
		"收入", "营收", "产值", "增加值", "生产总值", "GDP", "税收", "利税", "利润", "产量", "总产", "发电量", "吞吐量", "客流量", "接待人数",
		"接待游客", "人次", "销售额", "零售额", "零售总额", "交易额", "成交额", "进出口", "进出口额", "进出口总额", "出口额", "外资", "资金", "投资", "投入", "支出",
		"天数", "场次",
	}
	standardEnds  = []string{"标准", "水平", "价格", "工资", "成本", "限额"}
	eachWords     = []string{"人均", "每人", "每生", "每户", "每月", "每万人", "每千人", "平均"}
	reachWords    = []string{"达到", "达", "超过", "超", "突破", "增加到", "提高到", "提升到", "扩大到", "增至", "升至", "保持在", "稳定在", "不低于", "不少于", "控制在"}
	downWords     = []string{"降到", "降至", "下降到", "下降至", "降低到", "降低至", "减少到", "减少至", "减到", "减至", "压减到", "压减至", "压缩到", "回落到"}
	distanceWords = []string{"高于", "低于", "快于", "好于", "优于", "高出"} // to others, no change
	finishWords   = []string{"完成", "开工", "竣工", "完工", "交付", "拨付", "支付", "整改", "销号", "办结"}
	ratioEnds     = []string{"率", "比", "比例", "比重", "占比", "面", "份额"}
	actWords      = []string{
		"新", "增", "建", "改", "完成", "实现", "培", "引进", "引育", "发放", "开", "举办", "打造", "推", "支持", "扶持", "认证", "造", "治理",
		"整", "压", "淘汰", "搬迁", "脱贫", "减贫", "退出", "落地", "到位", "融资", "争", "消化", "化解", "处置", "盘活", "竣工", "修", "铺设",
		"放映", "演出", "创", "选", "招", "救助", "资助", "安置", "拆", "参与", "抓", "加", "执行", "收储", "出让", "申报", "签约", "转移",
		"解决", "启动", "实施", "组织", "提供", "发展", "筹", "投放", "投用", "安装", "清理", "恢复", "确保", "吸引", "市民化", "申请", "输送",
	}
)

// BasisOf returns the basis of a target: the one that supervisors set, else the one that
// its kind, unit and words suggest. A unit of 百分点 is a change, unless it is the distance
// to others; other rates, multiples, ceilings and standards (每人 N 元) are levels, but the
// share of a work that is finished is a flow; amounts and counts are flows, unless their
// words name a stock (人口, 余额) or a state that is reached (企业达到 500 家).
func BasisOf(t *Target) Basis {
	switch {
	case t.Basis != "":
		return t.Basis
	case t.Unit == "百分点" || t.Unit == "个百分点":
		return pointsBasis(t)
	case t.Op == AtMost, t.Kind == Ceiling, t.Kind == Growth, t.Kind == Multiple:
		return BasisLevel
	case t.Kind == Reduction:
		return reductionBasis(t)
	case t.Kind == Share:
		return shareBasis(t)
	case t.Kind == Amount:
		return amountBasis(t)
	}
	return countBasis(t)
}

func pointsBasis(t *Target) Basis {
	if containsAny(t.lead(), distanceWords) || containsAny(t.Metric, distanceWords) {
		return BasisLevel
	}
	return BasisChange
}

// reductionBasis tells a rate that falls (能耗降低4.5%) from an amount that is cut, and both
// from what it is to fall to.
func reductionBasis(t *Target) Basis {
	switch {
	case containsAny(t.lead(), downWords):
		return BasisLevel
	case isRate(t.Unit):
		return BasisChange
	}
	return BasisFlow
}

// shareBasis tells the finished share of a work, which grows from nothing (投资完成100%),
// from a rate.
func shareBasis(t *Target) Basis {
	metric := plain(t.Metric)
	if !endsWithAny(metric, ratioEnds) && (startsWithAny(metric, finishWords) || endsWithAny(metric, finishWords)) {
		return BasisFlow
	}
	return BasisLevel
}

// amountBasis: money is a total of the year, unless it is a stock or the standard of one
// person or thing.
func amountBasis(t *Target) Basis {
	metric := plain(t.Metric)
	switch {
	case strings.Contains(t.Unit, "/"):
		return BasisLevel
	case containsAny(metric, addedWords), endsWithAny(metric, flowEnds):
		return BasisFlow
	case endsWithAny(metric, standardEnds), containsAny(metric, eachWords):
		return BasisLevel
	}
	return stockBasis(metric)
}

// countBasis: things are counted as they are added, unless their words name a stock or the
// number of a state that is reached without any act.
func countBasis(t *Target) Basis {
	metric := plain(t.Metric)
	switch {
	case containsAny(metric, addedWords):
		return BasisFlow
	case strings.Contains(t.Unit, "/"), containsAny(metric, eachWords) && endsWithAny(t.lead(), reachWords):
		return BasisLevel
	case t.Unit == "人次", t.Unit == "天", endsWithAny(metric, flowEnds), startsWithAny(metric, actWords), endsWithAny(metric, actWords):
		return BasisFlow
	case endsWithAny(t.lead(), reachWords):
		return BasisLevel
	}
	return stockBasis(metric)
}

func stockBasis(metric string) Basis {
	act := startsWithAny(metric, actWords) || endsWithAny(metric, actWords)
	if !act && (containsAny(metric, stockWords) || endsWithAny(metric, stockEnds)) {
		return BasisLevel
	}
	return BasisFlow
}

// plain takes words out of a metric that look like acts and are none.
func plain(metric string) string {
	for _, w := range plainWords {
		metric = strings.ReplaceAll(metric, w, "")
	}
	return metric
}

// lead returns what stands before the number in its clause.
func (t *Target) lead() string {
	read := t.ReadAs()
	i := strings.Index(t.Quote, read)
	if read == "" || i < 0 {
		return ""
	}
	before := t.Quote[:i]
	if cut := strings.LastIndexAny(before, "，。；：,;"); cut >= 0 {
		before = before[cut:]
	}
	return strings.TrimLeft(before, "，。；：,;")
}

// isRate reports whether a unit is that of a proportion or rate.
func isRate(unit string) bool {
	switch unit {
	case "%", "％", "‰", "百分点", "个百分点":
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

func endsWithAny(s string, words []string) bool {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}
