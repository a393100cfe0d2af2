package commands

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// clause is a piece of a message between punctuation.
type clause struct {
	text  string
	aside bool // stood in brackets
}

var (
	leadWords = []string{
		"填报", "上报", "报一下", "报送", "报告", "汇报", "更新", "更正", "补报", "各位领导", "领导", "各位", "你好", "您好", "大家好", "早上好", "下午好",
		"我局", "我委", "我办", "我单位", "本单位", "本局", "我们局", "我们", "报", "数据", "情况",
	}
	senderPattern = regexp.MustCompile(`^\p{Han}{2,8}(局|委|办|中心|处|科|厅)\s*[:：]`)
	fractionOf    = regexp.MustCompile(`(\d[\d,.]*(?:万|亿)?)\s*/\s*(\d[\d,.]*)(?:万|亿)?`)
	spacedScale   = regexp.MustCompile(`(\d)\s+([万亿千百]|个|%)`)
	shortName     = regexp.MustCompile(`(\d[万亿]?)\s+([^年月日号时点第到至和与\s\d])(\d)`) // 学位6.8万 班1432
	tenThousand   = regexp.MustCompile(`(\d)\s*[wW](\P{Latin}|$)`)
	shortNumeral  = regexp.MustCompile(`(^|[^一二三四五六七八九十百千万亿])([一二两三四五六七八九])([万千百])([一二三四五六七八九])([^一二三四五六七八九十百千万亿点分成]|$)`)  // 三万五
	fromPattern   = regexp.MustCompile(`[由从]\s*[\d.,]+[万亿]?[^\d，,;；。]{0,6}?(?:增加|提高|上升|增长|提升|扩大|增|升|下降|减少|降低|降)(?:到|至|为)`) // 由700公里增加到
	sumPattern    = regexp.MustCompile(`\d[^\s，,;；。\d]{0,3}\+\s*\d`)
	plusPattern   = regexp.MustCompile(`\+\s*(\d)`)
	ordinalIs     = regexp.MustCompile(`[一二三四五六七八九十]是|[①②③④⑤⑥⑦⑧⑨⑩]`)
	framing       = strings.NewReplacer("，", ";", "【", " ", "】", " ", "「", " ", "」", " ", "『", " ", "』", " ", "[", " ", "]", " ", "“", "", "”", "", "\"", "",
		"#", " ", "@", " ", "→", " ", "=", " ", "——", " ", "—", "-", "…", " ", "~", " ", "～", "~", "*", " ", "\n", ";", "\t", " ")
)

// polish takes away how a message is dressed: greetings, the sender's name, brackets,
// numbering, the target behind a slash.
func (r lineReader) polish(text string) string {
	text = ordinalIs.ReplaceAllString(text, ";") // before width, which unfolds ①
	text = width.Fold.String(framing.Replace(text))
	text = framing.Replace(text)
	text = dropNumbering(strings.Trim(text, " ;"))
	text = fractionOf.ReplaceAllStringFunc(text, withoutWhole)
	text = spacedScale.ReplaceAllString(text, "$1$2")
	text = fromPattern.ReplaceAllString(text, " ")
	text = shortName.ReplaceAllString(text, "$1;$2$3")
	text = tenThousand.ReplaceAllString(text, "${1}万$2")
	text = shortNumeral.ReplaceAllStringFunc(text, wholeNumeral)
	text = plusPattern.ReplaceAllString(text, " 再增加$1")
	if r.department != "" {
		text = strings.ReplaceAll(text, r.department, " ")
	}
	return strings.TrimSpace(senderPattern.ReplaceAllString(withoutLead(text), ""))
}

// handDigits are the numerals that people speak short: 三万五, 两千三.
const handDigits = "零一二三四五六七八九"

// wholeNumeral writes 三万五 as 35000: a last digit alone counts the next lower place.
func wholeNumeral(spoken string) string {
	m := shortNumeral.FindStringSubmatch(spoken)
	digit := func(s string) int { return strings.Index(handDigits, strings.Replace(s, "两", "二", 1)) / len("零") }
	lower := map[string]int{"万": 1000, "千": 100, "百": 10}[m[3]]
	return m[1] + strconv.Itoa((10*digit(m[2])+digit(m[4]))*lower) + m[5]
}

// withoutLead takes greetings and words of reporting from the beginning.
func withoutLead(text string) string {
	for {
		before := text
		for _, w := range leadWords {
			if rest, ok := strings.CutPrefix(text, w); ok {
				text = strings.TrimLeft(rest, " :;,、.!")
			}
		}
		if text == before {
			return text
		}
	}
}

// withoutWhole makes 824 of 824/2500; dates such as 7/28 and shares such as 1/3 stay.
func withoutWhole(fraction string) string {
	m := fractionOf.FindStringSubmatch(fraction)
	part, err1 := strconv.ParseFloat(strings.TrimRight(strings.ReplaceAll(m[1], ",", ""), "万亿"), 64)
	whole, err2 := strconv.ParseFloat(strings.ReplaceAll(m[2], ",", ""), 64)
	if err1 != nil || err2 != nil || whole <= 31 && part <= 12 || strings.Count(fraction, "/") > 1 {
		return fraction
	}
	return m[1]
}

// dropNumbering takes away 1. 2. 3. where a message counts its items from 1.
func dropNumbering(text string) string {
	at := 0
	for n := 1; n < 20; n++ {
		start, end := numberMark(text, at, n)
		if start < 0 || n == 1 && start > 0 {
			return text
		}
		text, at = text[:start]+";"+text[end:], start+1
	}
	return text
}

// numberMark finds "2." or "2、" before a word.
func numberMark(text string, from, n int) (start, end int) {
	digits := strconv.Itoa(n)
	for i := from; i < len(text); i++ {
		rest, ok := strings.CutPrefix(text[i:], digits)
		if !ok || i > 0 && (text[i-1] >= '0' && text[i-1] <= '9' || text[i-1] == '.') {
			continue
		}
		for _, mark := range []string{"、", ".", ")", "）"} {
			after, ok := strings.CutPrefix(rest, mark)
			after = strings.TrimLeft(after, " ")
			if r, _ := utf8.DecodeRuneInString(after); ok && r > 0x2e80 && r != utf8.RuneError {
				return i, len(text) - len(after)
			}
		}
	}
	return -1, -1
}

// clausesOf cuts a message at its punctuation, never inside a number; what stands in
// brackets is a clause of its own.
func clausesOf(text string) []clause {
	var list []clause
	start, aside := 0, false
	for i, c := range text {
		cut := strings.ContainsRune(";；。!()、,?", c)
		switch c {
		case ',', '.':
			cut = i+1 >= len(text) || text[i+1] < '0' || text[i+1] > '9'
		case '、':
			cut = hasDigit(text[start:i])
		}
		if cut {
			list, start = append(list, clause{strings.TrimSpace(text[start:i]), aside}), i+len(string(c))
		}
		if c == '(' || c == ')' {
			aside = c == '('
		}
	}
	list = append(list, clause{strings.TrimSpace(text[start:]), aside})
	return slices.DeleteFunc(list, func(c clause) bool { return c.text == "" })
}

func hasDigit(text string) bool { return strings.ContainsAny(text, "0123456789") }
