package ask

import (
	"strings"
	"time"

	"duban/plan"
)

// aspects are what of a thing was asked; the next question of a conversation inherits
// them: “那危桥呢” after a question for last year asks for last year too.
type aspects struct {
	lastYear, compare, progress, responsible, horizon bool
	day                                               plan.Date
}

var progressCues = []string{
	"进展", "进度", "完成率", "完成了多少", "完成多少了", "完成得怎么样", "完成得咋样", "完成情况", "完成没", "完成了没", "完成了吗", "干得怎么样", "干得咋样", "到哪一步", "到哪步",
	"咋样了", "怎么样了", "如何了", "修了多少", "建了多少", "改了多少", "改造了多少", "新增了多少", "已经完成", "已完成", "目前完成", "现在完成", "滞后没", "滞后吗", "几分之几了", "亮什么灯", "什么灯", "啥灯", "实际完成",
}

// asksProgress reports whether the question is about how far something is, this year.
func (q *question) asksProgress() bool {
	return !q.lastYear && q.past == 0 && containsAny(q.text, progressCues)
}

var changeCues = []string{
	"什么变化", "啥变化", "哪些变化", "有变化", "变了什么", "变了啥", "变化了什么", "新进展", "新情况", "最新进展", "最近进展", "最近更新", "更新了什么", "有什么更新", "动态",
}

// sinceDays are the words that say how far back a change may lie.
var sinceDays = []struct {
	word string
	days int
}{{"今天", 1}, {"昨天", 2}, {"上周", 14}, {"本周", 7}, {"这周", 7}, {"一周", 7}, {"上个月", 60}, {"上月", 60}, {"本月", 31}, {"这个月", 31}, {"最近", 30}, {"近期", 30}}

// since returns the first day of the changes that a question asks about.
func since(text string, day plan.Date) plan.Date {
	for _, s := range sinceDays {
		if strings.Contains(text, s.word) {
			return plan.NewDate(day.Year, day.Month, day.Day-s.days)
		}
	}
	return plan.NewDate(day.Year, day.Month, day.Day-30)
}

// readDay finds 6月30日, 七月底 or 截至2017年7月31日 and takes it out of the rest.
func (q *question) readDay(year int) {
	for at := strings.Index(q.rest, "月"); at >= 0; at = next(q.rest, "月", at) {
		month, from := numeralBefore(q.rest, at)
		if month < 1 || month > 12 {
			continue
		}
		day, end := dayAfter(q.rest, at+len("月"), year, month)
		if day.IsZero() {
			continue
		}
		q.day = day
		q.rest = strings.TrimSuffix(strings.TrimSuffix(q.rest[:from], "截至"), "截止") + cutMark + strings.TrimPrefix(strings.TrimPrefix(q.rest[end:], "为止"), "时")
		return
	}
}

// numeralBefore reads the number that ends at a position.
func numeralBefore(text string, at int) (n, from int) {
	for size := min(at, 2*len("一")); size > 0; size-- {
		if !runeStart(text, at-size) {
			continue
		}
		if v, used := readNumeral(text[at-size : at]); used == size {
			return v, at - size
		}
	}
	return 0, at
}

func runeStart(text string, i int) bool { return i >= 0 && i < len(text) && text[i]&0xc0 != 0x80 }

// dayAfter reads what follows 月: 底, 末, 30日, 30号; nothing else names a day.
func dayAfter(text string, at, year, month int) (plan.Date, int) {
	for _, word := range []string{"底", "末"} {
		if strings.HasPrefix(text[at:], word) {
			return plan.EndOfMonth(year, time.Month(month)), at + len(word)
		}
	}
	n, size := readNumeral(text[at:])
	if n < 1 || n > 31 {
		return plan.Date{}, at
	}
	for _, word := range []string{"日", "号"} {
		if strings.HasPrefix(text[at+size:], word) {
			return plan.NewDate(year, time.Month(month), n), at + size + len(word)
		}
	}
	return plan.Date{}, at
}
