package commands

import (
	"slices"
	"strings"

	"duban/plan"
	"duban/render"
)

// handlePeople lists people by department: heads see their own.
func handlePeople(t *turn) ([]render.Message, error) {
	people, err := t.people()
	if err != nil {
		return nil, err
	}
	return one(render.People(people, t.today(), t.may(plan.ActManage), t.actor.ID)), nil
}

// people are those whom the person may see and who have not been removed.
func (t *turn) people() ([]plan.Person, error) {
	people, err := t.desk().People()
	return slices.DeleteFunc(people, func(p plan.Person) bool { return p.Removed }), err
}

// everybody is all people, for looking a name up; the list is not shown.
func (t *turn) everybody() ([]plan.Person, error) {
	people, err := t.tx.As(plan.System, t.request.Now).People()
	return slices.DeleteFunc(people, func(p plan.Person) bool { return p.Removed }), err
}

// colleagues are the others of the same department, of supervisors the other supervisors.
func (t *turn) colleagues() ([]plan.Person, error) {
	people, err := t.everybody()
	return slices.DeleteFunc(people, func(p plan.Person) bool {
		if p.ID == t.actor.ID {
			return true
		}
		if t.actor.Department != "" {
			return p.Department != t.actor.Department
		}
		return p.Role != t.actor.Role
	}), err
}

// calledBy returns the people whom a word names: by name or by id.
func calledBy(people []plan.Person, word string) []plan.Person {
	var found []plan.Person
	for _, p := range people {
		if word != "" && (p.Name == word || string(p.ID) == word || strings.HasSuffix(string(p.ID), ":"+word)) {
			found = append(found, p)
		}
	}
	return found
}

// handleRemove takes 移除 NAME; the removal is asked back.
func handleRemove(t *turn) ([]render.Message, error) {
	if err := plan.May(t.actor, plan.ActManage, nil); err != nil {
		return nil, err
	}
	people, err := t.people()
	if err != nil {
		return nil, err
	}
	if t.words == "" {
		return one(render.People(people, t.today(), true, t.actor.ID)), nil
	}
	switch found := calledBy(people, t.words); len(found) {
	case 0:
		return one(render.Message{Text: "没有登记过“" + t.words + "”。发“人员”看有谁。"}), nil
	case 1:
		return t.askRemove(&found[0])
	default:
		return one(render.People(found, t.today(), true, t.actor.ID)), nil
	}
}

// removePerson is the button of somebody in the list.
func removePerson(t *turn) ([]render.Message, error) {
	if err := plan.May(t.actor, plan.ActManage, nil); err != nil {
		return nil, err
	}
	p, err := t.desk().Person(t.personArg(0))
	if err != nil {
		return nil, err
	}
	return t.askRemove(p)
}

func (t *turn) askRemove(p *plan.Person) ([]render.Message, error) {
	if why := t.keeps(p); why != "" {
		return one(render.Message{Text: why}), nil
	}
	return one(render.AskRemove(p, roleText(p.Actor()))), nil
}

// keeps says why somebody cannot be removed here.
func (t *turn) keeps(p *plan.Person) string {
	switch {
	case p.ID == t.actor.ID:
		return "不能移除自己。请另一位管理员来办。"
	case slices.Contains(t.router.options.Admins, p.ID):
		return "这位管理员写在配置里，请先从配置里去掉。"
	case p.Removed:
		return "这个人已经移除过了。"
	}
	return ""
}

// confirmRemove removes somebody, who acts as the public at once.
func confirmRemove(t *turn) ([]render.Message, error) {
	p, err := t.desk().Person(t.personArg(0))
	if err != nil {
		return nil, err
	}
	if why := t.keeps(p); why != "" {
		return one(render.Message{Text: why}), nil
	}
	who := render.PersonName(p) + "（" + roleText(p.Actor()) + "）"
	p.Removed = true
	if err := t.desk().PutPerson(*p); err != nil {
		return nil, err
	}
	if err := t.tx.SetDialog(plan.Dialog{Chat: p.Chat}); err != nil {
		return nil, err
	}
	m := render.Message{Text: "管理员已取消你的工作人员身份。你仍可以提问、关注和反馈；要恢复请向管理员要邀请链接。"}
	if err := t.notify("removed:"+string(p.ID)+":"+stamp(t.request.Now), p.Chat, m); err != nil {
		return nil, err
	}
	return one(render.Message{Text: "已移除" + who + "，立即生效；填报过的数据都保留。"}), nil
}

// personArg is the argument of a button from the i-th on: ids hold colons.
func (t *turn) personArg(i int) plan.PersonID {
	return plan.PersonID(strings.Join(t.args[min(i, len(t.args)):], ":"))
}
