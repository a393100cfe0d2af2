package ask

import (
	"strings"

	"duban/plan"
)

// attribute is something that people ask of a thing and work reports rarely say. Where the
// sentence that was found holds none of the proofs, the report does not say it.
type attribute struct {
	name   string   // 收费
	cues   []string // any of them asks for it
	proofs []string
}

// attributes are tried in this order. A cue that ends in + asks only where something else
// than a question's end follows it.
var attributes = []attribute{
	{name: "电话或联系方式", cues: []string{"电话号码", "哪个电话", "什么电话", "啥电话", "电话是多少", "电话多少", "联系电话", "联系方式", "怎么联系", "咋联系", "如何联系", "咨询电话", "热线号码", "打什么电话", "打哪个", "几号电话", "微信号", "公众号", "号码"}},
	{name: "网址或网站", cues: []string{"网址", "什么网站", "哪个网站", "啥网站", "哪个app", "什么app", "app叫", "下载", "小程序"}},
	{name: "名单", cues: []string{"名单", "叫什么名", "叫啥名", "叫什么", "叫啥", "名字", "分别叫"}},
	{name: "取暖、用水、用电、用气的价格", cues: []string{"电费", "水费", "气费", "取暖费", "供暖费", "暖气费", "物业费", "停车费", "一度", "一方气"}, proofs: []string{"电价", "水价", "气价"}},
	{
		name:   "收费和价格",
		cues:   []string{"多少钱一", "几块钱", "几块一", "几毛", "几元", "收费", "怎么收钱", "咋收钱", "票价", "门票", "车票", "机票", "租金", "月租", "房租", "油价", "收多少钱", "收多少", "交多少", "要交多少", "缴多少", "要花多少钱", "花多少钱", "单价", "房价", "学费", "挂号费", "手续费", "一平方多少", "一平多少", "一平米多少", "一吨多少钱", "一斤多少", "一张多少", "一次多少钱", "一小时多少", "一个小时多少", "一个月多少钱", "价格", "什么价", "啥价", "贵不贵", "便宜不", "免费吗", "要钱不", "要不要钱", "花钱不"},
		proofs: []string{"收费", "票价", "价格", "免费"},
	},
	{
		name:   "补贴或发放的标准",
		cues:   []string{"补贴多少", "补助多少", "补多少", "贴多少", "每人多少钱", "每户多少钱", "每亩多少", "一人多少钱", "一户多少钱", "一亩多少钱", "一个多少钱", "赔多少", "补偿多少", "补偿标准", "补助标准", "补贴标准", "发放标准", "救助标准", "低保标准", "标准是多少钱", "每月多少钱", "每个月多少", "一个月发", "一个月给", "一年给", "每月发多少", "每月涨多少", "领多少", "发多少钱", "给多少钱", "工资多少", "发多少工资", "工资是多少", "奖励多少", "奖金多少", "贷多少", "额度"},
		proofs: []string{"每人每", "每户补", "每人补", "补助标准", "补贴标准", "元/", "每人", "每户"},
	},
	{name: "报销比例", cues: []string{"报销比例", "报销多少", "报几成", "报销几成", "能报多少", "起付线", "封顶线"}, proofs: []string{"报销比例", "报销"}},
	{name: "地址", cues: []string{"地址", "在哪条", "在哪个", "哪条街", "在哪一", "什么位置", "具体位置", "几楼", "在哪", "去哪", "到哪办", "到哪里", "到哪儿", "到哪去", "到哪领", "到哪看", "哪里能", "哪儿能", "哪能", "哪里可以", "哪儿可以", "哪里办", "哪儿办", "哪里领", "门牌", "上哪", "往哪", "跟谁报名", "找哪"}, proofs: []string{"位于", "坐落", "地址"}},
	{name: "选址", cues: []string{"建在哪", "盖在哪", "选址", "设在哪", "在哪建", "在什么地方", "建到哪", "盖到哪", "放在哪"}, proofs: []string{"位于", "选址", "坐落"}},
	{name: "行车路线", cues: []string{"几路车", "几路公交", "坐几路", "怎么走", "咋走", "如何走", "经过哪", "经过哪些", "哪些站", "设几站", "几个站", "什么站", "首末班", "首班车", "末班车", "站点", "路过哪", "途经", "走哪", "走向", "怎么坐车", "换乘"}, proofs: []string{"途经", "沿线站", "走向"}},
	{name: "天气预报", cues: []string{"天气怎么样", "天气如何", "啥天气", "什么天气", "下雨", "下雪", "气温", "多少度", "天气预报"}},
	{name: "时刻", cues: []string{"几点", "营业时间", "开门时间", "关门时间", "开放时间", "上班时间", "下班时间", "发车时间", "时刻表", "多长时间一趟", "多久一趟", "多久一班"}},
	{name: "具体日期", cues: []string{"几月几号", "几月几日", "哪一天", "哪天", "几号", "星期几", "周几", "礼拜几", "几月份", "哪个月", "什么日子"}, proofs: []string{"月底", "月份", "日前"}},
	{name: "办理手续", cues: []string{"怎么申请", "咋申请", "如何申请", "怎么报名", "咋报名", "如何报名", "什么手续", "啥手续", "哪些手续", "什么材料", "啥材料", "哪些材料", "准备什么材料", "带什么证", "带啥证", "要什么条件", "申请条件", "什么条件", "啥条件", "报名条件", "怎么办理", "如何办理", "咋办理", "流程", "怎么办卡", "咋办卡", "办卡", "怎么领", "咋领", "如何领", "怎么激活", "怎么补办", "补办", "怎么交", "咋交", "怎么缴", "怎么预约", "怎么查", "怎么登记", "挂失", "怎么充值", "符合什么", "谁能申请", "哪些人能", "什么人能", "啥人能", "够不够条件", "办下来", "报名时间", "截止时间", "有资格"}, proofs: []string{"申请", "报名", "条件", "对象"}},
	{name: "具体的人", cues: []string{"是谁", "谁当", "谁主持", "谁来主持", "谁参加", "谁出席", "谁设计", "谁出钱", "谁说的", "谁定的", "谁发起", "哪个领导", "哪位领导", "哪个局长", "哪位局长", "哪位市长", "联系人", "负责人", "局长", "书记是", "老板是", "主任是"}},
	{name: "原因", cues: []string{"为什么", "为啥", "为何", "凭什么", "凭啥", "原因", "怎么没", "咋没", "怎么还没", "咋还没"}, proofs: []string{"由于", "因为"}},
	{name: "利率", cues: []string{"利率", "利息"}, proofs: []string{"利率", "贴息", "利息"}},
	{name: "施工单位", cues: []string{"哪家公司", "哪个公司", "施工单位", "施工队", "谁承建", "谁承包", "谁施工", "谁修的", "谁建的", "谁中标", "中标单位", "中标", "哪个企业承", "哪家企业承", "承包给谁", "开发商"}, proofs: []string{"承建", "中标"}},
	{name: "比较和排名", cues: []string{"最好的", "最大的", "最小的", "最贵", "最便宜", "最多的", "最高的", "最长的", "最漂亮", "最近的", "排名", "第一名"}, proofs: []string{"排名", "位次", "位居", "最大", "最高"}},
	{name: "厂家和牌子", cues: []string{"哪个厂", "哪家厂", "什么厂", "哪家生产", "什么牌子", "哪个牌子", "啥牌子", "什么型号", "哪个品牌的"}},
	{name: "证书和待遇", cues: []string{"发证", "有证吗", "有证没", "给证", "包分配", "包吃", "包住", "管饭"}, proofs: []string{"证书", "发证"}},
	{name: "高度", cues: []string{"多高"}, proofs: []string{"总高", "层高", "高度", "米高", "海拔"}},
	{name: "面积、长度等规格", cues: []string{"占地", "全长", "总长", "多宽", "多深", "几层", "总投资", "造价", "几车道", "载客", "时速", "跑多快", "开多快"}, proofs: []string{"占地", "全长", "总长", "总投资", "投资"}},
}

