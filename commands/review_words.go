package commands

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"duban/plan"
	"duban/render"
)

// typedReview takes the words of the buttons below the filing that was shown last; a reason
// may stand behind 退回.
func (t *turn) typedReview() (handler, bool) {
	if t.chat.review == 0 || !t.may(plan.ActReview) && !t.may(plan.ActSign) {
		return nil, false
	}
	word, reason, _ := strings.Cut(strings.NewReplacer("：", " ", ":", " ", "，", " ").Replace(strings.Trim(t.text, "。！! ")), " ")
	t.args = []string{filingNumber(t.chat.review)}
	word = reviewWord(word, t.signs())
	switch {
	case reason == "" && (word == "通过" || word == "签核"):
		return acceptFiling, true
	case reason == "" && word == "下一项" && t.chat.card != proofCard:
		return nextFiling, true
	case reason == "" && (word == "全部通过" || word == "全部签核"):
		t.args = []string{"999999999"}
		return listAll, true
	case word == "退回" && reason == "":
		return returnFiling, true
	case word == "退回":
		return func(t *turn) ([]render.Message, error) { return t.giveBack(t.chat.review, reason) }, true
	}
	t.args = nil
	return nil, false
}

// reviewWords are other words for those of the buttons.
var reviewWords = map[string]string{
	"都通过": "全部通过", "全通过": "全部通过", "全都通过": "全部通过", "都过": "全部通过", "全部审核通过": "全部通过", "都签": "全部通过", "全签": "全部通过", "全部签字": "全部通过", "都签了": "全部通过",
	"审核通过": "通过", "通过吧": "通过", "过": "通过", "打回": "退回", "驳回": "退回", "不通过": "退回", "下一个": "下一项", "下一条": "下一项", "跳过": "下一项",
}

// reviewWord is the button that a word means: of heads 签, 签字 and 同意 are the signature.
func reviewWord(word string, signs bool) string {
	if signs && slices.Contains([]string{"签", "签字", "签了", "同意", "批准"}, word) {
		return "签核"
	}
	if button := reviewWords[word]; button != "" {
		return button
	}
	return word
}

// passPattern is the passing of one of the filings that wait: 通过第一项, 签第2条.
var passPattern = regexp.MustCompile(`^(?:通过|签核?|签字|同意)\s*第\s*([\d一二三四五六七八九十]{1,3})\s*(?:个|项|条)$`)

// passAt takes the place of a filing in the queue: the one that is shown is decided, another
// one is shown first.
func (t *turn) passAt(text string) (handler, bool) {
	m := passPattern.FindStringSubmatch(text)
	if m == nil {
		return nil, false
	}
	return t.pendingAt(m[1], func() ([]render.Message, error) {
		t.args = []string{filingNumber(t.chat.review)}
		return acceptFiling(t)
	}, "要"+t.verdict()+"就回复“"+t.verdict()+"”。"), true
}

// returnPattern is the return of one of the filings that wait: 退回第2项 数据不实, 第3条退回.
var returnPattern = regexp.MustCompile(`^(?:(?:退回|打回|驳回)\s*第\s*([\d一二三四五六七八九十]{1,3})\s*(?:个|项|条)|第\s*([\d一二三四五六七八九十]{1,3})\s*(?:个|项|条)\s*(?:退回|打回|驳回))(?:[，,：:。 ]+(\S.*))?$`)

// returnAt is passAt for a return.
func (t *turn) returnAt(text string) (handler, bool) {
	m := returnPattern.FindStringSubmatch(text)
	if m == nil {
		return nil, false
	}
	reason, shown := m[3], m[3]
	if reason == "" {
		shown = "理由"
	}
	return t.pendingAt(m[1]+m[2], func() ([]render.Message, error) {
		if reason == "" {
			t.args = []string{filingNumber(t.chat.review)}
			return returnFiling(t)
		}
		return t.giveBack(t.chat.review, reason)
	}, "要退回就回复“退回 "+shown+"”。"), true
}

// pendingAt decides on the filing at a place of the queue if it is the one that was shown: the
// queue may have moved. Another one is shown, with what to say then.
func (t *turn) pendingAt(ordinal string, decide func() ([]render.Message, error), then string) handler {
	n := ordinalOf(ordinal)
	return func(t *turn) ([]render.Message, error) {
		pending, err := t.desk().Pending()
		switch {
		case err != nil:
			return nil, err
		case len(pending) == 0:
			return t.queue(0)
		case n < 1 || n > len(pending):
			return one(render.Message{Text: "待办的只有" + strconv.Itoa(len(pending)) + "项。发“待审”看第一项。"}), nil
		case pending[n-1].ID == t.chat.review:
			return decide()
		}
		return t.showPending(&pending[n-1], then)
	}
}

