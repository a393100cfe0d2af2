package render

import (
	"fmt"
	"strings"
	"time"

	"duban/plan"
)

// Outbox shows what waits to be delivered and what was given up, newest first. Recipients
// are chats: names are not kept with messages.
func Outbox(queue plan.Queue, letters []plan.DeadLetter, now time.Time) Message {
	var w strings.Builder
	if queue.Messages == 0 {
		w.WriteString("没有等着发的消息。\n")
	} else {
		fmt.Fprintf(&w, "等着发的消息%d条，最早的是%s存的。\n", queue.Messages, queue.Oldest.In(now.Location()).Format("1月2日 15:04"))
	}
	if len(letters) == 0 {
		w.WriteString("没有送不到的消息。")
		return Message{Text: w.String()}
	}
	fmt.Fprintf(&w, "送不到的消息%d条，最近的：\n", max(queue.Buried, len(letters)))
	for i := range letters {
		l := &letters[i]
		text := "（内容无法读取）"
		if m, err := Decode(l.Payload); err == nil {
			text, _, _ = strings.Cut(m.Text, "\n")
		}
		fmt.Fprintf(&w, "· %s 发给 %s：%s\n  原因：%s\n", l.On.In(now.Location()).Format("1月2日 15:04"), l.Recipient, Shorten(text, 40), reasonWords(l.Why))
	}
	return Message{Text: strings.TrimRight(w.String(), "\n")}
}

// reasonWords says in plain words why a message could not be delivered; what is not known
// stays in the API's own.
func reasonWords(why string) string {
	for _, known := range []struct{ part, words string }{
		{"blocked by the user", "对方停用了机器人"},
		{"user is deactivated", "对方的账号已注销"},
		{"kicked", "机器人已被移出群"},
		{"chat not found", "找不到这个对话，对方没有启用过机器人"},
		{"initiate conversation", "对方没有启用过机器人"},
		{"too long", "消息太长"},
	} {
		if strings.Contains(why, known.part) {
			return known.words
		}
	}
	return Shorten(why, 120)
}
