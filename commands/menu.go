package commands

import (
	"duban/plan"
	"duban/render"
)

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
		{Name: "lagging", Words: []string{"滞后", "滞后清单", "哪些滞后"}, Summary: "滞后的事项", handle: handleLagging},
		{Name: "unfiled", Words: []string{"未填报", "谁没填报"}, Summary: "还没填报的事项", handle: handleUnfiled},
		{Name: "history", Words: []string{"历史", "填报记录"}, Summary: "填报记录，例：历史 实事8", handle: handleHistory},
		{Name: "chart", Words: []string{"走势图", "进展图", "图"}, Summary: "画图，例：/chart 实事，走势图 实事8", handle: handleChart},
		{Name: "digest", Words: []string{"周报", "本周周报"}, Summary: "本周周报", handle: handleDigest},
		{Name: "subscribe", Words: []string{"订阅周报", "订阅"}, Summary: "每周收周报", Act: plan.ActFollow, Writes: true, handle: handleSubscribe},
		{Name: "unsubscribe", Words: []string{"退订", "退订周报", "取消订阅"}, Summary: "不再收周报", Writes: true, handle: handleUnsubscribe},
		{Name: "bulletin", Words: []string{"季通报", "通报"}, Summary: "季通报，例：季通报 2017年三季度", Writes: true, handle: handleBulletin},
		{Name: "plans", Words: []string{"报告", "有哪些报告"}, Summary: "库里的报告", handle: handlePlans},

		{Name: "mine", Words: []string{"我的", "我的事项", "我负责的"}, Summary: "本单位的事项", Act: plan.ActFile, handle: handleMine},
		{Name: "file", Words: []string{"填报"}, Summary: "填报，例：填报 养老床位 1476", Act: plan.ActFile, Writes: true, handle: handleFile},
		{Name: "extend", Words: []string{"申请延期", "延期"}, Summary: "申请延期，例：申请延期 实事8 2018年6月30日 理由", Act: plan.ActRequest, Writes: true, handle: handleExtend},
		{Name: "review", Words: []string{"待审", "审核", "待审核", "待签核"}, Summary: "审核填报", Act: plan.ActReview, handle: handleReview},
		{Name: "sign", Words: []string{"签核"}, Summary: "签核本单位的填报", Act: plan.ActSign, handle: handleReview},
		{Name: "summary", Words: []string{"月通报", "调度通报", "月调度通报"}, Summary: "本月调度通报和表格", Act: plan.ActExport, handle: handleSummary},
		{Name: "assign", Words: []string{"分派", "未落实"}, Summary: "落实责任单位，例：分派 实事5 民政局", Act: plan.ActAssign, Writes: true, handle: handleAssign},
		{Name: "requests", Words: []string{"申请", "待批"}, Summary: "延期等申请", Act: plan.ActRequest, handle: handleRequests},
	}
}

// allActs are the buttons with verbs.
func allActs() map[string]act {
	return map[string]act{
		"file-ok":    {true, withFiling(func(t *turn, d *filingDialog) ([]render.Message, error) { return t.confirm(d) })},
		"file-no":    {true, cancelFiling},
		"file-edit":  {true, withFiling(editFiling)},
		"file-photo": {true, withFiling(awaitPhoto)},
		"file-take":  {true, withDraft(takeSuggestion)},
		"file-keep":  {true, withDraft(keepValue)},
		"file-add":   {true, withDraft(addToLast)},
		"file-fix":   {true, withDraft(correctLast)},
		"file-pick":  {true, withDraft(pickItem)},
		"file-today": {true, withDraft(dateToday)},
		"file-start": {true, startFiling},
		"file-same":  {true, fileUnchanged},

		"review-ok":   {true, acceptFiling},
		"review-all":  {true, acceptAll},
		"review-no":   {true, returnFiling},
		"review-next": {false, nextFiling},
		"mine":        {false, handleMine},
		"lagging":     {false, handleLagging},

		"card":        {false, pressCard},
		"chart":       {false, pressChart},
		"chart-item":  {false, pressChartItem},
		"digest":      {false, handleDigest},
		"subscribe":   {true, handleSubscribe},
		"unsubscribe": {true, handleUnsubscribe},
		"digest-day":  {true, chooseDay},
		"digest-hour": {true, chooseHour},

		"bulletin":         {false, openBulletin},
		"bulletin-draft":   {true, redraftBulletin},
		"bulletin-publish": {true, publishBulletin},
		"bulletin-erratum": {true, correctBulletin},

		"extend":     {true, extendItem},
		"request-ok": {true, grantRequest},
		"request-no": {true, refuseRequest},
	}
}

// allDialogs are the handlers of what is typed while a question of ours waits.
func allDialogs() map[string]handler {
	return map[string]handler{filingKind: answerFiling, returnKind: answerReturn, extendKind: answerExtend, refuseKind: answerRefuse, erratumKind: answerErratum}
}
