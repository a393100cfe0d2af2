package commands

import (
	"strings"
	"testing"

	"duban/plan"
)

// TestOfficeStanding: how an office gets on is the standing of what it answers for.
func TestOfficeStanding(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.accept("改造农村危桥", "28", plan.NewDate(2017, 7, 28))
	for _, text := range []string{"交通局完成得怎么样", "交通运输局今年工作进展如何？", "市交通运输局干得咋样"} {
		w.wants(text, texts(w.tell(citizen, text)), "交通运输局负责的事项", "🟡黄灯1", "1. 🟡黄灯 实事8 改造农村危桥", "未填报")
	}
	first := w.tell(citizen, "交通局完成得怎么样")
	w.wants("second page", texts(w.press(citizen, first, "下一页")), "交通运输局负责的事项", "第6")
	w.wants("support", texts(w.tell(citizen, "财政局完成情况怎么样")), "财政局负责的事项")
	w.wants("an item", texts(w.tell(citizen, "农村公路完成得怎么样")), "新改建农村公路")
	w.wants("nothing", texts(w.tell(citizen, "公安局完成得怎么样")), "公安局名下还没有事项")
	if got := texts(w.tell(citizen, "美丽乡完成得怎么样")); strings.Contains(got, "名下") {
		t.Errorf("%s", got)
	}
}

// TestWhoHasNotFiled: the short question is the list of offices.
func TestWhoHasNotFiled(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	for _, text := range []string{"谁没报", "谁没报？", "谁没填报", "谁还没报", "哪些单位没报"} {
		w.wants(text, texts(w.tell(citizen, text)), "未填报283项", "住建局")
	}
}

// TestWhoAnswers: the short question names the department.
func TestWhoAnswers(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	w.accept("改造农村危桥", "28", plan.NewDate(2017, 7, 28))
	w.wants("who", texts(w.tell(citizen, "谁管农村公路")), "责任单位：交通运输局")
	w.wants("why", texts(w.tell(citizen, "为什么危桥是红灯")), "应到57.3%", "→黄灯")
}
