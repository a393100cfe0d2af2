package commands

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"duban/ask"
	"duban/plan"
	"duban/render"
)

// Words that turn the page of the last list, that ask for one of its pages, for the entry
// beside the one that was opened, and for the list again.
var (
	nextPageWords = regexp.MustCompile(`^(?:再|继续|接着|请|看|看看|往|向|翻|翻到|到)*(?:(?:下|后)(?:一)?(?:页|翻)|后翻|翻页|翻一?下)$`)
	lastPageWords = regexp.MustCompile(`^(?:再|继续|请|看|看看|往|向|翻|翻到|翻回|回|回到|返回|到)*(?:(?:上|前)(?:一)?(?:页|翻)|前翻)$`)
	pageWords     = regexp.MustCompile(`^(?:看|看看|翻到|跳到|跳转到|转到|到|请看)?第?\s*([\d一二三四五六七八九十两]{1,3})\s*页(?:呢)?$`)
	besideWords   = regexp.MustCompile(`^(?:再|那|看|看看|那么)*(上|前|下|后)(?:一)?(?:个|件|项|条|则|位|名)(?:事项|指标|任务|实事)?(?:呢)?$`)
	returnWords   = regexp.MustCompile(`^(?:返回|后退|回去|退回去)(?:列表|清单|上一?(?:级|层|步))?$|^(?:回到|返回到?|退回到?)(?:刚才的?|上面的?|原来的?)?(?:列表|清单)$`)
)

// pageWord is the button that words which turn a page mean; "" for other words.
func pageWord(text string) string {
	switch {
	case !strings.Contains(text, "页") && !strings.Contains(text, "翻"):
	case nextPageWords.MatchString(text):
		return "下一页"
	case lastPageWords.MatchString(text):
		return "上一页"
	}
	return ""
}

// longestLeaf is how many characters such words have at most.
const longestLeaf = 12

// leafed takes words that go through the list that was shown last.
func (t *turn) leafed() (run handler, writes, ok bool) {
	text := strings.Trim(t.text, "。.！!？? ")
	if utf8.RuneCountInString(text) > longestLeaf {
		return nil, false, false
	}
	if run, writes, ok = t.leafedTo(text); ok {
		return run, writes, true
	}
	m := besideWords.FindStringSubmatch(text)
	if m != nil && reviewWord(text, t.signs()) != text && t.may(plan.ActReview) {
		return nil, false, false // 下一个 of the filings that wait
	}
	if m != nil || returnWords.MatchString(text) || pageWords.MatchString(text) {
		return say("前面没有列出清单。发“目录”看各章，发“民生实事”看实事。"), false, true
	}
	return nil, false, false
}

// leafedTo finds what words that go through the last list lead to.
func (t *turn) leafedTo(text string) (run handler, writes, ok bool) {
	if m := pageWords.FindStringSubmatch(text); m != nil {
		n := ordinalOf(strings.ReplaceAll(m[1], "两", "二"))
		return t.pageNumbered(n)
	}
	if m := besideWords.FindStringSubmatch(text); m != nil {
		step := 1
		if m[1] == "上" || m[1] == "前" {
			step = -1
		}
		run, ok = t.beside(step)
		return run, false, ok
	}
	if from := t.chat.source; returnWords.MatchString(text) && from != (source{}) {
		t.text, t.request.Text, t.request.Action = from.text, from.text, from.action
		run, writes = t.router.route(t)
		return run, writes, true
	}
	return nil, false, false
}

// pageNumbered shows a page of the last list by its number, from 1.
func (t *turn) pageNumbered(n int) (run handler, writes, ok bool) {
	if n > 0 && len(t.chat.pages) > 0 {
		b := t.chat.pages[0]
		at := strings.LastIndex(b.Action, ":") + 1
		t.request.Action = b.Action[:at] + strconv.Itoa(n-1)
		press, writes := t.router.pressed(t)
		before := t.chat.pages
		return func(t *turn) ([]render.Message, error) {
			messages, err := press(t)
			if n > 1 && err == nil && !hasButton(messages, "上一页") {
				t.chat.pages = before
				return one(render.Message{Text: "没有第" + strconv.Itoa(n) + "页。"}), nil
			}
			return messages, err
		}, writes, true
	}
	if len(t.chat.entries) == 0 {
		return nil, false, false
	}
	return say("上面的列表只有1页。"), false, true
}

// turnsPage reports whether a button turns the page of a list.
func turnsPage(b render.Button) bool { return b.Text == "下一页" || b.Text == "上一页" }

func hasButton(messages []render.Message, text string) bool {
	for i := range messages {
		if slices.ContainsFunc(slices.Concat(messages[i].Buttons...), func(b render.Button) bool { return b.Text == text }) {
			return true
		}
	}
	return false
}

// beside opens the entry behind or before the one that was opened last; where that was none
// of a list, its neighbour in the report.
func (t *turn) beside(step int) (handler, bool) {
	if n := t.chat.place; n > 0 && n <= len(t.chat.entries) {
		return t.besideInList(step), true
	}
	p, c := t.current(), t.spokenLast()
	if p == nil || c == nil {
		return nil, false
	}
	at := slices.IndexFunc(p.Commitments, func(x plan.Commitment) bool { return x.ID == c.ID })
	n := at + step
	switch {
	case at < 0:
		return nil, false
	case n < 0 || n >= len(p.Commitments):
		return say("这是最" + sideWord(step) + "面的一项。"), true
	}
	return func(t *turn) ([]render.Message, error) { return one(t.item(p, p.Commitments[n].Code)), nil }, true
}

// besideInList goes over entries that stand for the same commitment: they are other targets
// of it, and its page shows them all.
func (t *turn) besideInList(step int) handler {
	entries, at := t.chat.entries, t.chat.place-1
	n := at + step
	for n >= 0 && n < len(entries) && entries[n] == entries[at] {
		n += step
	}
	return func(t *turn) ([]render.Message, error) {
		if m, ok := t.pick(strconv.Itoa(n + 1)); ok {
			return one(m), nil
		}
		return one(render.Message{Text: "上面的列表只有" + strconv.Itoa(len(entries)) + "项，" + sideWord(step) + "面没有了。"}), nil
	}
}

func sideWord(step int) string {
	if step < 0 {
		return "前"
	}
	return "后"
}

// spokenLast is the one commitment that the last answer was about; nil where it was none, or
// several.
func (t *turn) spokenLast() *plan.Commitment {
	if a := t.chat.answer; a != nil && a.Intent != ask.IntentList && len(a.Items) == 1 {
		return a.Items[0].Commitment
	}
	return nil
}
