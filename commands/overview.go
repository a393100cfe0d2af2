package commands

import (
	"regexp"
	"strings"
)

// Questions about the plan as a whole, which commands answer.
var (
	overviewWords = regexp.MustCompile(`^(?:现在|目前|今年|全市|全年|当前|眼下)*(?:的)?(?:总体|整体|总的|全局|全部|各项|所有)(?:的)?(?:工作|任务|事项|指标|承诺|目标)?(?:的)?(?:(?:进展|进度|情况|完成情况|落实情况|推进情况|形势|状况)(?:如何|怎么样|怎样|咋样|是什么|到哪了)?|(?:完成|落实|推进)得?(?:如何|怎么样|怎样|咋样))(?:了|呢)?$`)
	plainWords    = regexp.MustCompile(`^(?:现在|目前|今年|全市|当前)*(?:的)?(?:进度|进展|完成情况|进展情况|完成进度|落实情况)(?:如何|怎么样|怎样|咋样)?(?:了|呢)?$`)
	deedsWords    = regexp.MustCompile(`^(?:现在|目前|今年)*(?:的)?(?:十件|10件)?(?:民生)?实事(?:的)?(?:总体|整体)?(?:(?:进展|进度|情况|完成情况|落实情况)(?:如何|怎么样|怎样|咋样|到哪了)?|(?:完成|办|落实|推进)得?(?:如何|怎么样|怎样|咋样))(?:了|呢)?$`)
	rankingWords  = regexp.MustCompile(`^(?:现在|目前|今年|全市)*(?:的)?(?:事项|任务|指标)?(?:的)?(?:完成率|进度|进展|完成进度)(?:的)?(?:排名|排行|排行榜|名次|排序|排一下|从低到高)(?:情况|如何|怎么样)?$`)
	officesRanked = regexp.MustCompile(`^(?:现在|目前|今年|全市)*(?:的)?(?:各)?(?:单位|部门|责任单位|牵头单位|局)(?:的)?(?:完成率|进度|完成)?(?:的)?(?:排名|排行|排行榜|名次)(?:情况|如何|怎么样)?$`)
	progressTail  = regexp.MustCompile(`^\S{2,14}(?:进展|进度)$`)
)

// overviewCues stand in all of them.
var overviewCues = []string{"进展", "进度", "情况", "完成", "落实", "推进", "形势", "状况", "排", "名次", "办"}

// wholePlan finds the command that answers a question about everything; the progress of one
// thing is asked for in full.
func (t *turn) wholePlan() (run handler, ok bool) {
	if !hasAny(t.text, overviewCues) {
		return nil, false
	}
	switch text := strings.Trim(strings.ReplaceAll(t.text, " ", ""), "？?。！!"); {
	case overviewWords.MatchString(text):
		return handleStatus, true
	case t.chat.answer == nil && plainWords.MatchString(text): // else of what was spoken of
		return handleStatus, true
	case deedsWords.MatchString(text):
		return handleDeeds, true
	case rankingWords.MatchString(text):
		return handleLowest, true
	case officesRanked.MatchString(text):
		return handleBulletin, true
	case progressTail.MatchString(text):
		t.text = text + "如何"
	}
	return nil, false
}
