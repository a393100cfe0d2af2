package render

import (
	"fmt"
	"strconv"
	"time"

	"duban/plan"
)

// ReaderOf says what a subscriber's digest is about: staff and heads see their department
// first, supervisors and admins everything, the public what they follow. person is nil for
// strangers; a group or a channel reads about everything, whoever subscribed it.
func ReaderOf(s *plan.DigestSubscription, person *plan.Person, follows []plan.Subscription) Reader {
	private := s.Chat == string(s.Person) || person != nil && s.Chat == person.Chat
	role, department := plan.Public, ""
	if person != nil {
		actor := person.Actor()
		role, department = actor.Role, actor.Department
	}
	switch {
	case !private || s.Scope == plan.ScopeAll:
		return Reader{}
	case s.Scope == plan.ScopeFollows || role == plan.Public:
		return Reader{Follows: follows}
	case role == plan.Staff || role == plan.Head:
		return Reader{Department: department}
	}
	return Reader{}
}

// dayNames are from Sunday, as time.Weekday counts.
var dayNames = [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}

// dayName names a day of the week.
func dayName(d time.Weekday) string { return dayNames[d%7] }

// digestHours are offered; others are in the quiet hours or seldom wanted.
var digestHours = [...]int{8, 9, 12, 18, 20}

// Subscribed confirms a subscription; its buttons change day and hour and end it.
func Subscribed(s *plan.DigestSubscription) Message {
	m := Message{Text: fmt.Sprintf("已订阅督办周报：每%s%d点发到这里，遇节假日顺延到第一个工作日。\n换时间点下面的按钮；退订点“退订”。", dayName(s.Day), s.Hour)}
	var days, hours []Button
	for _, d := range []time.Weekday{1, 2, 3, 4, 5} {
		days = append(days, chosen(dayName(d), d == s.Day, DoAction("digest-day", strconv.Itoa(int(d)))))
	}
	for _, h := range digestHours {
		hours = append(hours, chosen(strconv.Itoa(h)+"点", h == s.Hour, DoAction("digest-hour", strconv.Itoa(h))))
	}
	m.Buttons = [][]Button{days, hours, {{Text: "看本周周报", Action: DoAction("digest")}, {Text: "退订", Action: DoAction("unsubscribe")}}}
	return m
}

// chosen marks the button of what is set.
func chosen(text string, set bool, action string) Button {
	if set {
		text = "✓" + text
	}
	return Button{Text: text, Action: action}
}

// Unsubscribed confirms that no digest comes any more.
func Unsubscribed() Message {
	return Message{Text: "已退订督办周报，不会再发。", Buttons: [][]Button{{{Text: "重新订阅", Action: DoAction("subscribe")}}}}
}
