package commands

import (
	"strings"
	"testing"

	"duban/plan"
)

var citizen = &plan.Actor{ID: "test:citizen", Role: plan.Public}

// TestAnswerToACitizenIsShownFirst: nothing that is typed goes out before it was read again.
func TestAnswerToACitizenIsShownFirst(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.tell(citizen, "反馈 实事8 我们村的路还没动工")
	w.tell(citizen, "反馈 实事5 床位太少")
	w.tell(supervisor, "群众反馈")
	w.tell(supervisor, "答复")
	check := w.tell(supervisor, "计划9月开工")
	w.wants("check", texts(check), "第1号", "“计划9月开工”", "发出后不能撤回")
	if mail := w.mail(string(citizen.ID)); mail != "" {
		t.Errorf("it went out unread: %s", mail)
	}
	again := w.tell(supervisor, "计划10月开工，请留意公告")
	w.wants("a button of the earlier text", texts(w.press(supervisor, check, "发送")), "计划10月开工")
	w.wants("sent", texts(w.press(supervisor, again, "发送")), "已答复", "第2号")
	w.wants("mail", w.mail(string(citizen.ID)), "计划10月开工，请留意公告")
	w.tell(supervisor, "答复：已列入计划")
	w.wants("typed", texts(w.tell(supervisor, "确认")), "已答复")
	w.wants("second mail", w.mail(string(citizen.ID)), "已列入计划")
}

// TestWaysOutOfAnAnswer: words of leaving, commands, typed buttons and questions are no
// answer, neither before nor after the answer was shown.
func TestWaysOutOfAnAnswer(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"取消": "没有答复", "算了": "没有答复", "等等 我查一下": "没有答复", "稍等": "没有答复", "我查一下": "没有答复", "下一条": "第2号",
		"待审": "没有待审核的填报", "/status": "共", "今年新增养老床位多少张": "3600张",
	} {
		for _, before := range [][]string{nil, {"已列入计划"}} {
			w := liaocheng(t)
			w.tell(citizen, "反馈 实事8 我们村的路还没动工")
			w.tell(citizen, "反馈 实事5 床位太少")
			w.tell(supervisor, "群众反馈")
			w.tell(supervisor, "答复")
			for _, b := range before {
				w.tell(supervisor, b)
			}
			w.wants(text, texts(w.tell(supervisor, text)), want, "没有答复")
			w.tell(supervisor, "确认")
			if mail := w.mail(string(citizen.ID)); mail != "" {
				t.Errorf("%s: %q went out", text, mail)
			}
		}
	}
}

// TestAnswersThatLookLikeQuestions: what is addressed to the citizen is an answer.
func TestAnswersThatLookLikeQuestions(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"请问您说的是哪座危桥？", "您说的农村公路是哪个村的", "农村公路今年计划新改建2500公里，您村的路几月开工要看县里的安排，请留意村里的公告"} {
		w := liaocheng(t)
		w.tell(citizen, "反馈 实事8 我们村的路还没动工")
		w.tell(supervisor, "群众反馈")
		w.tell(supervisor, "答复")
		w.wants(text, texts(w.tell(supervisor, text)), "将发给第1号反馈的人", text)
	}
}

// TestWaysOutOfAReason: a real reason returns at once, other words leave.
func TestWaysOutOfAReason(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"算了": "没有退回", "等等": "没有退回", "等一下，我问问": "没有退回", "不退了": "没有退回", "十件实事": "（没有退回）", "下一项": "（没有退回）",
		"通过": "（没有退回）", "农村公路完成多少了": "（没有退回）", "照片不清楚": "已退回", "等环评批复后再报": "已退回", "数据来源是哪里？": "已退回",
	} {
		w := liaocheng(t)
		w.tell(civil, "养老床位 1476")
		w.tell(civil, "确认")
		w.tell(supervisor, "待审")
		w.tell(supervisor, "退回")
		w.wants(text, texts(w.tell(supervisor, text)), want)
		left := texts(w.tell(supervisor, "照片不清楚"))
		if strings.Contains(left, "已退回") {
			t.Errorf("%s: the question still waits: %s", text, left)
		}
	}
}

// TestButtonsEndAnOpenQuestion: a button of another card is none of the answer; looking
// something up for it is.
func TestButtonsEndAnOpenQuestion(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.tell(citizen, "反馈 实事8 我们村的路还没动工")
	w.tell(citizen, "反馈 实事5 床位太少")
	card := w.tell(supervisor, "群众反馈")
	w.press(supervisor, card, "答复")
	w.press(supervisor, card, "看全文")
	w.wants("looked up", texts(w.tell(supervisor, "已列入计划")), "将发给第1号反馈的人")
	w.wants("next", texts(w.press(supervisor, card, "下一条")), "（没有答复）", "第2号")
}
