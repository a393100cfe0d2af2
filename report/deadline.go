package report

import (
	"strings"
	"time"
	"unicode/utf8"

	"duban/plan"
)

// deadlineWord is a point of time that the text names, and where it stands.
type deadlineWord struct {
	at   int
	date plan.Date
	own  bool // of its clause alone
}

// deadlines are the points of time of one sentence, in order. Each holds from its place
// to the next ； or the sentence's end, one of its clause alone to the next ，.
type deadlines struct {
	words    []deadlineWord
	fallback plan.Date
}

// at returns the deadline that holds at position i of a clause.
func (d *deadlines) at(text string, i int) plan.Date {
	for k := len(d.words) - 1; k >= 0; k-- {
		w := d.words[k]
		if w.at > i || strings.Contains(text[w.at:i], "；") || w.own && strings.Contains(text[w.at:i], "，") {
			continue
		}
		return w.date
	}
	return d.fallback
}

// aroundTime is how many bytes of a clause are looked at around a point of time.
const aroundTime = 240

// ownTime reports whether the point of time text[i:end] says only when the thing in front of
// it in its clause is done, or in which quarter an act begins: 新院区9月底前投入使用.
func ownTime(text string, a, i, end, b int) bool {
	if strings.HasSuffix(text[i:end], "季度") && !hasPrefixAny(text[end:b], "前", "末", "底", "内") {
		return true
	}
	head := text[max(a, i-aroundTime):i]
	if k := strings.LastIndexAny(head, "，。；：\n"); k >= 0 {
		_, size := decode(head, k)
		head = head[k+size:]
	}
	clause, _, _ := strings.Cut(text[end:min(b, end+aroundTime)], "，")
	clause, _, _ = strings.Cut(clause, "；")
	return utf8.RuneCountInString(trimLead(head)) > 3 && finalStates.suffix(strings.TrimRight(clause, "。\n")) != ""
}

// deadlinesOf reads the points of time in text[a:b]; year is the plan's year.
func deadlinesOf(text string, a, b, year int, fallback plan.Date) deadlines {
	d := deadlines{fallback: fallback}
	if t := text[a:b]; !strings.Contains(t, "年") && !strings.Contains(t, "月") && !strings.Contains(t, "季度") && !strings.Contains(t, "五”") {
		return d
	}
	for i := a; i < b; {
		r, size := decode(text[:b], i)
		if r == '“' {
			if end := max(programmeEnd(text[i:b]), spanAt(text, a, i, b)); end >= year {
				d.words = append(d.words, deadlineWord{at: i, date: plan.EndOfYear(end)})
			}
		}
		if digit(byte(r)) && size == 1 || hanNumeral(r) && r != '百' {
			if date, end := readPoint(text[:b], a, i, year); end > i {
				if !date.IsZero() {
					d.words = append(d.words, deadlineWord{at: i, date: date, own: ownTime(text, a, i, end, b)})
				}
				i = end
				continue
			}
		}
		if r == '上' || r == '今' || r == '年' || r == '明' {
			if word, date := seasonWord(text[i:b], year); word != "" {
				d.words = append(d.words, deadlineWord{at: i, date: date, own: ownTime(text, a, i, i+len(word), b)})
				i += len(word)
				continue
			}
		}
		i += size
	}
	return d
}

// programmeEnd returns the last year of a programme whose end opens t (“十二五”末), 0 for
// anything else.
func programmeEnd(t string) int {
	rest, ok := strings.CutPrefix(t, "“")
	if !ok {
		return 0
	}
	n, size := smallHan(rest)
	if size == 0 || n < 10 || !hasPrefixAny(rest[size:], "五”末", "五”期末", "五”期间末", "五”时期末") {
		return 0
	}
	return 1955 + 5*n
}

// spanOf returns the last year of a programme whose time opens t (“十四五”时期), 0 for
// anything else.
func spanOf(t string) int {
	if !strings.HasPrefix(t, "“") {
		return 0
	}
	i := strings.Index(t, "五”")
	if i < 0 || !hasPrefixAny(t[i+len("五”"):], "时期", "期间", "规划期") {
		return 0
	}
	return programmeIn(t[:i+len("五”")])
}

