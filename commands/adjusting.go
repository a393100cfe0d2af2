package commands

import (
	"regexp"
	"strings"

	"duban/plan"
	"duban/render"
)

// adjustVerbs are how people say that a target or a deadline is to be another one.
const adjustVerbs = `(?:调整|调减|调增|调低|调高|下调|上调)`

// itemNumber names a commitment before the name of its part.
const itemNumber = `(?:民生)?实事\s*\d{1,2}|第\S{1,3}件实事|\d+(?:\.\d+){2,}`

// adjustAsks may stand before it.
const adjustAsks = `(?:我们?)?(?:请|申请|建议|要|想|想要|需要)?`

// adjustLead begins with the verb (调减实事5…), adjustWithin has it behind the item
// (把危桥目标调整为90座). Between them nothing else is said: 公路824公里，因雨季调整到8月施工
// is a filing.
var (
	adjustLead   = regexp.MustCompile(`^` + adjustAsks + adjustVerbs + `(?:一下)?[：:， ]*(.+)$`)
	adjustWithin = regexp.MustCompile(`^` + adjustAsks + `(?:把|将)?\s*(?:` + itemNumber + `)?([^，,；;。\d]*?)\s*(?:[从由]\s*[\d.]+\S{0,6}?)?(?:的)?(?:目标值?|指标|任务|期限)?\s*` + adjustVerbs + `\s*(?:到|为|至|成)\s*[\d一二两三四五六七八九十百千万].*$`)
	filedNumber  = regexp.MustCompile(`(?:数据|数字|填报数?|上报数?|报数|累计数?)$`)
)

// adjusts returns what a message says of a target's or a deadline's change, as 调整 takes it:
// such words are never a filing. The verb needs an item behind it, or before it: a task may
// be called 调整产业结构.
func (t *turn) adjusts() (words string, ok bool) {
	if t.actor.Role == plan.Public || t.current() == nil || asks(t.text) {
		return "", false
	}
	if m := adjustLead.FindStringSubmatch(t.text); m != nil {
		words = spacedChange(m[1])
	} else if m := adjustWithin.FindStringSubmatch(t.text); m != nil && !filedNumber.MatchString(m[1]) {
		words = spacedChange(strings.TrimPrefix(strings.TrimPrefix(t.text, "把"), "将"))
	}
	if words == "" || !t.namesTarget(words) {
		return "", false
	}
	return words, true
}

// namesTarget reports whether words begin with a commitment's number, or with a target's name
// before a figure.
func (t *turn) namesTarget(words string) bool {
	if c, _ := t.library.Engine(string(t.current().Key())).Reference(words); c != nil {
		return true
	}
	name, rest, _ := strings.Cut(words, " ")
	name = targetEnd.ReplaceAllString(name, "")
	r, ok := t.reader()
	if !ok || rest != "" && !strings.ContainsAny(rest, "0123456789") {
		return false
	}
	m, _ := r.find(name, "", nil, true)
	enough := mostly
	if rest == "" { // only the name says that a target is meant
		enough = wholly
	}
	return m.Target != nil && strong(name, &m) && said(name, &m) >= enough
}

// targetEnd may stand behind the name of a target.
var targetEnd = regexp.MustCompile(`的?(?:目标值?|指标|期限|数)$`)

// handleAdjusting takes words that adjusts found.
func handleAdjusting(t *turn) ([]render.Message, error) {
	if !t.may(plan.ActDecide) {
		return one(render.Message{Text: howToAdjust}), nil
	}
	return t.change(plan.Adjust)
}

// dueDay is a day or the end of a month or a year, as a deadline is told.
const dueDay = `(?:(?:\d{4}年|今年|明年|后年)?(?:的)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?(?:\d{1,2}[日号]?|[一二三四五六七八九十]{1,3}[日号]|底|初|末|[上中下]旬)?|(?:\d{4}年|今年|明年|后年)(?:底|末|年底)?|年底|年末|(?:本|这个?|下个?)月底|月底)`

// dueMoved sets a deadline and tells no figure: 把危桥设成9月底完成, 公路的期限推迟到明年6月.
var dueMoved = regexp.MustCompile(`^` + adjustAsks + `(把|将)?\s*([^\s，,。；;]+?)\s*的?(?:完成)?(期限|时限|节点|截止时间|截止日期|截止|完成时间|时间)?\s*(?:(设|定|设定|改|修改|变更|` + adjustVerbs + `)|推迟|提前|顺延|延长|延期|延|放宽)(?:成|为|到|至|在)\s*` + dueDay + `(?:之?前|以前)?(?:必须|要)?(?:完成|办结|办完|截止|到期|建成)?$`)

const howToSetDue = "改期限要有批准机关和文号，例如：调整 实事8 公路 期限 2018年6月30日 市政府常务会议 聊政字〔2017〕12号 雨季停工。只定中间的进度就设节点，例如：节点 实事8 公路 9月30日 75%"

// setsDue takes words that set a deadline: they are no filing, and a deadline has an authority.
func (t *turn) setsDue() (handler, bool) {
	if t.actor.Role == plan.Public || t.current() == nil || asks(t.text) {
		return nil, false
	}
	m := dueMoved.FindStringSubmatch(strings.TrimRight(t.text, "。！! "))
	if m == nil {
		return nil, false
	}
	if m[1]+m[3]+m[4] == "" {
		return nil, false // 一中新校推迟到明年: how it stands
	}
	c, _ := t.library.Engine(string(t.current().Key())).Reference(m[2])
	if r, ok := t.reader(); c == nil && ok {
		if found, _ := r.find(m[2], "", nil, false); found.Commitment == nil || said(m[2], &found) < mostly {
			return nil, false
		}
	}
	if t.may(plan.ActDecide) {
		return say(howToSetDue), true
	}
	return say(howToAdjust), true
}

// howToAdjust is for who may not.
const howToAdjust = "目标和期限由督查室调整，要有批准机关和文号。要延期就发：申请延期 编号 新的期限 理由"

// What stands between an item and its new value or deadline where people write without
// blanks: 养老床位目标从3600张调整到3000张, 公路期限延长到2018年6月.
var (
	deadlineMoved = regexp.MustCompile(`\s*(?:的)?(?:完成)?期限\s*(?:延长|推迟|延期|` + adjustVerbs + `)?\s*(?:到|为|至|成)?\s*(\d)`)
	valueMoved    = regexp.MustCompile(`\s*(?:的)?(?:目标值?|指标|任务|计划)?\s*(?:[从由]\s*[\d.]+\S*?)?` + adjustVerbs + `?\s*(?:到|为|至|成)\s*(\d)`)
	valueBehind   = regexp.MustCompile(`^(\S*\p{Han})(\d[\d.,]*(?:[%％]|\p{Han}{1,3}))(\s|[，；]|$)`)
)

// spacedChange puts a blank between the item of a change and its new value or deadline.
func spacedChange(words string) string {
	switch {
	case deadlineMoved.MatchString(words):
		return replaceFirst(deadlineMoved, words, " 期限$1")
	case valueMoved.MatchString(words):
		return replaceFirst(valueMoved, words, " $1")
	}
	return valueBehind.ReplaceAllString(words, "$1 $2$3")
}

func replaceFirst(pattern *regexp.Regexp, text, by string) string {
	m := pattern.FindStringSubmatchIndex(text)
	return text[:m[0]] + string(pattern.ExpandString(nil, by, text, m)) + text[m[1]:]
}
