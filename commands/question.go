package commands

import (
	"regexp"
	"strings"
)

// dutyWords ask for what an office answers for: 教育局负责什么, 市民政局牵头哪些工作？
var dutyWords = regexp.MustCompile(`^(\p{Han}{1,10}(?:局|委|办|厅|院|部|中心|公司|集团|政府|街道|县|区|镇|乡))(?:今年)?(?:都|要)?(?:(?:负责|牵头|承担|分管|管)(?:的|了)?(?:什么|啥|哪些|哪几项|哪几件|几项|几件|多少项|多少)|(?:有|领了|分了|分到)(?:几|多少|哪些|什么|哪几)(?:项|件|个)?)(?:工作|事项|事情|事|任务|承诺|指标)?(?:呢)?[?？]?$`)

// dutyVerbs are those of dutyWords.
var dutyVerbs = []string{"负责", "牵头", "承担", "管", "有", "领了", "分"}

// dutyNoun is the same by its noun: 民政局分工, 教育局的任务分工是什么.
var dutyNoun = regexp.MustCompile(`^(\p{Han}{1,10}(?:局|委|办|厅|院|部|中心|公司|集团|政府|街道|县|区|镇|乡))的?(?:任务|工作|职责)?分工(?:是什么|有哪些|情况|呢)?[?？]?$`)

// dutyQuestion returns the office that a question asks the duties of.
func dutyQuestion(text string) (office string, ok bool) {
	if !hasAny(text, dutyVerbs) { // most questions: the pattern is slow
		return "", false
	}
	text = strings.ReplaceAll(text, " ", "")
	for _, pattern := range []*regexp.Regexp{dutyWords, dutyNoun} {
		if m := pattern.FindStringSubmatch(text); m != nil {
			return m[1], true
		}
	}
	return "", false
}

// complaintWords begin what somebody reports without the command: 我想反映一下村里的路没修.
var complaintWords = regexp.MustCompile(`^(?:你好|您好)?[，, ]*(?:我们?|俺们?)?(?:想|要|来)?(?:反映|投诉|举报|反馈)(?:一下|下|个问题|个情况|情况|问题)?[，,：: ]*(.{4,})$`)

// complaint returns what a message reports; a question about reporting is none.
func complaint(text string) (words string, ok bool) {
	m := complaintWords.FindStringSubmatch(text)
	if m == nil || asks(text) {
		return "", false
	}
	return m[1], true
}

// officeWords ask how an office gets on: 交通局完成得怎么样, 教育局的工作进展如何.
var officeWords = regexp.MustCompile(`^(\p{Han}{1,10}(?:局|委|办|厅|院|部|中心|公司|集团|政府|街道|县|区|镇|乡))(?:今年|现在|目前)?(?:的)?(?:工作|任务|事项|承诺|指标)?(?:今年|现在|目前)?(?:都)?(?:完成|进展|进度|干|做|落实|推进|办|填报|报)(?:得|的|情况|了)?(?:怎么样|怎样|咋样|如何|多少|几项|到哪一?步|好不好|情况|吗|没有?)?(?:了|呢)?[?？]?$`)

// officeAlone names an office and asks nothing but how it is: 交通局呢, 教育局怎么样.
var officeAlone = regexp.MustCompile(`^(?:那|那么)?(\p{Han}{1,10}(?:局|委|办|厅|院|部|中心|公司|集团|政府|街道|县|区|镇|乡))(?:的)?(?:呢|怎么样|咋样|如何|情况|情况如何|情况怎么样)(?:了|呢)?[?？]?$`)

// officeQuestion returns the office whose standing a question asks for.
func officeQuestion(text string) (office string, ok bool) {
	if !hasAny(text, []string{"完成", "进展", "进度", "干", "做", "落实", "推进", "办", "报", "呢", "怎么样", "咋样", "如何", "情况"}) {
		return "", false
	}
	text = strings.ReplaceAll(text, " ", "")
	for _, pattern := range []*regexp.Regexp{officeWords, officeAlone} {
		if m := pattern.FindStringSubmatch(text); m != nil {
			return m[1], true
		}
	}
	return "", false
}

// Marks of messages that ask, or speak of something else than what was done.
var (
	askingWords = []string{
		"?", "？", "多少", "几", "吗", "什么", "怎么", "哪", "谁", "有没有", "为何", "为什么", "呢", "如何", "对吧", "是吧", "行吧", "好吧", "还是红", "还是黄", "还是绿",
		"帮我查", "查一下", "看一下", "告诉我", "请问", "咨询",
	}
	askingEnds = []string{"没", "没有", "吧", "么", "嘛"}
)

// asks reports whether a message is a question: by its words, by its end, or by 够不够.
func asks(text string) bool {
	if hasAny(text, askingWords) {
		return true
	}
	text = strings.TrimRight(text, " 。.!;,")
	for _, end := range askingEnds {
		if strings.HasSuffix(text, end) {
			return true
		}
	}
	runes := []rune(text)
	for i := 2; i < len(runes); i++ {
		if (runes[i-1] == '不' || runes[i-1] == '没') && runes[i] == runes[i-2] {
			return true
		}
	}
	return false
}