// showPending shows one filing that waits, with what to say.
func (t *turn) showPending(f *plan.Filing, then string) ([]render.Message, error) {
	messages, err := t.queue(f.ID - 1)
	if len(messages) > 0 {
		messages[0].Text += "\n" + then
	}
	return messages, err
}

// exceptPattern passes all but some; sortPattern decides on those of one office, or on those
// called by a name.
var (
	exceptPattern = regexp.MustCompile(`(?:都|全|全部|其他|其它|其余|剩下的?)(?:都|全部)?(?:审核)?(?:通过|签核|签字|签|过).*(?:除|不含|不包括|不要|但|只有)|(?:除了?|除去).*(?:都|全|全部|其他|其它|其余)(?:都|全部)?(?:审核)?(?:通过|签核|签字|签|过)`)
	sortPattern   = regexp.MustCompile(`^(?:把)?(\S{2,12}?)(?:报)?的?(?:那(?:一|几)?(?:项|条)|几项|填报|数)?(?:都|全部|全)?(?:通过|签核|签字|退回|打回|驳回)(?:吧|了)?(?:[，,：: ]+\S.*)?$|^(?:通过|签核|退回|打回|驳回)(\S{2,12}?)(?:报)?的?(?:那(?:一|几)?(?:项|条)|几项|填报|数)?(?:[，,：: ]+\S.*)?$`)
)

// sorted takes decisions on some of the filings that wait: nothing is decided unseen.
func (t *turn) sorted(text string) (handler, bool) {
	if len([]rune(text)) > longestQuestion {
		return nil, false
	}
	if exceptPattern.MatchString(text) {
		ok := t.verdict()
		return say("还没有" + ok + "任何一项。不能除去几项一起" + ok + "：发“待审”逐项看，回复“" + ok + "”“退回 理由”或“下一项”；先退回了那几项，其余的就可以“全部" + ok + "”。"), true
	}
	m := sortPattern.FindStringSubmatch(text)
	if m == nil {
		return nil, false
	}
	name, whose := t.knownOffice(m[1] + m[2])
	if !whose && (t.chat.review == 0 || t.readsAsFiling()) {
		return nil, false
	}
	return func(t *turn) ([]render.Message, error) {
		pending, err := t.desk().Pending()
		if err != nil {
			return nil, err
		}
		fits := t.pendingOf(pending, name)
		switch {
		case len(fits) > 0:
			return t.showPending(&fits[0], "“"+name+"”有"+strconv.Itoa(len(fits))+"项在等，这是第一项。看清再回复“"+t.verdict()+"”或“退回 理由”。")
		case whose:
			return one(render.Message{Text: "没有" + name + "的填报在等" + t.verdict() + "。"}), nil
		}
		return converse(t)
	}, true
}

// pendingOf are the filings of an office, or for items whose names hold a word.
func (t *turn) pendingOf(pending []plan.Filing, name string) []plan.Filing {
	return slices.DeleteFunc(slices.Clone(pending), func(f plan.Filing) bool {
		if f.Department == name {
			return false
		}
		s, err := t.subject(f.Plan, f.Item)
		return err != nil || !strings.Contains(s.commitment.Label+nameOf(s.match()), name)
	})
}

// verdict is the word for the person's consent.
func (t *turn) verdict() string {
	if t.signs() {
		return verdictWord(plan.Signed)
	}
	return verdictWord(plan.Accepted)
}

// reviewsOutOfPlace takes words of decisions that no card awaits.
func (t *turn) reviewsOutOfPlace(text string) (handler, bool) {
	if !t.may(plan.ActReview) && !t.may(plan.ActSign) {
		return nil, false
	}
	switch word := reviewWord(text, t.signs()); {
	case slices.Contains([]string{"全部通过", "全部签核"}, strings.TrimPrefix(word, "确认")):
		t.args = []string{"999999999"}
		return listAll, true
	case slices.Contains([]string{"通过", "退回", "下一项", "签核"}, word):
		return handleReview, true
	}
	for _, typed := range []func(string) (handler, bool){t.passAt, t.returnAt, t.sorted} {
		if run, ok := typed(text); ok {
			return run, true
		}
	}
	return nil, false
}
