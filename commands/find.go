package commands

import (
	"strings"

	"duban/render"
)

// mostFound is how many commitments a search shows.
const mostFound = 24

func handleFind(_ *Router, t *turn) ([]render.Message, error) {
	p := t.current()
	switch {
	case p == nil:
		return []render.Message{noPlan}, nil
	case t.words == "":
		return []render.Message{{Text: "请带上要查的词，例如：查 停车位"}}, nil
	}
	members := t.library.Engine(string(p.Key())).Find(t.words, mostFound)
	if len(members) == 0 {
		return []render.Message{{Text: "报告里没有查到“" + t.words + "”。换个词试试，或发“目录”。"}}, nil
	}
	t.show(p, members)
	m := render.List(p, "查“"+t.words+"”", members[:min(len(members), 8)], "", 0)
	return []render.Message{m}, nil
}

func handleStatus(_ *Router, t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return []render.Message{noPlan}, nil
	}
	return []render.Message{render.Status(p)}, nil
}

func handlePlans(_ *Router, t *turn) ([]render.Message, error) {
	return []render.Message{render.Plans(t.library.Plans())}, nil
}

func handleStart(_ *Router, t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return []render.Message{noPlan}, nil
	}
	t.chat.answer, t.chat.plan, t.chat.entries = nil, nil, nil
	return []render.Message{render.Start(p)}, nil
}

func handleHelp(r *Router, _ *turn) ([]render.Message, error) {
	lines := []string{"直接提问就行，例如：", "  今年要修多少农村公路？", "  第五件实事是什么", "  去年养老床位完成多少，今年目标多少", "也可以发："}
	for _, c := range r.commands {
		words := ""
		if len(c.Words) > 0 {
			words = "（" + c.Words[0] + "）"
		}
		lines = append(lines, "  /"+c.Name+words+" "+c.Summary)
	}
	return []render.Message{{Text: strings.Join(lines, "\n")}}, nil
}

// allCommands is the one list that menu, help and dispatch come from.
func allCommands() []Command {
	return []Command{
		{Name: "start", Words: []string{"开始"}, Summary: "从头开始", handle: handleStart},
		{Name: "help", Words: []string{"帮助", "怎么用", "？", "?"}, Summary: "怎么用", handle: handleHelp},
		{Name: "list", Words: []string{"目录", "章节"}, Summary: "各章承诺，例：目录 民生", handle: handleList},
		{Name: "shishi", Words: []string{"十件实事", "民生实事", "实事"}, Summary: "民生实事", handle: handleDeeds},
		{Name: "item", Words: []string{"编号", "详情"}, Summary: "看一条，例：/item 实事5", handle: handleItem},
		{Name: "find", Words: []string{"查", "查找", "搜索"}, Summary: "按词查，例：查 停车位", handle: handleFind},
		{Name: "status", Words: []string{"状态", "进展", "总览"}, Summary: "总体情况", handle: handleStatus},
		{Name: "plans", Words: []string{"报告", "有哪些报告"}, Summary: "库里的报告", handle: handlePlans},
	}
}
