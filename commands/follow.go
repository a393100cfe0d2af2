package commands

import (
	"regexp"
	"strconv"
	"strings"

	"duban/plan"
	"duban/render"
)

// allWords follow the whole plan.
var allWords = map[string]bool{"全部": true, "所有": true, "全市": true, "整个报告": true}

// handleFollow takes 关注 实事8, 关注 第三章, 关注 全部.
func handleFollow(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	s, what, ok := t.subscription(p, t.words)
	if !ok {
		return one(render.Message{Text: "请写明关注什么，例如：关注 实事8；关注 第三章（目录里的第三章）；关注 全部"}), nil
	}
	return t.follow(s, what)
}

// followPattern follows what it names without a blank: 关注农村公路, 不再关注养老床位.
var followPattern = regexp.MustCompile(`^(?:我)?(?:想|要|想要)?(?:请|帮我)?(取消关注|不再关注|不关注|关注)(?:一下)?[：: ]*(\S{2,12}?)(?:的)?(?:进展|进度|情况)?(?:吧|了)?[。！!]*$`)

// followsNamed takes such words where they name one commitment, and ask nothing.
func (t *turn) followsNamed() (run handler, words string, ok bool) {
	if !strings.Contains(t.text, "关注") {
		return nil, "", false
	}
	m, p := followPattern.FindStringSubmatch(t.text), t.current()
	if m == nil || p == nil || asks(t.text) || !t.may(plan.ActFollow) {
		return nil, "", false
	}
	a := t.library.Engine(string(p.Key())).AskOnly(m[2])
	if !a.Answered || a.Unsure || a.Slight || len(a.Items) != 1 || a.Items[0].Commitment == nil {
		return nil, "", false
	}
	if m[1] == "关注" {
		return handleFollow, m[2], true
	}
	return handleUnfollow, m[2], true
}

// subscription reads what is to be followed; words name a commitment, a chapter, or all.
func (t *turn) subscription(p *plan.Plan, words string) (s plan.Subscription, what string, ok bool) {
	s = plan.Subscription{Plan: p.Key()}
	if allWords[words] {
		return s, render.Heading(p) + "的全部事项", true
	}
	if chapter := chapterOf(p, words); chapter != nil {
		s.Prefix = chapter.Code
		return s, "“" + chapter.Title + "”这一章", true
	}
	if c := t.named(p, words); c != nil {
		s.Item = c.ID
		return s, render.NameOf(c), true
	}
	return s, "", false
}

// chapterOf finds a chapter by its place in the list of contents (第三章), its code (3.6) or
// words of its title behind which stands 章.
func chapterOf(p *plan.Plan, words string) *render.Chapter {
	chapters := render.Chapters(p)
	if name, ok := strings.CutSuffix(words, "章"); ok {
		if n := chapterNumber(strings.TrimPrefix(name, "第")); n >= 1 && n <= len(chapters) {
			return &chapters[n-1]
		}
		words = name
	} else if plan.Code(words).Levels() == nil || p.Commitment(plan.Code(words)) != nil {
		return nil
	}
	for i := range chapters {
		if words != "" && (chapters[i].Code == plan.Code(words) || strings.Contains(chapters[i].Title, words)) {
			return &chapters[i]
		}
	}
	return nil
}

// chapterNumber reads 3, 三, 十三; 0 where there is none.
func chapterNumber(text string) int {
	if n := number(text); n > 0 {
		return n
	}
	n := 0
	for _, r := range text {
		i := strings.IndexRune("一二三四五六七八九", r)
		switch {
		case r == '十':
			n = max(n, 1) * 10
		case i >= 0:
			n += i/len("一") + 1
		default:
			return 0
		}
	}
	return n
}

func (t *turn) follow(s plan.Subscription, what string) ([]render.Message, error) {
	s.Chat = t.request.Chat
	if err := t.desk().Follow(s); err != nil {
		return nil, err
	}
	return one(render.Followed(what, s)), nil
}

// followItem is the button 关注 of a commitment, or of a plan where its id is 0.
func followItem(t *turn) ([]render.Message, error) {
	p, c := t.followed()
	switch {
	case p == nil:
		return stale(t)
	case t.arg(0) == "0":
		return t.follow(plan.Subscription{Plan: p.Key()}, render.Heading(p)+"的全部事项")
	case c == nil:
		return stale(t)
	}
	return t.follow(plan.Subscription{Plan: p.Key(), Item: c.ID}, render.NameOf(c))
}

// followed finds the plan and the commitment of a button; the plan that the button names,
// else the one of the conversation. Both are nil where the plan is gone.
func (t *turn) followed() (*plan.Plan, *plan.Commitment) {
	p := t.current()
	if key := t.arg(1); key != "" {
		e := t.library.Engine(key)
		if e == nil || string(e.Plan().Key()) != key {
			return nil, nil
		}
		p = e.Plan()
	}
	if p == nil {
		return nil, nil
	}
	return p, p.ByID(plan.ID(number(t.arg(0))))
}

