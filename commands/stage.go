package commands

import (
	"strings"

	"duban/plan"
)

// Words by which people say how far a task is, and words of figures that say nothing of
// what is counted.
var (
	notStartedWords = []string{"未启动", "没启动", "未开始", "没开始", "没开工", "未开工", "没动", "还没有开始", "尚未启动", "尚未开工", "没有启动"}
	finishedWords   = []string{
		"已完成", "完成了", "已经完成", "全部完成", "已建成", "建成了", "已竣工", "竣工", "已投用", "投用", "投入使用", "已招生", "已开学",
		"已通车", "通车了", "已验收", "已印发", "已出台", "已启用", "已挂牌", "已交付", "已成立", "已开业", "已开放", "办完了", "搞定", "做完了", "已落实",
	}
	ongoingWords = []string{
		"推进中", "正在", "进行中", "在建", "施工", "已开工", "开工了", "已启动", "启动了", "推进", "招标", "筹备", "办理中", "前期", "封顶", "过半", "进展顺利",
	}
	incrementWords = []string{"本月", "当月", "这个月", "这月", "本周", "这周"}
	emptyWords     = []string{
		"累计到", "累计", "累积", "共计", "合计", "总共", "一共", "总计", "目前为止", "目前", "截至", "截止", "已经", "已", "共", "完成了", "完成",
		"达到", "达", "到", "为", "是", "有", "了", "现在", "今年", "全市", "以来", "上报", "填报", "报", "进度", "本月", "当月", "这个月", "新增", "增加", "：", ":",
		"、", "个", "-", "—", "和", "其中", "，", ",", "。", "(", ")", "（", "）", "的",
	}
)

// stageOf reads how far a task is; "" where the words do not say.
func stageOf(words string) plan.Stage {
	switch {
	case hasAny(words, notStartedWords):
		return plan.NotStarted
	case hasAny(words, finishedWords) && !hasAny(words, []string{"未完成", "未建成", "没完成", "即将", "预计", "计划"}):
		return plan.Finished
	case hasAny(words, ongoingWords):
		return plan.Ongoing
	}
	return ""
}

// strip takes the words of figures away; "" is left where nothing says what is counted.
func strip(words string) string {
	for _, w := range emptyWords {
		words = strings.ReplaceAll(words, w, " ")
	}
	return strings.TrimSpace(words)
}

func hasAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
