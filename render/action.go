package render

import (
	"strconv"
	"strings"

	"duban/plan"
)

// MaxAction is the longest action of a button in bytes (Bot API, callback_data).
const MaxAction = 64

// Kind tells what a button's action asks for.
type Kind byte

// Kinds of actions.
const (
	OpenItem   Kind = 'i' // one commitment
	OpenList   Kind = 'l' // a page of a chapter; the empty code is the table of contents
	OpenStatus Kind = 's' // a page of a status list
	Do         Kind = 'a' // what the verb says
)

// Action is what a button means; String is its form on the wire, ParseAction the way back.
type Action struct {
	Kind   Kind
	Code   plan.Code
	Filter string   // of a status list, see ask.Filter
	Page   int      // of a list, from 0
	Verb   string   // of Do: file-ok
	Args   []string // of Do: numbers, codes, values; never a person's words
}

// ItemAction opens a commitment.
func ItemAction(code plan.Code) string { return Action{Kind: OpenItem, Code: code}.String() }

// ListAction opens a page of a chapter.
func ListAction(code plan.Code, page int) string {
	return Action{Kind: OpenList, Code: code, Page: page}.String()
}

// StatusAction opens a page of a status list.
func StatusAction(filter string, page int) string {
	return Action{Kind: OpenStatus, Filter: filter, Page: page}.String()
}

// DoAction does what a verb says.
func DoAction(verb string, args ...string) string {
	return Action{Kind: Do, Verb: verb, Args: args}.String()
}

// String writes the action in at most MaxAction bytes: "i:3.6.2.5", "l:3.6:2", "s:low.5:0",
// "a:review-ok:17".
func (a Action) String() string {
	s := string(a.Kind) + ":" + string(a.Code) + a.Filter
	switch a.Kind {
	case OpenList, OpenStatus:
		s += ":" + strconv.Itoa(a.Page)
	case Do:
		s = strings.Join(append([]string{string(a.Kind), a.Verb}, a.Args...), ":")
	}
	if len(s) > MaxAction {
		return string(OpenList) + "::0"
	}
	return s
}

// ParseAction reads what String wrote; ok is false for anything else.
func ParseAction(s string) (a Action, ok bool) {
	parts := strings.Split(s, ":")
	if len(s) > MaxAction || len(parts) < 2 || len(parts[0]) != 1 {
		return Action{}, false
	}
	if Kind(parts[0][0]) == Do {
		return Action{Kind: Do, Verb: parts[1], Args: parts[2:]}, parts[1] != ""
	}
	a = Action{Kind: Kind(parts[0][0]), Code: plan.Code(parts[1])}
	if a.Kind == OpenStatus {
		a.Code, a.Filter = "", parts[1]
	}
	if a.Code != "" && a.Code.Levels() == nil {
		return Action{}, false
	}
	switch {
	case a.Kind == OpenItem && len(parts) == 2 && a.Code != "":
		return a, true
	case (a.Kind == OpenList || a.Kind == OpenStatus && a.Filter != "") && len(parts) == 3:
		page, err := strconv.Atoi(parts[2])
		a.Page = page
		return a, err == nil && page >= 0 && page < 10_000
	}
	return Action{}, false
}
