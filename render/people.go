package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"duban/plan"
)

// mostPeople is how many people a message lists.
const mostPeople = 40

// PersonName is what somebody is called in messages of the office.
func PersonName(p *plan.Person) string {
	if p.Name != "" {
		return p.Name
	}
	_, id, _ := strings.Cut(string(p.ID), ":")
	return "编号" + id
}

// StrangerName is what somebody is called who was never registered: at a terminal by the
// user's name.
func StrangerName(id plan.PersonID) string {
	channel, user, ok := strings.Cut(string(id), ":")
	switch {
	case !ok: // of the program itself, or forgotten
		return ""
	case channel == "terminal":
		return user
	}
	return PersonName(&plan.Person{ID: id})
}

// Invitation is what an admin passes on; link is "" where there is no Telegram bot.
func Invitation(who, link, token string, expires time.Time) Message {
	var w strings.Builder
	fmt.Fprintf(&w, "邀请登记为：%s\n只能用一次，%s前有效。请转给本人：\n", who, moment(expires))
	if link != "" {
		w.WriteString("Telegram 里点开：" + link + "\n或者在对话里发：")
	} else {
		w.WriteString("在对话里发：")
	}
	w.WriteString("/join " + token)
	return Message{Text: w.String()}
}

// moment says a time as people say it: 7月28日 09:00.
func moment(t time.Time) string { return plan.DayText(plan.DateOf(t)) + " " + t.Format("15:04") }

// ChooseRole asks which role in a department is meant.
func ChooseRole(department string) Message {
	m := Message{Text: "邀请" + department + "的谁？"}
	row := []Button{
		{Text: "填报人员", Action: DoAction("invite", "填报", department)},
		{Text: "负责人", Action: DoAction("invite", "负责人", department)},
	}
	if a, ok := ParseAction(row[1].Action); ok && a.Kind == Do {
		m.Buttons = [][]Button{row}
		return m
	}
	return Message{Text: "请写上身份，例如：邀请 " + department + " 填报"}
}

// Joined greets somebody who used an invite.
func Joined(who string, role plan.Role) Message {
	text := "登记好了：" + who + "。"
	switch role {
	case plan.Staff:
		return Message{Text: text + "\n发一句话就能填报，例如：养老床位 1476。涉密内容不要在这里填报。", Buttons: MineButton()}
	case plan.Head:
		return Message{Text: text + "\n可以填报、签核，发“人员”看本单位的人。涉密内容不要在这里填报。", Buttons: MineButton()}
	}
	return Message{Text: text + "\n发“帮助”看能做什么。"}
}

// MineButton leads to the department's items.
func MineButton() [][]Button { return [][]Button{{{Text: "我的事项", Action: DoAction("mine")}}} }

// HasJoined tells an admin who has joined.
func HasJoined(p *plan.Person, who string) Message {
	return Message{Text: PersonName(p) + "已用邀请登记为" + who + "。", Buttons: personButtons([]plan.Person{*p}, "移除", "person-remove")}
}

// personButtons makes a button for everybody whose id fits.
func personButtons(people []plan.Person, prefix, verb string, args ...string) [][]Button {
	var rows [][]Button
	for i := range people {
		action := DoAction(verb, append(slices.Clone(args), string(people[i].ID))...)
		if a, ok := ParseAction(action); !ok || a.Kind != Do {
			continue
		}
		b := Button{Text: Shorten(prefix+PersonName(&people[i]), 20), Action: action}
		if n := len(rows); n > 0 && len(rows[n-1]) < 3 {
			rows[n-1] = append(rows[n-1], b)
		} else {
			rows = append(rows, []Button{b})
		}
	}
	return rows
}

// People lists people by department with their roles; manage adds buttons to remove others
// than oneself.
func People(people []plan.Person, today plan.Date, manage bool, self plan.PersonID) Message {
	if len(people) == 0 {
		return Message{Text: "还没有登记人员。管理员发“邀请 民政局 填报”就能请人加入。"}
	}
	people = slices.Clone(people)
	slices.SortStableFunc(people, func(a, b plan.Person) int {
		return cmp.Or(cmp.Compare(a.Department, b.Department), cmp.Compare(rank(a.Role), rank(b.Role)), cmp.Compare(a.Name, b.Name))
	})
	var w strings.Builder
	fmt.Fprintf(&w, "登记人员%d人\n", len(people))
	last := "-"
	for i := range people[:min(len(people), mostPeople)] {
		p := &people[i]
		if head := cmp.Or(p.Department, "督查和管理"); head != last {
			w.WriteString(head + "\n")
			last = head
		}
		w.WriteString("· " + PersonName(p) + "（" + roleWord(p.Role) + "）" + awayText(p, people, today) + "\n")
	}
	if len(people) > mostPeople {
		fmt.Fprintf(&w, "还有%d人没有列出。", len(people)-mostPeople)
	}
	m := Message{Text: strings.TrimRight(w.String(), "\n")}
	if manage {
		others := slices.DeleteFunc(people[:min(len(people), mostPeople)], func(p plan.Person) bool { return p.ID == self })
		m.Buttons = personButtons(others, "移除", "person-remove")
	}
	return m
}

