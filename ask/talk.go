package ask

import "strings"

// Kinds of small talk, as Answer.Title says them.
const (
	TalkHello   = "hello"
	TalkThanks  = "thanks"
	TalkGoodbye = "goodbye"
	TalkWho     = "who"
	TalkPraise  = "praise"
	TalkBlame   = "blame"
)

// talk lists what people say beside questions; the longest words first inside a kind.
var talk = []struct {
	kind string
	cues []string
}{
	{TalkHello, []string{"你好", "您好", "大家好", "早上好", "上午好", "中午好", "下午好", "晚上好", "早安", "在吗", "在不在", "有人吗", "哈喽", "嗨", "喂", "hello", "hi"}},
	{TalkWho, []string{"你是谁", "你叫什么名字", "你叫什么", "你叫啥", "你是什么", "你是干什么的", "你是干啥的", "你是机器人吗", "你是真人吗", "你是人吗", "介绍一下你自己", "介绍一下自己", "你几岁", "你多大了"}},
	{TalkThanks, []string{"谢谢", "多谢", "感谢", "谢了", "辛苦了", "辛苦", "麻烦你了", "thanks", "thank you", "thx"}},
	{TalkGoodbye, []string{"再见", "拜拜", "回见", "下次再问", "没有了", "没事了", "没了", "不问了", "bye", "晚安"}},
	{TalkPraise, []string{"真棒", "太好了", "厉害", "真不错", "不错", "好的", "好吧", "知道了", "明白了", "明白", "收到", "懂了", "可以", "嗯嗯", "哦哦", "ok", "赞", "好"}},
	{TalkBlame, []string{"答非所问", "不对", "答错了", "说错了", "没用", "真笨", "笨蛋", "胡说", "垃圾", "骗人", "什么玩意"}},
}

var helpCues = []string{"你能做什么", "你能干什么", "你能干啥", "你会什么", "你会干啥", "能问什么", "能问啥", "可以问什么", "怎么用", "咋用", "怎么问", "咋问", "使用说明", "帮助", "help", "功能"}

// smallTalk recognises what is said beside questions, with nothing else in it.
func (e *Engine) smallTalk(q *question, a *Answer) bool {
	if q.deeds || q.ordinal != 0 || q.subject != "" {
		return false
	}
	if containsAny(q.text, helpCues) && len([]rune(q.text)) <= 10 {
		a.Intent, a.Answered, a.Score = IntentHelp, true, 1
		return true
	}
	for _, t := range talk {
		rest := q.text
		for _, cue := range t.cues {
			rest = strings.ReplaceAll(rest, cue, "")
		}
		if rest != q.text && len([]rune(strings.Trim(rest, " 啊呀吗呢了吧哈的您你大家们同志老师小督办"))) == 0 {
			a.Intent, a.Answered, a.Score, a.Title = IntentTalk, true, 1, t.kind
			return true
		}
	}
	return false
}
