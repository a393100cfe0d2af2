package commands

import (
	"maps"

	"duban/render"
)

// allActs are the buttons with verbs.
func allActs() map[string]act {
	all := map[string]act{}
	for _, some := range []map[string]act{
		filingActs(), reviewActs(), proofActs(), dutyActs(), changeActs(), requestActs(), peopleActs(), citizenActs(), clockActs(), digestActs(),
	} {
		maps.Copy(all, some)
	}
	return all
}

// filingActs answer the questions about a filing.
func filingActs() map[string]act {
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
	}
}

// reviewActs decide on filings and open lists.
func reviewActs() map[string]act {
	return map[string]act{
		"review-ok":     {true, acceptFiling},
		"review-all":    {false, listAll},
		"review-all-ok": {true, acceptAll},
		"review-no":     {true, returnFiling},
		"review-next":   {false, nextFiling},
		"mine":          {false, handleMine},
		"same":          {true, handleSame},
		"lagging":       {false, handleLagging},
		"lowest":        {false, handleLowest},
		"due":           {false, handleDue},
		"unfiled":       {false, handleUnfiled},
		"unfiled-of":    {false, unfiledOf},
		"own-unfiled":   {false, ownOpen},
		"office":        {false, officePage},
	}
}

// proofActs go through what was read.
func proofActs() map[string]act {
	return map[string]act{
		"proof-go":         {false, withPlan(proofGo)},
		"proof-ok":         {true, withCard(proofRight)},
		"proof-not":        {true, withCard(proofReject)},
		"proof-next":       {false, withCard(proofNext)},
		"proof-chapter":    {false, withCard(proofChapter)},
		"proof-chapter-ok": {true, withCard(takeChapter)},
		"proof-fix":        {true, withCard(fixTarget)},
		"proof-field":      {true, withCard(fixField)},
		"proof-basis":      {true, fixBasis},
		"proof-split":      {true, withCard(askSplit)},
		"proof-merge":      {false, withCard(askMerge)},
		"proof-join":       {true, withCard(mergeTargets)},
		"proof-add":        {true, withCard(askAdd)},
		"proof-stop":       {true, stopProof},
		"proof-undo":       {true, withPlan(undoProof)},
		"publish":          {false, withPlan(askPublish)},
		"publish-ok":       {true, withPlan(publishPlan)},
	}
}

// dutyActs say who answers for what.
func dutyActs() map[string]act {
	return map[string]act{
		"assign-ok":     {true, withMark(takeSuggested)},
		"assign-edit":   {true, withMark(editSuggested)},
		"assign-next":   {false, withMark(nextOpen)},
		"assign-all":    {false, withMark(askAll)},
		"assign-all-ok": {true, withMark(takeAll)},
	}
}

// changeActs confirm changes of the plan.
func changeActs() map[string]act {
	return map[string]act{
		"change-ok": {true, confirmChange},
		"change-no": {true, dropChange},
		"add-ok":    {true, confirmAdded},
		"add-no":    {true, dropAdded},
	}
}

// requestActs ask for and decide on changes.
func requestActs() map[string]act {
	return map[string]act{
		"extend":     {true, extendItem},
		"request-ok": {true, grantRequest},
		"request-no": {true, refuseRequest},
	}
}

// peopleActs concern people.
func peopleActs() map[string]act {
	return map[string]act{
		"delegate":      {true, delegateItem},
		"delegate-to":   {true, delegateTo},
		"leave-by":      {true, leaveBy},
		"invite":        {true, inviteRole},
		"person-remove": {false, removePerson},
		"person-out":    {true, confirmRemove},
		"forget-ok":     {true, forgetMe},
		"forget-no":     {true, keepMe},
	}
}

// citizenActs are for citizens and their feedback.
func citizenActs() map[string]act {
	return map[string]act{
		"follow":         {true, followItem},
		"unfollow":       {true, unfollowItem},
		"following":      {false, handleFollowing},
		"feedback":       {true, feedbackItem},
		"feedback-about": {true, feedbackAbout},
		"my-feedback":    {false, handleMyFeedback},
		"feedback-next":  {false, nextFeedback},
		"feedback-reply": {true, replyFeedback},
		"reply-send":     {true, sendReply},
	}
}

// clockActs stand under messages of the clock.
func clockActs() map[string]act {
	return map[string]act{
		"seen":        {true, markSeen},
		"snooze":      {true, snooze},
		"snooze-off":  {true, wakeUp},
		"same-all":    {true, handleSame},
		"leave-help":  {false, helpLeave},
		"extend-help": {false, helpExtend},
		"unassigned":  {false, handleAssign},
		"close-ok":    {true, closePlan},
		"close-no":    {false, say("没有结账。")},
		leaveVerb:     {true, leaveQuestion},
	}
}

// digestActs open pictures, digests and bulletins.
func digestActs() map[string]act {
	return map[string]act{
		"card":             {false, pressCard},
		"chart":            {false, pressChart},
		"chart-item":       {false, pressChartItem},
		"digest":           {false, handleDigest},
		"subscribe":        {true, handleSubscribe},
		"unsubscribe":      {true, handleUnsubscribe},
		"digest-day":       {true, chooseDay},
		"digest-hour":      {true, chooseHour},
		"bulletin":         {false, openBulletin},
		"bulletin-draft":   {true, redraftBulletin},
		"bulletin-publish": {true, publishBulletin},
		"bulletin-erratum": {true, correctBulletin},
	}
}