// spanAt returns spanOf the words at i where they open a clause of text[a:b].
func spanAt(text string, a, i, b int) int {
	if before := strings.TrimSuffix(text[a:i], "在"); before != "" && suffixOf(before, []string{"，", "。", "；", "：", "\n"}) == "" {
		return 0
	}
	return spanOf(text[i:b])
}

// seasonWord reads 上半年, 年底前, 明年 and the like.
func seasonWord(t string, year int) (string, plan.Date) {
	switch {
	case strings.HasPrefix(t, "上半年"):
		return "上半年", plan.EndOfMonth(year, time.June)
	case hasPrefixAny(t, "今年底", "今年年底", "年内", "年底前", "今年内"):
		return prefixOf(t, []string{"今年年底", "今年底", "今年内", "年内", "年底前"}), plan.EndOfYear(year)
	case hasPrefixAny(t, "明年底", "明年年底"):
		return "明年", plan.EndOfYear(year + 1)
	}
	return "", plan.Date{}
}

// readPoint reads the point of time that starts with the numeral at i; end is i for none.
func readPoint(text string, a, i, year int) (date plan.Date, end int) {
	n, ok := readNumber(text, i)
	if !ok || n.scaled || n.percent {
		return plan.Date{}, i
	}
	v, rest := int(n.value.Rat().Num().Int64()), text[n.end:]
	before := text[a:i]
	switch {
	case strings.HasPrefix(rest, "年") && v >= 2000 && v < 2100:
		return yearWord(text, before, v, n.end+len("年"), year)
	case strings.HasPrefix(rest, "月") && !n.han && v >= 1 && v <= 12:
		if hasPrefixAny(rest[len("月"):], "底", "末", "前", "份前", "中旬前", "上旬前") {
			return plan.EndOfMonth(year, time.Month(v)), n.end + len("月")
		}
		return plan.Date{}, n.end + len("月")
	case strings.HasPrefix(rest, "季度") && v >= 1 && v <= 4:
		if behind := rest[len("季度"):]; hasPrefixAny(behind, "前", "末", "底", "内") || finishing.prefix(behind) != "" {
			return plan.EndOfMonth(year, time.Month(3*v)), n.end + len("季度")
		}
		return plan.Date{}, n.end + len("季度")
	}
	return spanWord(before, rest, v, n.end, i, text, year)
}

// yearWord reads 到2020年, 2018年底前, 2017年6月底前; a year that only dates something
// (2017年高考) sets no deadline.
func yearWord(text, before string, v, end, year int) (plan.Date, int) {
	rest := text[end:]
	if m, size := smallArabic(rest); size > 0 && m >= 1 && m <= 12 && strings.HasPrefix(rest[size:], "月") {
		date := plan.EndOfMonth(v, time.Month(m))
		return date, end + size + len("月")
	}
	until := suffixOf(before, []string{"到", "至", "力争", "确保"}) != "" || hasPrefixAny(rest, "底", "前", "末", "年底", "，", "全面", "实现", "圆满", "完成", "建成", "基本")
	if !until || v < year {
		return plan.Date{}, end
	}
	return plan.EndOfYear(v), end
}

// spanWord reads 两年内, 用三年时间, 3-5年内: so many years with the plan's as the first.
func spanWord(before, rest string, v, numEnd, i int, text string, year int) (plan.Date, int) {
	if sep := prefixOf(rest, []string{"-", "~", "至", "到"}); sep != "" && len(rest) > len(sep) && digit(rest[len(sep)]) {
		if upper, ok := readNumber(text, numEnd+len(sep)); ok && strings.HasPrefix(text[upper.end:], "年") {
			v, numEnd = int(upper.value.Rat().Num().Int64()), upper.end
			rest = text[numEnd:]
		}
	}
	if !strings.HasPrefix(rest, "年") || v < 1 || v > 15 {
		return plan.Date{}, i
	}
	tail := rest[len("年"):]
	end := numEnd + len("年")
	uses := suffixOf(before, []string{"用", "力争", "利用", "未来", "今后", "通过", "再用"}) != ""
	if hasPrefixAny(tail, "内", "之内") || uses && hasPrefixAny(tail, "时间", "左右", "的时间", "努力") || hasPrefixAny(tail, "攻坚战") {
		return plan.EndOfYear(year + v - 1), end
	}
	return plan.Date{}, end
}
