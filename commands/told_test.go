package commands

import (
	"strings"
	"testing"

	"duban/plan"
	"duban/render"
)

func TestWhoIsTold(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.join(civil, supervisor, second)
	citizen := &plan.Actor{ID: "test:citizen", Role: plan.Public}
	err := w.db.Update(t.Context(), func(tx plan.Tx) error {
		c := w.plan.Commitment("3.6.2.5")
		return tx.As(*citizen, w.now).Follow(plan.Subscription{Plan: w.plan.Key(), Item: c.ID, Chat: string(citizen.ID)})
	})
	if err != nil {
		t.Fatal(err)
	}
	w.tell(civil, "养老床位 1476，特困人员供养推进中")
	w.tell(civil, "确认")
	for _, s := range []*plan.Actor{supervisor, second} {
		w.wants("supervisor", w.mail(string(s.ID)), "待审核：民政局 · 实事5", "1476张", "同时还有1项")
	}
	w.tell(civil, "五保供养整合还没动")
	w.tell(civil, "确认")
	if strings.Contains(w.mail(string(supervisor.ID)), "五保") {
		t.Error("supervisors were told again while their queue was not empty")
	}
	if w.mail(string(citizen.ID)) != "" {
		t.Error("a follower was told of what nobody has accepted")
	}
	w.tell(supervisor, "待审")
	w.tell(supervisor, "通过")
	w.wants("filer", w.mail(string(civil.ID)), "✅ 已通过：实事5 新增养老床位1476张（督查室 7月28日）")
	w.wants("follower", w.mail(string(citizen.ID)), "1476张（首次填报", "数据截至2017-07-28")
}

func TestSignature(t *testing.T) {
	t.Parallel()
	w := liaochengWith(t, Options{Signed: true})
	w.join(civil, civilHead, supervisor)
	w.tell(civil, "养老床位 1476")
	w.wants("filer", texts(w.tell(civil, "确认")), "等本单位负责人签核")
	w.wants("head", w.mail(string(civilHead.ID)), "待签核：民政局")
	if w.mail(string(supervisor.ID)) != "" {
		t.Error("a supervisor was told before the signature")
	}
	id := filingNumber(w.filings("新增养老床位")[0].ID)
	early := w.send(Request{Action: render.DoAction("review-ok", id), Chat: "s", From: supervisor.ID, As: supervisor})
	w.wants("before the signature", texts(early), "还没有单位负责人签核")
	card := w.tell(civilHead, "签核")
	w.wants("signed", texts(w.press(civilHead, card, "签核")), "✅ 已签核")
	w.wants("signed twice", texts(w.press(civilHead, card, "签核")), "已经签核过了")
	w.wants("supervisor", w.mail(string(supervisor.ID)), "待审核：民政局")
	w.tell(supervisor, "待审")
	w.wants("accepted", texts(w.tell(supervisor, "通过")), "✅ 已通过")
	if n := len(w.filings("新增养老床位")[0].Reviews); n != 2 {
		t.Errorf("%d decisions", n)
	}
}

func TestAtOnce(t *testing.T) {
	t.Parallel()
	w := liaochengWith(t, Options{AtOnce: true})
	w.tell(civil, "养老床位 1476")
	w.wants("filer", texts(w.tell(civil, "确认")), "即时生效")
	if w.filings("新增养老床位")[0].Verdict() != plan.Accepted {
		t.Error("it waits for a review")
	}
}

func TestEvidence(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	photo := func(name, caption string) []render.Message {
		return w.send(Request{Text: caption, Media: []plan.Evidence{{Name: name}}, Chat: string(civil.ID), From: civil.ID, As: civil})
	}
	w.wants("first", texts(photo("a.jpg", "")), "收到附件")
	w.wants("line", texts(w.tell(civil, "养老床位 1476")), "附件1个")
	w.wants("more", texts(photo("b.jpg", "特困供养推进中")), "附件2个", "特困")
	w.wants("last", texts(photo("c.jpg", "")), "附件3个")
	w.tell(civil, "确认")
	for _, item := range []string{"新增养老床位", "统筹实施城乡特困"} {
		if f := w.filings(item); len(f) != 1 || len(f[0].Evidence) != 3 {
			t.Errorf("%s: %+v", item, f)
		}
	}
}

