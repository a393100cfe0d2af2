package commands

import "duban/plan"

// allCommands is the one list that menu, help and dispatch come from.
func allCommands() []Command { return append(openCommands(), staffCommands()...) }

// openCommands are everybody's.
func openCommands() []Command {
	return []Command{
		{Name: "start", Words: []string{"开始"}, Summary: "从头开始", handle: handleStart},
		{Name: "help", Words: []string{"帮助", "怎么用", "？", "?"}, Summary: "怎么用", handle: handleHelp},
		{Name: "list", Words: []string{"目录", "章节"}, Summary: "各章承诺，例：目录 民生", Group: groupAsk, handle: handleList},
		{Name: "shishi", Words: []string{"十件实事", "民生实事", "实事"}, Summary: "民生实事", Group: groupAsk, handle: handleDeeds},
		{Name: "item", Words: []string{"编号", "详情"}, Summary: "看一条，例：/item 实事5", Group: groupAsk, handle: handleItem},
		{Name: "find", Words: []string{"查", "查找", "搜索"}, Summary: "按词查，例：查 停车位", Group: groupAsk, handle: handleFind},
		{Name: "status", Words: []string{"状态", "进展", "总览"}, Summary: "总体情况", Group: groupAsk, handle: handleStatus},
		{Name: "lagging", Words: []string{"滞后", "滞后清单", "哪些滞后"}, Summary: "滞后的事项", Group: groupAsk, handle: handleLagging},
		{Name: "lowest", Words: []string{"完成率最低", "完成率最低的五项", "完成率最低的5项", "完成率最低的有哪些", "进度最慢", "进度最慢的五项", "最慢的五项"}, Summary: "完成率最低的事项", Group: groupAsk, handle: handleLowest},
		{Name: "due", Words: []string{"本月到期", "这个月到期", "本月到期的", "本月到期的有哪些", "哪些本月到期"}, Summary: "本月到期的事项", Group: groupAsk, handle: handleDue},
		{Name: "unfiled", Words: []string{"未填报", "谁没填报", "谁没报", "谁没有报", "谁还没报", "谁没填", "谁还没填", "哪些没填报", "哪些没报", "哪些单位没报", "哪些单位没填报"}, Summary: "哪些单位没填报", Group: groupAsk, handle: handleUnfiled},
		{Name: "history", Words: []string{"历史", "填报记录"}, Glue: "实事 第", Summary: "填报记录，例：历史 实事8", Group: groupAsk, handle: handleHistory},
		{Name: "duties", Words: []string{"分工"}, Summary: "谁负责什么，例：分工 民政局", Group: groupAsk, handle: handleDuties},
		{Name: "chart", Words: []string{"走势图", "进展图", "图"}, Summary: "画图，例：/chart 实事，走势图 实事8", Group: groupAsk, handle: handleChart},
		{Name: "digest", Words: []string{"周报", "本周周报"}, Summary: "本周周报", Group: groupAsk, handle: handleDigest},
		{Name: "plans", Words: []string{"报告", "有哪些报告"}, Summary: "库里的报告", Group: groupAsk, handle: handlePlans},

		{Name: "feedback", Words: []string{"反馈"}, Glue: "： : ， 实事 第", Summary: "说说身边的情况，例：反馈 实事8 路还没动工", Group: groupPublic, Act: plan.ActFeedback, Writes: true, handle: handleFeedback},
		{Name: "myfeedback", Words: []string{"我的反馈"}, Summary: "我的反馈和答复", Group: groupPublic, handle: handleMyFeedback},
		{Name: "follow", Words: []string{"关注"}, Glue: "： : 实事 第 全部", Summary: "有进展就通知，例：关注 实事8，关注 第三章，关注 全部", Group: groupPublic, Act: plan.ActFollow, Writes: true, handle: handleFollow},
		{Name: "unfollow", Words: []string{"取消关注"}, Glue: "： : 实事 第 全部", Summary: "例：取消关注 实事8", Group: groupPublic, Act: plan.ActFollow, Writes: true, handle: handleUnfollow},
		{Name: "following", Words: []string{"我的关注"}, Summary: "关注了什么", Group: groupPublic, handle: handleFollowing},
		{Name: "subscribe", Words: []string{"订阅周报", "订阅"}, Glue: "每 周 星期", Summary: "每周收周报，例：订阅 周五18点", Group: groupPublic, Act: plan.ActFollow, Writes: true, handle: handleSubscribe},
		{Name: "unsubscribe", Words: []string{"退订", "退订周报", "取消订阅"}, Summary: "不再收周报", Group: groupPublic, Writes: true, handle: handleUnsubscribe},
		{Name: "zone", Words: []string{"时区"}, Summary: "换提醒的时区，例：时区 Asia/Urumqi", Group: groupPublic, Writes: true, handle: handleZone},
		{Name: "bulletin", Words: []string{"季通报", "通报"}, Summary: "季通报，例：季通报 2017年三季度", Group: groupPublic, Writes: true, handle: handleBulletin},
		{Name: "join", Words: []string{"加入"}, Summary: "用邀请码登记为工作人员", Group: groupPublic, Writes: true, handle: handleJoin},
		{Name: "whoami", Words: []string{"我是谁"}, Summary: "我的身份", Group: groupPublic, handle: handleWhoami},
		{Name: "forget", Words: []string{"忘记我"}, Summary: "删除我的个人信息", Group: groupPublic, Writes: true, handle: handleForget},
	}
}