// responsibility is the one attribute that may be known beside the report.
var responsibility = &attribute{name: "责任单位", cues: responsibleCues}

// responsibleCues ask which department answers for something.
var responsibleCues = []string{"哪个部门", "什么部门", "啥部门", "哪些部门", "谁负责", "由谁", "哪个局", "哪个单位", "什么单位", "归谁", "谁来管", "谁牵头", "哪家牵头", "牵头单位", "牵头部门", "责任单位", "责任部门", "责任人", "归哪", "找谁", "谁主管", "谁在管", "谁抓"}

// asksFor returns the attributes that the question asks for.
func asksFor(text string) []*attribute {
	var found []*attribute
	if asksWho(text) {
		found = append(found, responsibility)
	}
	for i := range attributes {
		if containsAny(text, attributes[i].cues) && (attributes[i].name != "高度" || !asksRate(text)) {
			found = append(found, &attributes[i])
		}
	}
	return found
}

// asksRate reports whether 多高 asks for a rate and not for a height: 覆盖率要达到多高.
func asksRate(text string) bool {
	before, _, found := strings.Cut(text, "多高")
	if !found {
		return false
	}
	before = strings.TrimRight(before, "要得能会该应是有到达提高升今年底前的目标 ")
	for _, w := range []string{"率", "比重", "占比", "比例", "涨幅", "增幅", "增速", "标准", "收入", "水平", "增长", "gdp", "产值", "总值", "投资", "程度"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// says reports whether a sentence says the attribute.
func (a *attribute) says(sentence string) bool { return containsAny(sentence, a.proofs) }

// numbersIn reports whether a sentence of the report holds a number of the dimension.
func numbersIn(sentence string, d dimension) bool {
	text := []rune(sentence)
	for i := 1; i < len(text); i++ {
		if !isDigit(text[i-1]) && !strings.ContainsRune("万亿千百十一二两三四五六七八九几ⅠⅡⅢⅣⅤⅥVI", text[i-1]) {
			continue
		}
		if text[i] == '%' || text[i] == '％' {
			if d == percent {
				return true
			}
			continue
		}
		rest := string(text[i:min(i+6, len(text))])
		for _, u := range unitDimensions {
			if strings.HasPrefix(rest, u.unit) {
				if u.dim == d {
					return true
				}
				break
			}
		}
	}
	return false
}

// enumerates reports whether the report names the things that a target counts: names in
// front of the number (甲、乙等10个).
func enumerates(sentence string, t *plan.Target) bool {
	before, _, found := strings.Cut(sentence, t.ValueText)
	if !found {
		return false
	}
	if i := strings.LastIndexAny(before, "，。；;,"); i >= 0 {
		before = before[i:]
	}
	return strings.Contains(before, "、") || strings.HasSuffix(before, "等") || strings.Contains(before, "和")
}
