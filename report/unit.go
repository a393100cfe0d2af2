package report

import (
	"strings"
	"unicode/utf8"
)

// unitKind sorts units by what they measure.
type unitKind uint8

const (
	noUnit     unitKind = iota
	things              // classifiers: 家, 个, 座
	people              // 人, 名, 人次, 户
	physical            // 公里, 亩, 吨: may be a property of something else
	money               // 元
	proportion          // %, ‰
	points              // 百分点
	times               // 倍
	duration            // years, hours: a quantity only of what lasts so long
	lapse               // dates, ordinals: no quantity that anybody promises
)

// units of the trade, in any order: readUnit takes the longest that fits. 天 is a quantity only of days of good air, which metricOf checks.
var units = []struct {
	name string
	kind unitKind
}{
	{"个百分点", points},
	{"百分点", points},
	{"%", proportion},
	{"‰", proportion},
	{"人次", people},
	{"人天", people},
	{"人", people},
	{"名", people},
	{"户", people},
	{"位", people},
	{"架次", people},
	{"元", money},
	{"美元", money},
	{"欧元", money},
	{"港元", money},
	{"日元", money},
	{"人民币", money},
	{"平方公里", physical},
	{"平方千米", physical},
	{"平方米", physical},
	{"平米", physical},
	{"立方米", physical},
	{"公里", physical},
	{"千米", physical},
	{"海里", physical},
	{"米", physical},
	{"亩", physical},
	{"公顷", physical},
	{"吨标准煤", physical},
	{"标准箱", physical},
	{"吨", physical},
	{"公斤", physical},
	{"千克", physical},
	{"斤", physical},
	{"微克", physical},
	{"毫克", physical},
	{"克", physical},
	{"千瓦时", physical},
	{"千瓦", physical},
	{"兆瓦", physical},
	{"千伏安", physical},
	{"度电", physical},
	{"度", physical},
	{"方", physical},
	{"升", physical},
	{"平方", physical},
	{"天", physical},
	{"km", physical},
	{"MW", physical},
	{"GW", physical},
	{"kW", physical},
	{"kV", physical},
	{"P", physical},
	{"PFlops", physical},
	{"EFlops", physical},
	{"PFLOPS", physical},
	{"EFLOPS", physical},
	{"Pflops", physical},
	{"Eflops", physical},
	{"TEU", physical},
	{"标箱", physical},
	{"列", things},
	{"家", things},
	{"个", things},
	{"张", things},
	{"套", things},
	{"座", things},
	{"条", things},
	{"所", things},
	{"处", things},
	{"场次", things},
	{"场", things},
	{"件", things},
	{"项", things},
	{"辆", things},
	{"台", things},
	{"标台", things},
	{"栋", things},
	{"幢", things},
	{"间", things},
	{"支", things},
	{"块", things},
	{"片", things},
	{"对", things},
	{"份", things},
	{"只", things},
	{"头", things},
	{"株", things},
	{"棵", things},
	{"枚", things},
	{"门", things},
	{"种", things},
	{"类", things},
	{"席", things},
	{"节", things},
	{"艘", things},
	{"架", things},
	{"部", things},
	{"本", things},
	{"册", things},
	{"篇", things},
	{"首", things},
	{"幅", things},
	{"眼", things},
	{"口", things},
	{"孔", things},
	{"盏", things},
	{"道", things},
	{"根", things},
	{"具", things},
	{"宗", things},
	{"笔", things},
	{"站", things},
	{"批次", things},
	{"批", things},
	{"例", things},
	{"次", things},
	{"期", lapse},
	{"床", things},
	{"桩", things},
	{"泊位", things},
	{"班", things},
	{"堂", things},
	{"台套", things},
	{"组", things},
	{"尾", things},
	{"羽", things},
	{"镇", things},
	{"乡镇", things},
	{"村", things},
	{"县", things},
	{"校", things},
	{"企业", things},
	{"倍", times},
	{"年", duration},
	{"月", lapse},
	{"日", lapse},
	{"号", lapse},
	{"岁", duration},
	{"周岁", lapse},
	{"小时", duration},
	{"分钟", duration},
	{"工作日", duration},
	{"个工作日", duration},
	{"个月", duration},
	{"个小时", duration},
	{"届", lapse},
	{"级", lapse},
	{"强", lapse},
	{"星", lapse},
	{"时", lapse},
	{"秒", lapse},
	{"世纪", lapse},
	{"周年", lapse},
	{"轮", lapse},
	{"线", lapse},
	{"型", lapse},
	{"代", lapse},
	{"学年", lapse},
}

// unitsByFirst finds the candidates by their first character.
var unitsByFirst = func() map[rune][]int {
	m := map[rune][]int{}
	for i, u := range units {
		r, _ := utf8.DecodeRuneInString(u.name)
		m[r] = append(m[r], i)
	}
	return m
}()

// readUnit returns the longest unit that s starts with.
func readUnit(s string) (name string, kind unitKind) {
	r, _ := utf8.DecodeRuneInString(s)
	for _, i := range unitsByFirst[r] {
		if u := units[i]; len(u.name) > len(name) && strings.HasPrefix(s, u.name) {
			name, kind = u.name, u.kind
		}
	}
	return name, kind
}

// timesUnit returns 次 where it makes a unit of how often: 班次, 家次, 亩次.
func timesUnit(s string, kind unitKind) string {
	if kind != things && kind != people && kind != physical || !strings.HasPrefix(s, "次") {
		return ""
	}
	return "次"
}

// perUnit returns the rest of 元/人, 微克/立方米 at the start of s: the slash and a word.
func perUnit(s string) string {
	if !strings.HasPrefix(s, "/") {
		return ""
	}
	name, _ := readUnit(s[1:])
	if name == "" {
		name = prefixOf(s[1:], []string{"万人", "千人", "百人", "天", "平方公里"})
	}
	if name == "" {
		return ""
	}
	return "/" + name
}

// unitName is what stands in the unit field: what is left when 万 and 亿 are multiplied out.
func unitName(name string) string {
	switch name {
	case "个百分点", "个工作日", "个小时", "个月":
		return strings.TrimPrefix(name, "个")
	}
	return name
}
