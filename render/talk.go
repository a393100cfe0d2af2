package render

import "duban/ask"

// talk answers what is no question to the report.
func talk(a ask.Answer) Message {
	contents := [][]Button{{{Text: "目录", Action: ListAction("", 0)}}}
	switch a.Title {
	case ask.TalkThanks:
		return Message{Text: "不客气。还想知道什么，直接问。"}
	case ask.TalkGoodbye:
		return Message{Text: "再见。想起什么随时来问。"}
	case ask.TalkWho:
		return Message{Text: "我是督办，专门回答政府工作报告里的承诺和进展。我只说报告写了的和部门填报了的，不知道的会直说。", Buttons: contents}
	case ask.TalkPraise:
		return Message{Text: "好的。还想知道什么，直接问。"}
	case ask.TalkBlame:
		return Message{Text: "没答好，抱歉。可以换个说法再问，或者发“目录”自己翻；没答上来的问题会记下来给督查人员看。", Buttons: contents}
	}
	return Message{
		Text: "您好！可以直接问，比如：\n" +
			"· 今年要新增多少张养老床位？\n" +
			"· 十件实事有哪些\n" +
			"· 农村公路去年修了多少，今年修多少\n" +
			"· 哪些滞后、谁没填报\n" +
			"也可以发：目录、帮助。",
		Buttons: contents,
	}
}