// staffCommands are of those with a role.
func staffCommands() []Command {
	return []Command{
		{Name: "mine", Words: []string{"我的", "我的事项", "我负责的", "我报了什么", "我报过什么", "我填了什么"}, Summary: "本单位的事项", Group: groupFile, Act: plan.ActFile, handle: handleMine},
		{Name: "file", Words: []string{"填报"}, Summary: "填报，例：填报 养老床位 1476", Group: groupFile, Act: plan.ActFile, Writes: true, handle: handleFile},
		{Name: "same", Words: []string{"全部无变化", "都无变化", "全部没有变化"}, Summary: "报过的事项都报“无变化”", Group: groupFile, Act: plan.ActFile, Writes: true, handle: handleSame},
		{Name: "extend", Words: []string{"申请延期", "延期"}, Glue: "实事 第 到 至 ： : ，", Summary: "申请延期，例：申请延期 实事8 2018年6月30日 理由", Group: groupFile, Act: plan.ActRequest, Writes: true, handle: handleExtend},
		{Name: "review", Words: []string{"待审", "审核", "待审核"}, Summary: "审核填报", Group: groupReview, Act: plan.ActReview, handle: handleReview},
		{Name: "sign", Words: []string{"签核", "待签核"}, Summary: "签核本单位的填报", Group: groupFile, Act: plan.ActSign, handle: handleReview},
		{Name: "assign", Words: []string{"分派", "未落实"}, Glue: "实事 第 给 ： :", Summary: "落实责任单位，例：分派 实事5 民政局", Group: groupReview, Act: plan.ActAssign, Writes: true, handle: handleAssign},
		{Name: "unassign", Words: []string{"取消分派"}, Summary: "取消分派，例：取消分派 实事8 危桥", Group: groupReview, Act: plan.ActAssign, Writes: true, handle: handleUnassign},
		{Name: "proof", Words: []string{"校核", "核对"}, Summary: "对照原句校核指标，例：校核 第三章", Group: groupReview, Act: plan.ActCorrect, handle: handleProof},
		{Name: "addtarget", Words: []string{"新增指标"}, Glue: "实事 第", Summary: "补漏读的指标，例：新增指标 实事8 公交专用道 12公里", Group: groupReview, Act: plan.ActCorrect, Writes: true, handle: handleAddTarget},
		{Name: "publish", Words: []string{"发布"}, Summary: "发布校核过的报告", Group: groupReview, Act: plan.ActPublish, Writes: true, handle: handlePublish},
		{Name: "nodes", Words: []string{"节点"}, Glue: "实事 第", Summary: "设进度节点，例：节点 实事8 公路 6月30日 40%", Group: groupReview, Act: plan.ActDecide, Writes: true, handle: handleNodes},
		{Name: "adjust", Words: []string{"调整", "调减", "调增", "调低", "调高", "下调", "上调"}, Summary: "调整目标或期限（要批准机关和文号）", Group: groupReview, Act: plan.ActDecide, Writes: true, handle: handleAdjust},
		{Name: "cancel", Words: []string{"取消事项"}, Glue: "实事 第", Summary: "取消一项（要批准机关和文号）", Group: groupReview, Act: plan.ActDecide, Writes: true, handle: handleDrop},
		{Name: "basis", Words: []string{"口径"}, Glue: "实事 第", Summary: "改口径，例：口径 实事8 公路 水平", Group: groupReview, Act: plan.ActCorrect, Writes: true, handle: handleBasis},
		{Name: "requests", Words: []string{"申请", "待批"}, Summary: "延期、转交等申请", Group: groupFile, Act: plan.ActRequest, handle: handleRequests},
		{Name: "delegate", Words: []string{"转交"}, Glue: "实事 第", Summary: "转给同事或别的单位，例：转交 实事5 财政局", Group: groupFile, Act: plan.ActRequest, Writes: true, handle: handleDelegate},
		{Name: "leave", Words: []string{"请假"}, Glue: "到 至 从 1 2 3 4 5 6 7 8 9 一 二 两 三 四 五 六 七 八 九 十 今 明 后 下 本 这 周 星期", Summary: "例：请假 8月5日 由 王某某 代理", Group: groupFile, Act: plan.ActRequest, Writes: true, Plain: true, handle: handleLeave},
		{Name: "back", Words: []string{"销假"}, Summary: "结束请假", Group: groupFile, Act: plan.ActRequest, Writes: true, handle: handleBack},
		{Name: "feedbacks", Words: []string{"群众反馈"}, Summary: "答复群众反馈", Group: groupReview, Act: plan.ActAnswer, handle: handleFeedbacks},
		{Name: "gaps", Words: []string{"没答上的问题", "没答上"}, Summary: "没答上的问题", Group: groupReview, Act: plan.ActSeeGaps, handle: handleGaps},
		{Name: "schedule", Words: []string{"日程"}, Summary: "接下来的催报和周报", Group: groupFile, Act: plan.ActFile, Plain: true, handle: handleSchedule},
		{Name: "summary", Words: []string{"月通报", "调度通报", "月调度通报"}, Summary: "月调度通报和表格，例：月通报 8月", Group: groupReview, Act: plan.ActExport, Plain: true, handle: handleSummary},
		{Name: "close", Words: []string{"结账"}, Summary: "年终评定，例：结账 2017", Group: groupReview, Act: plan.ActPublish, handle: handleClose},
		{Name: "people", Words: []string{"人员"}, Summary: "登记了谁", Group: groupManage, Act: plan.ActSeeDepartment, handle: handlePeople},

		{Name: "invite", Words: []string{"邀请"}, Summary: "请人登记，例：邀请 民政局 填报", Group: groupManage, Act: plan.ActInvite, Writes: true, handle: handleInvite},
		{Name: "remove", Words: []string{"移除"}, Summary: "取消某人的身份，例：移除 王某某", Group: groupManage, Act: plan.ActManage, handle: handleRemove},
		{Name: "backup", Words: []string{"备份"}, Summary: "下载数据库备份", Group: groupManage, Act: plan.ActBackup, handle: handleBackup},
		{Name: "outbox", Words: []string{"发件箱"}, Summary: "没送到和还没送的消息", Group: groupManage, Act: plan.ActSeeOutbox, handle: handleOutbox},
	}
}

// allDialogs are the handlers of what is typed while a question of ours waits.
func allDialogs() map[string]handler {
	return map[string]handler{
		filingKind: answerFiling, returnKind: answerReturn, extendKind: answerExtend, refuseKind: answerRefuse,
		delegateKind: answerDelegate, forgetKind: answerForget, feedbackKind: answerFeedback, aboutKind: answerAbout, replyKind: answerReply,
		fixKind: proofDialog(fixKind, answerFix), splitKind: proofDialog(splitKind, answerSplit), addKind: proofDialog(addKind, answerAdd), addOkKind: answerAdded,
		publishKind: answerPublish, changeKind: answerChange, assignKind: answerAssign, erratumKind: answerErratum,
	}
}