func rank(r plan.Role) int {
	return slices.Index([]plan.Role{plan.Admin, plan.Supervisor, plan.Head, plan.Staff}, r)
}

func roleWord(r plan.Role) string {
	switch r {
	case plan.Staff:
		return "填报"
	case plan.Head:
		return "负责人"
	case plan.Supervisor:
		return "督查"
	case plan.Admin:
		return "管理员"
	}
	return "公众"
}

func awayText(p *plan.Person, people []plan.Person, today plan.Date) string {
	if !p.Away(today) {
		return ""
	}
	text := LeaveText(p.Leave)
	for i := range people {
		if people[i].ID == p.Leave.Delegate {
			text += "，由" + PersonName(&people[i]) + "代理"
		}
	}
	return " " + text
}

// AskRemove asks back before somebody is removed.
func AskRemove(p *plan.Person, who string) Message {
	m := Message{Text: "移除" + PersonName(p) + "（" + who + "）？移除后只有公众的权限，填报过的数据都保留。"}
	m.Buttons = personButtons([]plan.Person{*p}, "确认移除", "person-out")
	return m
}

// ChooseStandIn confirms a leave and offers colleagues; problem stands in front.
func ChooseStandIn(problem string, leave *plan.Leave, colleagues []plan.Person) Message {
	text := problem + "已记下：" + LeaveText(leave) + "。提前回来就发“销假”。\n"
	if len(colleagues) == 0 {
		return Message{Text: text + "本单位没有别的登记人员可以代理，期间不会提醒任何人。"}
	}
	return Message{Text: text + "由谁代理？不选的话，期间不会提醒任何人。", Buttons: personButtons(colleagues[:min(len(colleagues), 9)], "", "leave-by")}
}

// KeptStandIn confirms a leave in which the same colleague goes on standing in.
func KeptStandIn(problem string, leave *plan.Leave, colleague *plan.Person, colleagues []plan.Person) Message {
	return Message{
		Text:    problem + "已记下：" + LeaveText(leave) + "，仍由" + PersonName(colleague) + "代理。换人就点下面的按钮；提前回来就发“销假”。",
		Buttons: personButtons(colleagues[:min(len(colleagues), 9)], "", "leave-by"),
	}
}

// LeaveText says a leave: 请假到8月9日, 8月5日—8月9日请假.
func LeaveText(l *plan.Leave) string {
	if l.From.IsZero() {
		return "请假到" + plan.DayText(l.Until)
	}
	return plan.DayText(l.From) + "—" + plan.DayText(l.Until) + "请假"
}

// Me is what somebody is told of themselves.
type Me struct {
	Role      string
	ID        plan.PersonID
	Joined    plan.Date
	Leave     *plan.Leave
	Following int
	Staff     bool
}

// Whoami says who somebody is here.
func Whoami(me Me) Message {
	lines := []string{"你的身份：" + me.Role}
	if !me.Joined.IsZero() {
		lines = append(lines, "登记于"+fullDay(me.Joined))
	}
	if me.Leave != nil {
		lines = append(lines, LeaveText(me.Leave)+"，回来了发“销假”")
	}
	if me.Following > 0 {
		lines = append(lines, fmt.Sprintf("关注%d项，发“我的关注”查看", me.Following))
	}
	lines = append(lines, "编号："+string(me.ID))
	if !me.Staff {
		lines = append(lines, "工作人员请向管理员要邀请链接登记。")
	}
	return Message{Text: strings.Join(lines, "\n")}
}

// AskForget asks back before somebody is forgotten.
func AskForget(staff bool) Message {
	text := "要删除这里存的你的姓名、关注和反馈内容吗？删了就找不回来。"
	if staff {
		text += "\n填报过的数据留在单位名下，不再带你的名字；你的工作人员身份也会取消。"
	}
	return Message{Text: text, Buttons: [][]Button{{{Text: "确认删除", Action: DoAction("forget-ok")}, {Text: "不删", Action: DoAction("forget-no")}}}}
}
