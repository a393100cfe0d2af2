package ask

import "strings"

// dimension groups units that can stand for one another in a question.
type dimension int

const (
	anyDimension dimension = iota
	counting
	length
	area
	mass
	money
	percent
	multiple
)

// unitDimensions lists the units that people name in a question. Longer ones first, so
// that 平方公里 is not read as 公里.
var unitDimensions = [...]struct {
	unit string
	dim  dimension
}{
	{"个百分点", percent},
	{"个亿", money},
	{"平方公里", area},
	{"平方千米", area},
	{"百分点", percent},
	{"平方米", area},
	{"人次", counting},
	{"个点", percent},
	{"公里", length},
	{"千米", length},
	{"公顷", area},
	{"里路", length},
	{"面积", area},
	{"亿元", money},
	{"万元", money},
	{"块钱", money},
	{"资金", money},
	{"投资", money},
	{"钱", money},
	{"元", money},
	{"亿", money},
	{"亩", area},
	{"米", length},
	{"吨", mass},
	{"斤", mass},
	{"番", multiple},
	{"倍", multiple},
	{"成", percent},
	{"点", percent},
	{"个", counting},
	{"家", counting},
	{"处", counting},
	{"所", counting},
	{"座", counting},
	{"件", counting},
	{"项", counting},
	{"条", counting},
	{"张", counting},
	{"辆", counting},
	{"台", counting},
	{"场", counting},
	{"套", counting},
	{"户", counting},
	{"人", counting},
	{"名", counting},
	{"位", counting},
	{"次", counting},
	{"届", counting},
	{"种", counting},
	{"类", counting},
	{"间", counting},
	{"栋", counting},
	{"片", counting},
	{"口", counting},
	{"班", counting},
	{"株", counting},
	{"棵", counting},
	{"天", counting},
	{"对", counting},
	{"支", counting},
}

// measureWords name what a number measures.
var measureWords = map[string]dimension{
	"面积": area, "里程": length, "长度": length, "金额": money, "资金": money, "投资": money, "额度": money,
	"人数": counting, "数量": counting, "个数": counting, "户数": counting, "场次": counting, "比例": percent, "占比": percent, "比重": percent, "增速": percent,
}

// dimensionOf returns the dimension of a target's unit.
func dimensionOf(unit string) dimension {
	switch unit {
	case "%", "百分点", "个百分点":
		return percent
	case "倍", "番":
		return multiple
	}
	for _, u := range unitDimensions {
		if strings.HasSuffix(unit, u.unit) {
			return u.dim
		}
	}
	return counting
}

// Cue words. Each list is scanned in the normalised question.
var (
	lastYearCues = []string{"去年", "上年", "上一年", "前一年", "上年度", "去年度"}
	thisYearCues = []string{"今年", "本年", "年内", "这一年", "今年度"}
	horizonCues  = []string{
		"五年后", "今后五年", "未来五年", "五年内", "五年里", "五年间", "五年目标", "往后五年", "下一个五年", "接下来五年",
		"这五年", "后五年", "五年规划", "五年", "5年后", "今后5年", "未来5年", "5年内", "今后几年", "未来几年", "本届政府", "中长期", "长远",
	}
	yearsPastCues = []string{
		"这五年来", "五年来", "过去五年", "过去的五年", "前五年", "近五年", "最近五年", "上一个五年", "上个五年", "这几年来", "几年来", "过去几年", "近几年", "上届政府", "5年来", "过去5年", "近5年",
	}
	compareCues  = []string{"跟去年比", "和去年比", "与去年比", "比去年", "同去年", "较去年", "比上年", "较上年", "相比", "对比", "多了还是少了"}
	quantityCues = []string{"多少", "几", "多大", "多长", "多高", "百分之", "翻番", "指标值", "目标值", "数量", "目标是", "达到什么", "够不够", "够吗"}
	percentCues  = []string{
		"百分之", "几成", "几个点", "百分点", "增长多少", "涨多少", "增速", "涨幅", "增幅", "占比", "比例", "比重", "增长率", "率要", "率达", "率是", "率今年", "率到", "增长几", "涨几", "提高几个", "增长目标", "率目标", "占多少", "增多少", "几个百分",
	}
	listCues = []string{
		"哪些", "有哪几", "哪几", "几条", "几方面", "几个方面", "几项", "几件", "几大", "几个力", "分几", "分成几", "都有啥", "都有什么", "有什么",
		"有啥", "列一下", "列出", "列举", "清单", "汇总", "罗列", "一览", "要干什么", "干哪些", "做些什么", "做些啥", "干些什么", "干些啥", "干啥", "都干什么", "都包括", "包括什么",
		"哪几处", "哪些事", "都是哪", "是哪几", "哪十", "哪六", "哪五", "哪四", "哪三", "几处", "讲了什么", "讲的什么", "讲了啥", "主要内容", "总共有几", "几招", "几步", "几个方向", "哪几手", "几条路", "条路", "都是啥", "都是什么", "安排了啥", "安排了什么", "怎么分", "哪几块", "几块", "干的活", "要干的", "啥事", "什么事", "干什么", "做什么", "干点啥", "干点什么", "忙啥", "忙什么", "抓啥", "抓什么",
	}
	looseListCues   = []string{"分别是", "各是啥", "各是什么", "任务", "安排", "打算", "提到", "好处", "说说", "动静", "动作", "全部", "所有"} // unless a number is asked for
	namesCues       = []string{"哪些", "哪几", "都有谁", "是哪个", "是哪家", "是哪所", "是哪条", "是哪座"}
	numericListCues = []string{"硬指标", "数字目标", "量化指标", "量化目标", "量化", "具体指标", "具体数字", "数字", "指标", "硬任务", "硬数字", "数据目标", "数值"}
	summedNouns     = []string{"工程", "举措", "行动", "任务", "战略", "措施", "方面", "板块", "重点", "计划", "工作"}
	askingCues      = []string{"什么", "啥", "吗", "不", "没", "谁", "怎", "咋", "如何", "哪", "能", "会", "要", "多", "呢", "为何"}
	scopeCues       = []string{"全国", "我国", "中国", "全省", "我省", "省里"}
)

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}
