package ask

import (
	"strings"
	"unicode/utf8"
)

// ranksOfPlace end the name of a place that has a government.
var ranksOfPlace = []string{"自治区", "自治州", "自治县", "开发区", "新区", "省", "市", "县", "区", "旗", "州", "盟", "镇", "乡"}

// bareName cuts the rank off a place: 聊城市 → 聊城; short names stay whole.
func bareName(place string) string {
	for _, rank := range ranksOfPlace {
		if bare, ok := strings.CutSuffix(place, rank); ok && utf8.RuneCountInString(bare) >= 2 {
			return bare
		}
	}
	return place
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
