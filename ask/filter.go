package ask

import (
	"strconv"
	"strings"
	"time"

	"duban/plan"
)

// FilterKind tells what a status list holds.
type FilterKind string

// Kinds of status lists.
const (
	FilterBehind  FilterKind = "behind"  // yellow, red and overdue
	FilterRed     FilterKind = "red"     // one light each
	FilterYellow  FilterKind = "yellow"  //
	FilterGreen   FilterKind = "green"   //
	FilterOverdue FilterKind = "overdue" //
	FilterDone    FilterKind = "done"    //
	FilterOpen    FilterKind = "open"    // filed and not done
	FilterUnfiled FilterKind = "unfiled" // nothing accepted yet
	FilterLow     FilterKind = "low"     // the N with the least progress
	FilterHigh    FilterKind = "high"    // the N with the most progress
	FilterDue     FilterKind = "due"     // deadline from From to By, not done
)

// Filter chooses the entries of a status list.
type Filter struct {
	Kind   FilterKind
	N      int       // of low and high
	From   plan.Date // of due: first day
	By     plan.Date // of due: last day
	Within plan.Code // part, section or theme; "" for the whole plan
	Who    bool      // the departments are asked for
}

// String writes the filter for a button: "low.5", "due.2017-07-01_2017-07-31", "behind..3.6.2".
func (f Filter) String() string {
	arg := ""
	switch {
	case f.N > 0:
		arg = strconv.Itoa(f.N)
	case !f.By.IsZero():
		arg = f.From.String() + "_" + f.By.String()
	}
	s := string(f.Kind)
	if arg != "" || f.Within != "" {
		s += "." + arg
	}
	if f.Within != "" {
		s += "." + string(f.Within)
	}
	return s
}

// ParseFilter reads what String wrote.
func ParseFilter(s string) (f Filter, ok bool) {
	kind, rest, _ := strings.Cut(s, ".")
	arg, within, _ := strings.Cut(rest, ".")
	f = Filter{Kind: FilterKind(kind), Within: plan.Code(within)}
	if titles[f.Kind] == "" || within != "" && f.Within.Levels() == nil {
		return Filter{}, false
	}
	if arg == "" {
		return f, f.Kind != FilterDue
	}
	if from, by, found := strings.Cut(arg, "_"); found {
		ok = f.Kind == FilterDue && f.From.UnmarshalText([]byte(from)) == nil && f.By.UnmarshalText([]byte(by)) == nil && !f.By.IsZero()
		return f, ok
	}
	n, err := strconv.Atoi(arg)
	f.N = n
	return f, err == nil && n > 0 && n < 1000 && (f.Kind == FilterLow || f.Kind == FilterHigh)
}

// titles name status lists.
var titles = map[FilterKind]string{
	FilterBehind: "滞后的事项", FilterRed: "亮红灯的事项", FilterYellow: "亮黄灯的事项", FilterGreen: "亮绿灯的事项", FilterOverdue: "逾期的事项", FilterDone: "已完成的事项",
	FilterOpen: "还没完成的事项", FilterUnfiled: "未填报的事项", FilterLow: "完成率最低的事项", FilterHigh: "完成率最高的事项", FilterDue: "到期的事项",
}

// filterCues are tried in this order: the first that a question holds names the list.
var filterCues = []struct {
	kind FilterKind
	cues []string
}{
	{FilterUnfiled, []string{"未填报", "没填报", "没有填报", "还没填报", "没填过", "没填", "没上报", "未上报", "没报数", "没报进度", "没报进展", "没报的"}},
	{FilterLow, []string{"完成率最低", "完成率垫底", "进度最慢", "进展最慢", "推进最慢", "最滞后", "最落后", "进度最差", "完成最差", "完成得最差", "完成最少", "进度最低", "最慢"}},
	{FilterHigh, []string{"完成率最高", "进度最快", "进展最快", "推进最快", "完成最好", "完成得最好", "进度最高", "最快"}},
	{FilterRed, []string{"红灯"}},
	{FilterYellow, []string{"黄灯"}},
	{FilterGreen, []string{"绿灯"}},
	{FilterOverdue, []string{"逾期", "超期", "过期"}},
	{FilterBehind, []string{"滞后", "掉队", "拖后腿", "没跟上", "进度慢", "进展慢", "推进慢", "落在后面", "慢了", "落后的", "落后了", "完成不了", "完不成"}},
	{FilterDue, []string{"到期", "要交账", "截止的", "必须完成", "要完成的", "要完成哪些", "该完成的", "该完成哪些"}},
	{FilterOpen, []string{"没完成", "没有完成", "未完成", "还没完", "没做完", "没干完"}},
	{FilterDone, []string{"已完成", "已经完成", "完成了哪些", "完成了的", "哪些完成了", "完成的有哪些", "都完成了什么", "做完了哪些", "干完了哪些", "兑现了哪些"}},
}

