package ask

import (
	"strconv"
	"strings"

	"duban/plan"
)

// question is what was understood of a message before anything was looked up.
type question struct {
	text string // normalised
	rest string // without period, ordinal and place words

	aspects
	planYear int
	thisYear bool
	year     int  // a named year after the plan's; 0
	past     int  // a named year before last year; 0
	fiveYear bool // asks for what the years before brought: 五年来

	code       plan.Code
	ordinal    int // 0 none, last the last one
	deeds      bool
	list       bool
	numeric    bool // asks for numbers only: 硬指标
	quantity   bool
	when       bool // asks for the time: 哪年
	unit       string
	dimension  dimension
	attributes []*attribute // asked for, besides what is promised
	explains   bool         // asks why a light is as it is
	names      bool         // asks which ones: 是哪些, 名单
	subject    string       // a foreign place or a district that the question is about
	foreign    bool         // the subject lies outside the plan's place
	ranked     bool         // and is named with its rank: 济南市

	ctx      Context
	about    *plan.Commitment // that the last answer was about, where this question goes on with it
	achieved []candidate      // last year's figures that the question may mean

	atoms []atom
	total float32 // of the atoms' weights
}

// understand reads a question with the eyes of one plan.
func (e *Engine) understand(message string) *question {
	q := &question{text: normalize(simplify(message), longestQuestion), planYear: e.plan.Year}
	q.rest = q.text
	q.code = codeOf(q.text)
	q.deeds = strings.Contains(q.text, "实事")
	q.ordinal, q.rest = ordinalOf(q.rest)
	q.readDay(e.plan.Year)
	q.readPeriod(e.plan.Year)
	q.progress = q.asksProgress()
	q.responsible = asksWho(q.text)
	q.attributes = asksFor(q.text)
	q.readReason()
	q.names = containsAny(q.text, namesCues)
	if q.deeds {
		q.cutNumber()
	}
	q.cutExamples()
	q.list = q.cutSum() || containsAny(q.text, listCues) || containsAny(q.text, looseListCues) && !strings.Contains(q.text, "多少")
	q.numeric = containsAny(q.text, numericListCues)
	q.quantity = containsAny(q.text, quantityCues)
	q.when = containsAny(q.text, whenWords)
	q.readUnit()
	e.readPlace(q)
	e.cutLevel(q)
	q.atoms, q.rest = e.read(q.rest)
	for i := range q.atoms {
		q.total += q.atoms[i].weight
	}
	q.list = q.list || q.horizon && q.total == 0 && containsAny(q.text, []string{"目标", "任务", "规划", "做"})
	return q
}

// readPeriod finds the years that a question speaks of and takes them out of the rest.
func (q *question) readPeriod(year int) {
	q.lastYear = containsAny(q.text, lastYearCues)
	q.fiveYear = containsAny(q.text, yearsPastCues)
	q.horizon = containsAny(q.text, horizonCues) && !q.fiveYear
	near := q.text
	for _, c := range horizonCues {
		near = strings.ReplaceAll(near, c, cutMark)
	}
	q.thisYear = containsAny(near, thisYearCues)
	q.compare = containsAny(q.text, compareCues)
	for _, cues := range [][]string{yearsPastCues, horizonCues, compareCues, lastYearCues, thisYearCues} {
		for _, c := range cues {
			q.rest = strings.ReplaceAll(q.rest, c, cutMark)
		}
	}
	for _, field := range strings.FieldsFunc(q.rest, func(r rune) bool { return !isDigit(r) }) {
		n, err := strconv.Atoi(field)
		if err != nil || len(field) != 4 || n < 1990 || n > 2100 {
			continue
		}
		q.namedYear(n, year)
		q.rest = strings.ReplaceAll(q.rest, field+"年", cutMark)
		q.rest = strings.ReplaceAll(q.rest, field, cutMark)
	}
	q.compare = q.compare || q.lastYear && (q.thisYear || strings.Contains(q.text, "目标") || bothYears(q.text))
}

// bothYears reports whether a message asks for a number and, in a clause that goes on from it,
// for last year's: 老小区改造几个，去年改了多少.
func bothYears(text string) bool {
	first, second, found := strings.Cut(text, " ")
	return found && containsAny(first, quantityCues) && !containsAny(first, lastYearCues) && !containsAny(first, pastCues) &&
		startsWith(second, lastYearCues) && len([]rune(second)) <= longestSequel
}

// longestSequel is how many characters a clause has that only goes on from another.
const longestSequel = 8

func (q *question) namedYear(n, year int) {
	switch {
	case n == year:
		q.thisYear = true
	case n == year-1:
		q.lastYear = true
	case n > year:
		q.year = n
	default:
		q.past = n
	}
}

// cutNumber takes 十件 out of 十件实事: how many there are says nothing on one of them.
func (q *question) cutNumber() {
	for _, noun := range []string{"民生实事", "实事", "大实事", "好事实事"} {
		at := strings.Index(q.rest, noun)
		head, found := strings.CutSuffix(q.rest[:max(at, 0)], "件")
		if !found {
			continue
		}
		if n, from := numeralBefore(head, len(head)); n > 1 {
			q.rest = head[:from] + cutMark + q.rest[at:]
			return
		}
	}
}

// cutExamples takes the examples out of 大气、水、土壤这些环保工作, which name the whole behind
// them.
func (q *question) cutExamples() {
	for _, word := range []string{"这些", "这几", "这类", "等"} {
		head, tail, found := strings.Cut(q.rest, word)
		if found && strings.Contains(strings.TrimSpace(head), " ") && len([]rune(tail)) >= 4 && !containsAny(head, askingCues) {
			q.rest = cutMark + tail
			return
		}
	}
}

// cutSum takes 五大 out of 五大工程: a list is asked for by its length.
func (q *question) cutSum() bool {
	for at := strings.Index(q.rest, "大"); at >= 0; at = next(q.rest, "大", at) {
		if !startsWith(q.rest[at+len("大"):], summedNouns) {
			continue
		}
		if n, from := numeralBefore(q.rest, at); n > 1 {
			q.rest = q.rest[:from] + cutMark + q.rest[at+len("大"):]
			return true
		}
	}
	return false
}

// readUnit finds the unit that the number asked for should have: 多少公里, 几家.
func (q *question) readUnit() {
	for _, word := range []string{"多少", "几", "多大"} {
		for at := strings.Index(q.text, word); at >= 0; at = next(q.text, word, at) {
			after := strings.TrimPrefix(q.text[at+len(word):], "万")
			for _, u := range unitDimensions {
				if strings.HasPrefix(after, u.unit) {
					q.unit, q.dimension = u.unit, u.dim
					return
				}
			}
		}
	}
	if q.unit == "" && (strings.Contains(q.text, "多长") && !strings.Contains(q.text, "多长时间") || containsAny(q.text, []string{"多宽", "多远"})) {
		q.unit, q.dimension = "米", length
	}
	if q.dimension == anyDimension && containsAny(strings.ReplaceAll(q.text, "新增", ""), percentCues) {
		q.dimension = percent
	}
}

// distinct returns how many of the atoms carry weight of their own.
func (q *question) distinct() int {
	n := 0
	for i := range q.atoms {
		if q.atoms[i].weight > boundary {
			n++
		}
	}
	return n
}
