package render

import (
	"fmt"
	"strconv"
	"strings"

	"duban/plan"
)

// CitizenRow is the row of buttons that every commitment has for the public: 关注 (取消关注
// where it is followed) and 反馈.
func CitizenRow(p *plan.Plan, c *plan.Commitment, followed bool) []Button {
	id, key := strconv.Itoa(int(c.ID)), string(p.Key())
	if followed {
		return []Button{{Text: "取消关注", Action: DoAction("unfollow", id, key)}, {Text: "反馈", Action: DoAction("feedback", id, key)}}
	}
	return []Button{{Text: "关注", Action: DoAction("follow", id, key)}, {Text: "反馈", Action: DoAction("feedback", id, key)}}
}

// mostFollowed is how many entries a list of subscriptions shows.
const mostFollowed = 20

// AsFollowed turns the button 关注 of a commitment into 取消关注.
func AsFollowed(m Message, p *plan.Plan, c *plan.Commitment) Message {
	from, to := CitizenRow(p, c, false)[0], CitizenRow(p, c, true)[0]
	for _, row := range m.Buttons {
		for i := range row {
			if row[i] == from {
				row[i] = to
			}
		}
	}
	return m
}

// NameOf names a commitment: 实事5 扶老救困.
func NameOf(c *plan.Commitment) string { return name(&c.Segment) }

// Followed confirms a subscription.
func Followed(what string, s plan.Subscription) Message {
	return Message{
		Text:    "已关注" + what + "。有新进展会发给你。",
		Buttons: [][]Button{{unfollowButton("取消关注", s), {Text: "我的关注", Action: DoAction("following")}}},
	}
}

func unfollowButton(text string, s plan.Subscription) Button {
	return Button{Text: text, Action: DoAction("unfollow", strconv.Itoa(int(s.Item)), string(s.Plan), string(s.Prefix))}
}

// SubscriptionName says what a subscription of a plan is about.
func SubscriptionName(p *plan.Plan, s plan.Subscription) string {
	if c := p.ByID(s.Item); c != nil {
		return name(&c.Segment)
	}
	if s.Prefix == "" {
		return Heading(p) + "的全部事项"
	}
	for _, c := range Chapters(p) {
		if c.Code == s.Prefix {
			return "“" + c.Title + "”这一章"
		}
	}
	return string(s.Prefix)
}

// Following lists what somebody follows, each with a button that ends it.
func Following(list []plan.Subscription, plans []*plan.Plan) Message {
	if len(list) == 0 {
		return Message{Text: "你还没有关注什么。例如发：关注 实事8，有新进展就会告诉你。"}
	}
	lines := []string{fmt.Sprintf("你关注了%d项：", len(list))}
	m := Message{}
	for i, s := range list[:min(len(list), mostFollowed)] {
		what := string(s.Plan)
		for _, p := range plans {
			if p.Key() == s.Plan {
				what = SubscriptionName(p, s)
				if len(plans) > 1 && (s.Item != 0 || s.Prefix != "") {
					what += fmt.Sprintf("（%d年）", p.Year)
				}
			}
		}
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, what))
		b := unfollowButton("取消"+strconv.Itoa(i+1), s)
		if n := len(m.Buttons); n > 0 && len(m.Buttons[n-1]) < 4 {
			m.Buttons[n-1] = append(m.Buttons[n-1], b)
		} else {
			m.Buttons = append(m.Buttons, []Button{b})
		}
	}
	if len(list) > mostFollowed {
		lines = append(lines, fmt.Sprintf("还有%d项没有列出。", len(list)-mostFollowed))
	}
	m.Text = strings.Join(lines, "\n")
	return m
}