// readFilter finds the status list that a question asks for; rest is the question without
// the words that name it.
func (q *question) readFilter(today plan.Date) (f Filter, rest string, ok bool) {
	rest = q.rest
	for _, c := range filterCues {
		for _, cue := range c.cues {
			if !strings.Contains(q.text, cue) {
				continue
			}
			f.Kind = c.kind
			rest = strings.ReplaceAll(rest, cue, cutMark)
			f.Who = containsAny(q.text, []string{"谁", "哪个部门", "哪些部门", "哪些单位", "哪个单位", "哪个局", "哪些局"})
			if f.Kind == FilterLow || f.Kind == FilterHigh {
				f.N, rest = countOf(rest)
			}
			if f.Kind == FilterDue {
				f.From, f.By, rest = dueBy(q, rest, today)
			}
			return f, rest, f.Kind != FilterDue || !f.By.IsZero()
		}
	}
	return Filter{}, rest, false
}

// countOf reads 五项, 前三, 3个; five where nothing is said.
func countOf(text string) (n int, rest string) {
	for i := range text {
		v, size := readNumeral(text[i:])
		if v < 1 {
			continue
		}
		after := text[i+size:]
		for _, c := range []string{"项", "个", "件", "条", "名"} {
			if strings.HasPrefix(after, c) {
				return v, strings.TrimSuffix(text[:i], "前") + cutMark + after[len(c):]
			}
		}
		if strings.HasSuffix(text[:i], "前") {
			return v, strings.TrimSuffix(text[:i], "前") + cutMark + after
		}
	}
	return 5, text
}

// duePeriods are the words that say when something falls due; the first that stands in a
// question counts.
var duePeriods = []struct {
	words []string
	days  func(today plan.Date) (from, by plan.Date)
}{
	{[]string{"下个月", "下月"}, func(d plan.Date) (plan.Date, plan.Date) {
		return plan.NewDate(d.Year, d.Month+1, 1), plan.EndOfMonth(d.Year, d.Month+1)
	}},
	{[]string{"本月底", "这个月底", "本月", "这个月", "月底", "当月"}, func(d plan.Date) (plan.Date, plan.Date) {
		return plan.NewDate(d.Year, d.Month, 1), plan.EndOfMonth(d.Year, d.Month)
	}},
	{[]string{"本季度", "这个季度", "季末"}, func(d plan.Date) (plan.Date, plan.Date) {
		first := (d.Month-1)/3*3 + 1
		return plan.NewDate(d.Year, first, 1), plan.EndOfMonth(d.Year, first+2)
	}},
	{[]string{"三十天内", "30天内", "一个月内", "近期", "最近", "快", "即将"}, func(d plan.Date) (plan.Date, plan.Date) {
		return d, plan.NewDate(d.Year, d.Month, d.Day+30)
	}},
	{[]string{"上半年", "年中"}, func(d plan.Date) (plan.Date, plan.Date) {
		return plan.NewDate(d.Year, time.January, 1), plan.EndOfMonth(d.Year, time.June)
	}},
}

// dueBy reads 本月, 下个月, 三十天内, a day of the question or 今年.
func dueBy(q *question, rest string, today plan.Date) (from, by plan.Date, left string) {
	if !q.day.IsZero() {
		return plan.Date{}, q.day, rest
	}
	if from, by, left, ok := dueMonth(rest, q.planYear); ok {
		return from, by, left
	}
	for _, p := range duePeriods {
		for _, w := range p.words {
			if strings.Contains(q.text, w) {
				from, by = p.days(today)
				return from, by, strings.ReplaceAll(rest, w, cutMark)
			}
		}
	}
	if q.thisYear || strings.Contains(q.text, "年底") {
		return plan.Date{}, plan.EndOfYear(q.planYear), rest
	}
	return plan.Date{}, plan.Date{}, rest
}

// dueMonth reads 12月 and 十二月份.
func dueMonth(text string, year int) (from, by plan.Date, left string, ok bool) {
	for at := strings.Index(text, "月"); at >= 0; at = next(text, "月", at) {
		month, start := numeralBefore(text, at)
		if month < 1 || month > 12 {
			continue
		}
		left = text[:start] + cutMark + strings.TrimPrefix(text[at+len("月"):], "份")
		return plan.NewDate(year, time.Month(month), 1), plan.EndOfMonth(year, time.Month(month)), left, true
	}
	return from, by, text, false
}
