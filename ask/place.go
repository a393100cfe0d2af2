package ask

import (
	"strings"
	"unicode/utf8"
)

// ranksOfPlace end the name of a place that has a government.
var ranksOfPlace = []string{"自治区", "自治州", "自治县", "开发区", "新区", "省", "市", "县", "区", "旗", "州", "盟", "镇", "乡"}

// peoples stand in the names of autonomous places, and nobody says them: 广西壮族自治区.
var peoples = []string{
	"各族", "壮族", "回族", "维吾尔族", "维吾尔", "藏族", "羌族", "彝族", "苗族", "侗族", "瑶族", "土家族", "布依族", "白族", "傣族", "景颇族", "傈僳族", "哈尼族",
	"朝鲜族", "蒙古族", "蒙古", "哈萨克族", "哈萨克", "柯尔克孜", "满族", "黎族", "畲族", "仫佬族", "毛南族", "水族", "仡佬族", "拉祜族", "佤族", "纳西族",
	"独龙族", "怒族", "普米族", "布朗族", "土族", "撒拉族", "东乡族", "保安族", "裕固族", "塔吉克", "锡伯", "达斡尔族", "鄂伦春", "鄂温克族",
}

// bareName cuts the rank off a place: 聊城市 → 聊城, 广西壮族自治区 → 广西; short names stay
// whole.
func bareName(place string) string {
	for _, rank := range ranksOfPlace {
		bare, ok := strings.CutSuffix(place, rank)
		if !ok || utf8.RuneCountInString(bare) < 2 {
			continue
		}
		if strings.HasPrefix(rank, "自治") {
			bare = withoutPeoples(bare)
		}
		return bare
	}
	return place
}

// withoutPeoples cuts the names of peoples off the end: 恩施土家族苗族 → 恩施.
func withoutPeoples(name string) string {
	for i := 0; i < len(peoples); i++ {
		if short, ok := strings.CutSuffix(name, peoples[i]); ok && utf8.RuneCountInString(short) >= 2 {
			name, i = short, -1
		}
	}
	return name
}

// readPlace finds the place that a question is about. The plan's own is taken out of the
// rest; one that the report never mentions makes the question foreign.
func (e *Engine) readPlace(q *question) {
	q.dropHome(e.home)
	name, ranked := e.knownPlace(q.rest)
	if name != "" && name != e.home && (ranked && !e.index.says(name+"市") || !e.index.says(name) || leads(q.rest, name)) {
		q.subject, q.foreign, q.ranked = name, true, ranked && !e.index.says(name+"市")
		return
	}
	if name := e.county(q.rest); name != "" {
		q.subject, q.foreign = name, !e.index.says(name)
	}
}

// dropHome takes the plan's own place out of the question.
func (q *question) dropHome(home string) {
	if home == "" {
		return
	}
	for _, rank := range []string{"全市", "市里", "市", "县", "区", ""} {
		if strings.Contains(q.rest, home+rank) {
			q.rest = strings.Replace(q.rest, home+rank, cutMark, 1)
			return
		}
	}
}

// knownPlace returns the province or prefecture named in text and whether its rank
// follows. Characters that the report joins to the one before are no name (河长制).
func (e *Engine) knownPlace(text string) (name string, ranked bool) {
	runes := []rune(text)
	for i := range runes {
		for _, n := range []int{5, 4, 3, 2} {
			if i+n > len(runes) {
				continue
			}
			word := string(runes[i : i+n])
			bare, known := words().places[word]
			if !known {
				continue
			}
			if i > 0 && isHan(runes[i-1]) && e.reportKnows(runes[i-1], runes[i]) {
				continue
			}
			rest := string(runes[i+n:])
			rank := strings.HasPrefix(rest, "市") || strings.HasPrefix(rest, "省") || strings.HasPrefix(rest, "自治")
			if rank || bare {
				return word, rank
			}
		}
	}
	return "", false
}

// leads reports whether the place opens the question as the one who acts: 菏泽今年要.
func leads(text, name string) bool {
	rest, ok := strings.CutPrefix(strings.TrimSpace(text), name)
	return ok && (strings.HasPrefix(rest, cutMark) || strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, "今年") || strings.HasPrefix(rest, "的") || strings.HasPrefix(rest, "要"))
}

// county returns the name in front of 县, 区 or 旗 that looks like a place: the report knows
// it, or nothing in the report ends so.
func (e *Engine) county(text string) string {
	runes := []rune(text)
	for i, r := range runes {
		if r != '县' && r != '区' && r != '旗' || i < 1 {
			continue
		}
		if name := e.shortCounty(runes, i); name != "" {
			return name
		}
		for n := 3; n >= 2; n-- {
			if i < n || !allHan(runes[i-n:i]) || strings.ContainsAny(string(runes[i-n:i]), notInNames) {
				continue
			}
			name := string(runes[i-n : i])
			if n == 3 && e.index.says(name) && !e.reportKnows(runes[i-1], r) {
				return name
			}
			if n == 2 && r == '县' && (e.index.says(name+"县") || !e.reportKnows(runes[i-1], r)) && opens(runes, i-n) {
				return name
			}
		}
	}
	return ""
}

// notInNames never stand in the name of a county.
const notInNames = "哪些各全市个本每两几这那啥么多少的了在是有"

// shortCounty returns 莘县 where the name has one character before its rank.
func (e *Engine) shortCounty(runes []rune, i int) string {
	name := string(runes[i-1 : i+1])
	if runes[i] != '县' || strings.ContainsRune(notInNames, runes[i-1]) || !opens(runes, i-1) || !e.index.says(name) {
		return ""
	}
	return name
}

// opens reports whether a name can begin at i: at the start, after a break or after a word
// that stands in front of names.
func opens(runes []rune, i int) bool {
	return i <= firstHan(runes) || !isHan(runes[i-1]) || strings.ContainsRune("俺咱我你们在是的和跟与到说问及听给让对把向为从将", runes[i-1])
}

func allHan(runes []rune) bool {
	for _, r := range runes {
		if !isHan(r) {
			return false
		}
	}
	return true
}

func firstHan(runes []rune) int {
	for i, r := range runes {
		if isHan(r) {
			return i
		}
	}
	return 0
}