// handleUnfollow takes 取消关注 实事8, or the number of 我的关注; alone it shows what is
// followed.
func handleUnfollow(t *turn) ([]render.Message, error) {
	p := t.current()
	switch {
	case p == nil:
		return one(noPlan), nil
	case t.words == "":
		return handleFollowing(t)
	}
	list, err := t.desk().Following()
	if err != nil {
		return nil, err
	}
	switch n := ordinalOf(strings.TrimRight(t.words, "项条个")); {
	case n < 1 || strings.HasSuffix(t.words, "章"):
	case n <= len(list):
		return t.unfollow(list[n-1], t.subscriptionName(list[n-1]))
	default:
		return one(render.Message{Text: "我的关注里没有第" + strconv.Itoa(n) + "项。发“我的关注”看序号，或写明是什么，例如：取消关注 实事8"}), nil
	}
	s, what, ok := t.subscription(p, t.words)
	if !ok {
		return one(render.Message{Text: "没有认出“" + t.words + "”。发“我的关注”看关注了什么。"}), nil
	}
	return t.unfollow(s, what)
}

// unfollow takes a subscription away; all of the plan takes the others with it.
func (t *turn) unfollow(s plan.Subscription, what string) ([]render.Message, error) {
	before, err := t.desk().Following()
	if err != nil {
		return nil, err
	}
	if err := t.desk().Unfollow(s); err != nil {
		return nil, err
	}
	after, err := t.desk().Following()
	if err != nil {
		return nil, err
	}
	if len(after) == len(before) {
		return one(render.Message{Text: "本来没有单独关注" + what + "。" + t.coveredBy(s, after)}), nil
	}
	return one(render.Message{Text: "已取消关注" + what + "。" + t.coveredBy(s, after)}), nil
}

// coveredBy says what else a commitment is followed by.
func (t *turn) coveredBy(s plan.Subscription, list []plan.Subscription) string {
	e := t.library.Engine(string(s.Plan))
	if s.Item == 0 || e == nil || e.Plan().ByID(s.Item) == nil {
		return ""
	}
	for i := range list {
		if list[i].Covers(s.Plan, e.Plan().ByID(s.Item)) {
			return "它还在你关注的" + render.SubscriptionName(e.Plan(), list[i]) + "里；都不要就发“取消关注 全部”。"
		}
	}
	return ""
}

// unfollowItem is the button 取消关注.
func unfollowItem(t *turn) ([]render.Message, error) {
	p, c := t.followed()
	if t.arg(1) == "" { // of a piece of news
		p, c = t.subscribed(plan.ID(number(t.arg(0))))
	}
	if p == nil {
		return stale(t)
	}
	s := plan.Subscription{Plan: p.Key(), Prefix: plan.Code(t.arg(2))}
	switch {
	case c != nil:
		s.Item = c.ID
		return t.unfollow(s, render.NameOf(c))
	case s.Prefix != "":
		return t.unfollow(s, render.SubscriptionName(p, s))
	}
	return t.unfollow(s, render.Heading(p)+"的全部事项")
}

// subscribed finds the plan in which the person follows a commitment; the plan of the
// conversation where that is none.
func (t *turn) subscribed(item plan.ID) (*plan.Plan, *plan.Commitment) {
	list, err := t.desk().Following()
	for _, p := range t.library.Plans() {
		for i := range list {
			if err == nil && list[i].Item == item && list[i].Plan == p.Key() {
				return p, p.ByID(item)
			}
		}
	}
	return t.followed()
}

// handleFollowing lists what the person follows.
func handleFollowing(t *turn) ([]render.Message, error) {
	list, err := t.desk().Following()
	if err != nil {
		return nil, err
	}
	t.show(t.current(), nil)
	for i := range list {
		t.chat.entries = append(t.chat.entries, t.subscriptionPage(list[i]))
	}
	return one(render.Following(list, t.library.Plans())), nil
}

// subscriptionName says what a subscription is about.
func (t *turn) subscriptionName(s plan.Subscription) string {
	if e := t.library.Engine(string(s.Plan)); e != nil && e.Plan().Key() == s.Plan {
		return render.SubscriptionName(e.Plan(), s)
	}
	return string(s.Plan)
}

// subscriptionPage is the page of what is followed.
func (t *turn) subscriptionPage(s plan.Subscription) string {
	if e := t.library.Engine(string(s.Plan)); e != nil {
		if c := e.Plan().ByID(s.Item); c != nil {
			return render.ItemAction(c.Code)
		}
	}
	return render.ListAction(s.Prefix, 0)
}

// follows reports whether the person follows just this commitment.
func (t *turn) follows(key plan.Key, c *plan.Commitment) bool {
	if t.tx == nil {
		return false
	}
	list, err := t.desk().Following()
	if err != nil {
		return false
	}
	for i := range list {
		if list[i].Plan == key && list[i].Item == c.ID {
			return true
		}
	}
	return false
}
