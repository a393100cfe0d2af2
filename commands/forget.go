package commands

import (
	"strings"

	"duban/plan"
	"duban/render"
)

// forgetKind names the dialog that asks back before somebody is forgotten.
const forgetKind = "forget"

// handleForget asks back; what it takes away does not come back.
func handleForget(t *turn) ([]render.Message, error) {
	return one(render.AskForget(t.actor.Role != plan.Public)), t.await(forgetKind, true)
}

// answerForget takes the answer.
func answerForget(t *turn) ([]render.Message, error) {
	switch strings.Trim(t.text, "。！!， ") {
	case "是", "确认", "确认删除", "确定", "好", "对":
		return forgetMe(t)
	}
	if err := t.settle(); err != nil {
		return nil, err
	}
	if t.text == "取消" || t.text == "不删" || t.text == "不" || t.text == "否" {
		return keepMe(t)
	}
	return converse(t)
}

// keepMe is the button 不删.
func keepMe(t *turn) ([]render.Message, error) {
	return one(render.Message{Text: "好，什么都没有删。"}), t.settle()
}

// forgetMe removes what is kept of the person.
func forgetMe(t *turn) ([]render.Message, error) {
	var asked bool
	if !t.recall(forgetKind, &asked) {
		return one(render.Message{Text: "这次询问已经处理过或已过期。要删除就再发“忘记我”。"}), nil
	}
	if err := t.settle(); err != nil {
		return nil, err
	}
	if err := t.desk().Forget(t.actor.ID); err != nil {
		return nil, err
	}
	if tidy := t.request.Tidy; tidy != nil {
		t.after = append(t.after, func() ([]render.Message, error) { tidy(); return nil, nil })
	}
	t.chat.answer, t.chat.plan, t.chat.entries = nil, nil, nil
	text := "已删除你的姓名、关注和反馈内容。"
	if t.person != nil && !t.person.Removed && t.person.Role != plan.Public {
		text += "填报过的数据留在单位名下，不再带你的名字；你的工作人员身份也取消了。"
	}
	return one(render.Message{Text: text}), nil
}
