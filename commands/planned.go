package commands

import (
	"regexp"

	"duban/ask"
	"duban/render"
)

var (
	plannedPattern = regexp.MustCompile(aheadWords + `|` + failedWords)
	digitsPattern  = regexp.MustCompile(`\d[\d.,]*`)
)

// speaksOfPlans reports whether a message gives a number of the person's own item that was
// not reached: 幼儿园力争年底建成138所, 没完成幼儿园138所.
func (t *turn) speaksOfPlans() bool {
	if !hasDigit(t.text) || asks(t.text) || !plannedPattern.MatchString(t.text) {
		return false
	}
	r, ok := t.reader()
	if !ok {
		return false
	}
	m, _ := r.names(digitsPattern.ReplaceAllString(plannedPattern.ReplaceAllString(t.text, " "), " "))
	return m != (ask.Match{})
}

// notFiled answers what was said, and that it was not taken for a status report.
func notFiled(t *turn) ([]render.Message, error) {
	messages, err := converse(t)
	if err == nil && len(messages) > 0 {
		messages[0].Text = "（这是还没做到的，没有当作填报。已完成多少，请报累计数，例如：养老床位 1476）\n" + messages[0].Text
	}
	return messages, err
}
