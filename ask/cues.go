package ask

import (
	"strings"

	"duban/plan"
)

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
	compareCues  = []string{"跟去年比", "和去年比", "与去年比", "比去年", "同去年", "较去年", "比上年", "较上年", "相比", "对比", "多了还是少了"}
	quantityCues = []string{"多少", "几", "多大", "多长", "百分之", "翻番", "指标值", "目标值", "数量", "目标是", "达到什么"}
	percentCues  = []string{
		"百分之", "几成", "几个点", "百分点", "增长多少", "涨多少", "增速", "涨幅", "增幅", "占比", "比例", "比重", "增长率", "率要", "率达", "率是", "率今年", "率到", "增长几", "涨几", "提高几个", "增长目标", "率目标", "占多少", "增多少", "几个百分",
	}
	listCues = []string{
		"哪些", "有哪几", "哪几", "几条", "几方面", "几个方面", "几项", "几件", "几大", "几个力", "分几", "分成几", "都有啥", "都有什么", "有什么",
		"有啥", "列一下", "列出", "列举", "清单", "汇总", "罗列", "一览", "要干什么", "干哪些", "做些什么", "做些啥", "干些什么", "干些啥", "干啥", "都干什么", "都包括", "包括什么",
		"哪几处", "哪些事", "几处", "讲了什么", "讲的什么", "讲了啥", "主要内容", "总共有几", "全部", "所有", "几招", "几步", "几个方向", "哪几手", "任务", "安排", "打算", "几条路", "提到",
	}
	numericListCues = []string{"硬指标", "数字目标", "量化指标", "量化目标", "量化", "具体指标", "具体数字", "数字", "指标", "硬任务", "硬数字", "数据目标", "数值"}
	greetingCues    = []string{"你好", "您好", "谢谢", "多谢", "辛苦了", "再见", "在吗", "hello", "hi", "早上好", "晚上好", "你是谁", "你能做什么", "你会什么", "怎么用", "帮助", "help"}
)

// attribute is something that people ask of a thing and work reports rarely say. Where the
// sentence that was found holds none of the proofs, the report does not say it.
type attribute struct {
	name   string // 收费
	cues   []string
	proofs []string
	money  bool // a target in 元 proves it too
}

var attributes = []attribute{
	{name: "电话或联系方式", cues: []string{"电话号码", "哪个电话", "什么电话", "电话是多少", "电话多少", "联系电话", "联系方式", "怎么联系", "咋联系", "咨询电话", "热线号码", "打什么电话", "几号电话", "微信号", "公众号"}},
	{name: "网址或网站", cues: []string{"网址", "什么网站", "哪个网站", "哪个app", "什么app", "下载"}},
	{
		name: "收费和价格", money: false,
		cues:   []string{"多少钱一", "几块钱", "几毛", "几元", "收费", "怎么收钱", "票价", "门票", "租金", "月租", "油价", "多少钱一张", "收多少钱", "交多少钱", "要交多少", "缴多少", "交多少", "要花多少钱", "单价", "房价", "电费", "水费", "学费", "气费", "取暖费", "一平方多少", "一平多少", "一吨多少钱", "一度"},
		proofs: []string{"收费", "票价", "电价", "水价", "气价"},
	},
	{
		name:   "补贴或发放的标准",
		cues:   []string{"补贴多少", "补助多少", "补多少钱", "每人多少钱", "每户多少钱", "一人多少钱", "一户多少钱", "赔多少", "补偿多少", "补偿标准", "补助标准", "补贴标准", "每月多少钱", "每个月多少", "一个月多少", "每月发多少", "每月涨多少", "工资多少", "发多少工资", "奖励多少", "一次性给多少"},
		proofs: []string{"每人每", "每户补", "每人补", "补助标准", "补贴标准", "元/", "每人"},
	},
	{name: "地址", cues: []string{"地址", "在哪条路", "在哪个位置", "什么位置", "具体位置", "几楼", "在哪办", "在哪里办", "去哪办", "去哪里办", "到哪办", "到哪里办", "在哪儿办", "在哪报名", "去哪报名", "在哪领", "去哪领", "门牌"}, proofs: []string{"位于", "坐落", "地址"}},
	{name: "选址", cues: []string{"建在哪", "盖在哪", "选址", "设在哪", "在哪建", "在什么地方建", "建到哪", "盖到哪"}, proofs: []string{"位于", "选址", "坐落"}},
	{name: "行车路线", cues: []string{"几路车", "几路公交", "坐几路", "怎么走", "咋走", "经过哪", "哪些站", "首末班", "首班车", "末班车", "站点有哪些", "路过哪", "途经"}, proofs: []string{"途经", "沿线站"}},
	{name: "天气预报", cues: []string{"天气怎么样", "天气如何", "下雨", "下雪", "气温", "多少度", "天气预报"}},
	{name: "时刻", cues: []string{"几点", "营业时间", "开门时间", "开放时间", "上班时间", "几点钟", "发车时间"}},
	{name: "具体日期", cues: []string{"几月几号", "几月几日", "哪一天", "哪天", "几号", "星期几", "周几"}, proofs: []string{"月", "日前"}},
	{name: "办理手续", cues: []string{"怎么申请", "咋申请", "如何申请", "怎么报名", "咋报名", "如何报名", "什么手续", "哪些手续", "什么材料", "哪些材料", "带什么证", "要什么条件", "申请条件", "什么条件", "报名条件", "怎么办理", "如何办理", "咋办理", "流程"}, proofs: []string{"申请", "报名", "条件"}},
	{name: "具体的人", cues: []string{"局长是谁", "是谁", "谁当", "叫什么名字", "名字叫", "哪个领导", "联系人", "负责人"}},
	{name: "责任单位", cues: []string{"哪个部门", "什么部门", "谁负责", "哪个局", "哪个单位", "归谁管", "谁来管", "谁牵头", "牵头单位", "责任单位", "归哪", "找谁"}, proofs: []string{"责任单位", "牵头单位", "主办单位"}},
	{name: "原因", cues: []string{"为什么没", "为啥没"}, proofs: []string{"由于", "因为"}},
	{name: "利率", cues: []string{"利率", "利息"}, proofs: []string{"利率", "贴息", "利息"}},
	{name: "施工单位", cues: []string{"哪家公司", "哪个公司", "施工单位", "谁承建", "谁中标", "中标单位", "哪个企业承"}, proofs: []string{"承建", "中标"}},
}

// asksFor returns the attribute that the question asks for, or nil.
func asksFor(text string) *attribute {
	for i := range attributes {
		if containsAny(text, attributes[i].cues) {
			return &attributes[i]
		}
	}
	return nil
}

// says reports whether a sentence and its target say the attribute.
func (a *attribute) says(sentence string, c *plan.Commitment) bool {
	if a.name == "责任单位" && c != nil && len(c.Departments) > 0 {
		return true
	}
	return containsAny(sentence, a.proofs)
}

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}
