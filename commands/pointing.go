package commands

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"duban/ask"
	"duban/plan"
	"duban/render"
)

// pointPattern is an entry of the list that was shown: 第二项, 最后一个呢, 看第3条.
var pointPattern = regexp.MustCompile(`^(?:看看?|打开|说说|讲讲|那)?(?:一下)?(倒数)?(?:第\s*([\d一二三四五六七八九十两]{1,3})|(最后|末)一|头一|首)\s*(个|项|条|件|点|则|名|位)(?:事项|指标|任务)?(?:呢|是什么|是啥|怎么样了?|的?详情|的?全文)?$`)

// pointed is the place of an entry that words point at: from 1, from the end below 0; 0 for
// other words. deed tells that they may mean the 实事 of a number.
func pointed(text string) (n int, deed bool) {
	if !hasAny(text, []string{"第", "一", "首"}) { // most messages: the pattern is slow
		return 0, false
	}
	m := pointPattern.FindStringSubmatch(strings.Trim(text, "。.！!？? "))
	if m == nil {
		return 0, false
	}
	switch n = 1; {
	case m[3] != "":
		n = -1
	case m[2] != "":
		n = ordinalOf(strings.ReplaceAll(m[2], "两", "二"))
	}
	if m[1] != "" {
		n = -n
	}
	return n, m[4] == "件"
}

// pointAt opens the entry of the last list that words point at.
func (t *turn) pointAt(text string) (render.Message, bool) {
	n, deed := pointed(text)
	entries := len(t.chat.entries)
	if n < 0 {
		n += entries + 1
	}
	switch {
	case n != 0 && !deed && entries == 0 && t.chat.source != (source{}):
		return render.Message{Text: "上面的列表不能按序号打开，请发名称或编号。"}, true
	case n == 0 || entries == 0 || t.chat.told || deed && n > entries:
		return render.Message{}, false
	case n < 1 || n > entries:
		return render.Message{Text: "上面的列表只有" + strconv.Itoa(entries) + "项。"}, true
	}
	return t.pick(strconv.Itoa(n))
}

// askPattern asks something of an entry of the list that was shown: 第一个为什么是红灯.
var askPattern = regexp.MustCompile(`^(?:那)?第\s*([\d一二三四五六七八九十两]{1,3})\s*(?:个|项|条|点|则|名|位)(?:事项|指标|任务)?(?:的)?(.{2,})$`)

// askAt makes what is asked of an entry of the last list a question about what was spoken of.
func (t *turn) askAt() {
	if !strings.Contains(t.text, "第") {
		return
	}
	m := askPattern.FindStringSubmatch(t.text)
	if m == nil || t.chat.told {
		return
	}
	n, p := ordinalOf(strings.ReplaceAll(m[1], "两", "二")), t.current()
	if p == nil || n < 1 || n > len(t.chat.entries) {
		return
	}
	action, ok := render.ParseAction(t.chat.entries[n-1])
	c := p.Commitment(action.Code)
	if !ok || action.Kind != render.OpenItem || c == nil {
		return
	}
	item := ask.Item{Commitment: c, Segment: &c.Segment}
	for i := range c.Targets {
		if n > len(t.chat.parts) || c.Targets[i].ID == t.chat.parts[n-1].Item {
			item.Targets = append(item.Targets, &c.Targets[i])
		}
	}
	t.chat.answer = &ask.Answer{Plan: p, Intent: ask.IntentCommitment, Answered: true, Items: []ask.Item{item}}
	t.text = m[2]
}

// chapterPattern is a chapter by its number in the contents: 第7章, 第十二章讲了什么.
var chapterPattern = regexp.MustCompile(`^(?:看看?|打开)?第?\s*([\d一二三四五六七八九十]{1,3})\s*章(?:都?有(?:哪些|什么|啥).{0,4}|都?讲(?:了|的)?(?:什么|哪些|啥).{0,2}|的?(?:内容|目录)|是什么|呢)?$`)

// chapterNamed shows the chapter that words number.
func (t *turn) chapterNamed(text string) (render.Message, bool) {
	if !strings.Contains(text, "章") {
		return render.Message{}, false
	}
	m := chapterPattern.FindStringSubmatch(strings.Trim(text, "。.！!？? "))
	p := t.current()
	if m == nil || p == nil {
		return render.Message{}, false
	}
	chapters := render.Chapters(p)
	n := ordinalOf(m[1])
	if n < 1 || n > len(chapters) {
		return render.Message{Text: "目录里有" + strconv.Itoa(len(chapters)) + "章。发“目录”看各章。"}, true
	}
	return t.chapter(p, chapters[n-1].Code, 0), true
}

// chaptersAbout shows the chapters whose headings hold a word: the one, or a list of several.
func (t *turn) chaptersAbout(p *plan.Plan, word string) (render.Message, bool) {
	found := slices.DeleteFunc(render.Chapters(p), func(c render.Chapter) bool { return !strings.Contains(c.Title, word) })
	switch len(found) {
	case 0:
		return render.Message{}, false
	case 1:
		return t.chapter(p, found[0].Code, 0), true
	}
	t.show(p, nil)
	for _, c := range found {
		t.chat.entries = append(t.chat.entries, render.ListAction(c.Code, 0))
	}
	return render.SomeChapters(word, found), true
}

// agreeWords press the one button that confirms.
var agreeWords = []string{"确认", "确定", "确认吧", "都确认", "全部确认", "全确认", "确认全部"}

// lastButton takes the words of a button below what was said last: its text, the turning of
// a page, or 确认 where one button confirms.
func (t *turn) lastButton() (run handler, writes, ok bool) {
	text := strings.Trim(t.text, "。！!？? ")
	turned := pageWord(text)
	if turned != "" {
		text = turned
	}
	var found []string
	buttons := t.chat.buttons
	if turned != "" {
		buttons = t.chat.pages
	}
	for _, b := range buttons {
		if b.Text == text || slices.Contains(agreeWords, text) && strings.HasPrefix(b.Text, "确认") {
			found = append(found, b.Action)
		}
	}
	switch {
	case len(found) == 1:
		t.request.Action = found[0]
		run, writes = t.router.pressed(t)
		return run, writes, true
	case turned != "":
		return say("没有" + text + "。发“目录”看各章。"), false, true
	}
	return nil, false, false
}
