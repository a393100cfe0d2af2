package commands

import (
	"slices"
	"strings"

	"duban/plan"
	"duban/render"
)

// Groups of the help, in its order.
const (
	groupAsk    = "查询"
	groupPublic = "市民"
	groupFile   = "填报"
	groupReview = "督查"
	groupManage = "管理"
)

// handleHelp lists the commands for the person: those of their own work line by line, the
// others by their names. 帮助 督查 shows one group.
func handleHelp(t *turn) ([]render.Message, error) {
	open := openGroups(t.actor.Role)
	groups := []string{groupAsk, groupPublic, groupFile, groupReview, groupManage}
	if slices.Contains(groups, t.words) {
		open, groups = []string{t.words}, []string{t.words}
	}
	lines := []string{"直接提问就行，例如：今年要修多少农村公路？"}
	for _, g := range groups {
		lines = append(lines, t.helpLines(g, slices.Contains(open, g))...)
	}
	if len(groups) > 1 && t.actor.Role != plan.Public {
		lines = append(lines, "发“帮助 查询”这样的词，看一组的详细用法。")
	}
	return one(render.Message{Text: strings.Join(lines, "\n")}), nil
}

// openGroups are the groups that a role sees line by line.
func openGroups(r plan.Role) []string {
	switch r {
	case plan.Staff, plan.Head:
		return []string{groupFile}
	case plan.Supervisor:
		return []string{groupReview}
	case plan.Admin:
		return []string{groupManage}
	}
	return []string{groupAsk, groupPublic}
}

// helpLines are the commands of a group that the person may use.
func (t *turn) helpLines(group string, open bool) []string {
	var lines, names []string
	for _, c := range t.menu() {
		if c.Group != group {
			continue
		}
		lines = append(lines, "  /"+c.Name+"（"+c.Words[0]+"） "+c.Summary)
		names = append(names, c.Words[0])
	}
	switch {
	case len(lines) == 0:
		return nil
	case open:
		return append([]string{"【" + group + "】"}, lines...)
	}
	return []string{"【" + group + "】" + strings.Join(names, "、")}
}

// unknown lists the commands to who sent one that is none.
func unknown(t *turn) render.Message {
	names := []string{}
	for _, c := range t.menu() {
		names = append(names, "/"+c.Name)
	}
	first, _, _ := strings.Cut(t.text, " ")
	return render.Message{Text: "没有 " + first + " 这个命令。可以用：" + strings.Join(names, " ")}
}
