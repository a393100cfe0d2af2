package commands

import (
	"strings"
	"testing"

	"duban/plan"
)

// TestSummaryOfAMonth gives the month that is named, with its own round.
func TestSummaryOfAMonth(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.accept("新改建农村公路", "824", plan.NewDate(2017, 8, 28))
	w.on("2017-09-10")
	for words, want := range map[string]string{
		"月通报 8月": "聊城市2017年8月调度通报\n应填", "月通报": "2017年9月调度通报\n本月填报还没有截止", "月通报 12月": "还没有开始",
		"月通报 2016年8月": "没有调度", "月通报 十三": "请写清月份",
	} {
		if got := texts(w.tell(supervisor, words)); !strings.Contains(got, want) {
			t.Errorf("%s: %s", words, got)
		}
	}
}

// TestSubscriptionByWords takes day and hour with the command.
func TestSubscriptionByWords(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	citizen := &plan.Actor{ID: "test:citizen", Role: plan.Public}
	for _, x := range []struct{ words, want string }{
		{"订阅", "每周一9点"}, {"订阅 周二", "每周二9点"}, {"订阅 每周五18点", "每周五18点"}, {"订阅 全部 周三", "每周三18点"}, {"订阅 周三23点", "8点到20点"}, {"订阅 全国", "可以发"},
	} {
		if got := texts(w.tell(citizen, x.words)); !strings.Contains(got, x.want) {
			t.Errorf("%s: %s", x.words, got)
		}
	}
}

// TestOfficeWordsOfACitizen are answered in one sentence, not taken for questions.
func TestOfficeWordsOfACitizen(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	citizen := &plan.Actor{ID: "test:citizen", Role: plan.Public}
	for _, words := range []string{"日程", "月通报", "请假 3天"} {
		if got := texts(w.tell(citizen, words)); strings.Contains(got, "目标") || strings.Count(got, "。") > 2 {
			t.Errorf("%s: %s", words, got)
		}
	}
	for _, x := range []struct{ words, want string }{
		{"时区", "计划所在地"}, {"时区 Mars/Base", "不认识"}, {"时区 Europe/Berlin", "Europe/Berlin"}, {"时区", "Europe/Berlin"}, {"时区 默认", "计划所在地"},
	} {
		if got := texts(w.tell(citizen, x.words)); !strings.Contains(got, x.want) {
			t.Errorf("%s: %s", x.words, got)
		}
	}
}