func TestEditedMessage(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	edit := func(text string, edited bool) []render.Message {
		return w.send(Request{Text: text, Message: "7", Edited: edited, Chat: string(civil.ID), From: civil.ID, As: civil})
	}
	edit("养老床位 1476", false)
	w.wants("no figure", texts(edit("养老床位", true)), "没有读出数", "1476张")
	w.wants("waiting", texts(edit("养老床位 1467", true)), "1467张")
	w.tell(civil, "确认")
	w.tell(supervisor, "待审")
	w.tell(supervisor, "通过")
	w.wants("accepted", texts(edit("养老床位 1470", true)), "1467 → 1470张（+3），更正上次的数")
	w.tell(civil, "确认")
	list := w.filings("新增养老床位")
	if len(list) != 2 || list[1].Supersedes != list[0].ID || list[1].Reason == "" {
		t.Errorf("%+v", list)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	citizen := &plan.Actor{ID: "test:citizen", Role: plan.Public}
	for _, c := range []struct {
		as         *plan.Actor
		text, want string
	}{
		{civil, "公路824公里", "这一项归交通运输局填报。你负责的：/mine"},
		{civil, "一般公用经费支出压减4.2%", "这一项还没有落实责任单位，请督查室先分派。你负责的：/mine"},
		{civil, "申请延期 实事8 2018年6月30日 雨季", "这一项归交通运输局填报。"},
		{civil, "/review", "你的身份（民政局填报人员）不能用这个功能；督查室可以。"},
		{civil, "/sign", "签核由本单位负责人办理。"},
		{civil, "/assign 实事5 民政局", "督查室可以"},
		{civil, "养老床位无变化", "还没有填报过，不能报“无变化”"},
		{civil, "全部无变化", "有3项还没有填报过，请先报数"},
		{citizen, "/file 养老床位 1476", "填报要先登记为责任单位的人员。请向管理员要邀请链接"},
		{citizen, "/mine", "填报要先登记"},
		{citizen, "/review", "这个功能给登记过的工作人员用"},
		{supervisor, "/mine", "你没有登记在某个单位名下"},
		{supervisor, "一般公用经费支出压减4.2%", "请确认填报"}, // supervisors may
		{staff("财政局"), "养老床位 1476", "请确认填报（财政局 · 实事5）"},
		{staff("气象局"), "/mine", "气象局名下还没有分派事项。请督查室用“分派”落实责任单位。"},
	} {
		w.wants(c.text, texts(w.tell(c.as, c.text)), c.want)
	}
}

func TestExtensionRequests(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.join(roads, supervisor)
	w.wants("asked", texts(w.tell(roads, "申请延期 实事8 危桥 2018年6月30日 雨季停工")), "已提交延期申请", "原期限会一直显示")
	w.wants("supervisor", w.mail(string(supervisor.ID)), "延期申请 · 交通运输局", "实事8 改造农村危桥", "2017年12月31日 → 2018年6月30日")
	one, two := w.tell(supervisor, "申请"), w.tell(second, "申请")
	w.press(supervisor, one, "同意")
	w.wants("told", w.mail(string(roads.ID)), "✅ 同意延期", "原期限2017年12月31日仍会显示")
	w.wants("second", texts(w.press(second, two, "同意")), "已经由别人处理过了")
	w.press(second, two, "不同意")
	w.wants("third", texts(w.tell(second, "不行")), "已经由别人处理过了")
}

func TestGuidedFiling(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	before(w)
	list := w.tell(civil, "我的")
	w.wants("mine", texts(list), "1. ", "1266/3600张")
	w.wants("number", texts(w.press(civil, list, "填1")), "请发新增养老床位的累计数")
	w.wants("unit", texts(w.tell(civil, "1476张 截至7月20日")), "1266 → 1476张（+210）", "7月20日")
	stage := w.press(civil, list, "填2")
	w.wants("task", texts(stage), "现在到哪一步")
	w.wants("percent", texts(w.tell(civil, "推进中60%")), "推进中（60%）", "1476张")
	w.tell(civil, "确认")
	w.wants("by number", texts(w.tell(civil, "1 1500，3 已完成")), "1500张", "已完成")
	w.tell(civil, "确认")
	for item, want := range map[string]string{"新增养老床位": "1500", "整合农村五保": "推进中60", "统筹实施城乡特困": "已完成"} {
		list := w.filings(item)
		last := list[len(list)-1]
		if got := shown(&draft{Value: last.Value, Stage: last.Stage, Percent: last.Percent}); got != want {
			t.Errorf("%s: %s, want %s", item, got, want)
		}
	}
}

func TestAllUnchanged(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	before(w)
	w.wants("card", texts(w.tell(roads, "全部无变化")), "700公里，与上次（6月30日）相同", "20座", "无变化")
	w.wants("filed", texts(w.tell(roads, "确认")), "2项已提交")
	w.wants("again", texts(w.tell(roads, "全部无变化")), "没有可以报“无变化”的事项")
}

// Those who may file everything speak of one department in a line.
func TestSupervisorFiles(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	for text, want := range map[string]int{
		"公路824公里，危桥28座":       2,
		"公路824公里，完成投资2.3亿元":   1,
		"农村公路824公里，投入资金3.2亿元": 1,
		"养老床位1476张，其中民办676张":  1,
		"100%支持":        0,
		"下午3点到301会议室开会": 0,
	} {
		w.tell(supervisor, "取消")
		w.tell(supervisor, text)
		if got := len(w.drafts(string(supervisor.ID))); got != want {
			t.Errorf("%q: %d drafts, want %d", text, got, want)
		}
	}
}
