package ask_test

import "testing"

// TestBoundsAreNoSubjects holds that words around a number (at least, within, how high) are
// not looked for in the report.
func TestBoundsAreNoSubjects(t *testing.T) {
	t.Parallel()
	checkSaid(t, "", []said{
		{"养老床位至少多少张", "3600张", ""},
		{"停车位不少于多少", "2000个", ""},
		{"招聘会至少办几场", "50场以上", ""},
		{"物价涨幅要压在多少以内", "3%左右", ""},
		{"CPI不超过多少", "3%左右", ""},
		{"危桥起码改造几座", "100座", ""},
		{"新开工的棚户区最少多少套", "3.5万套", ""},
		{"湿地保护率要多高", "66.8%", ""},
		{"湿地保护率要达到多高", "66.8%", ""},
		{"体育中心有多高", "没有说高度", ""},
	})
}

// TestDueInYears holds that a question for what falls due in a year is answered for that year.
func TestDueInYears(t *testing.T) {
	t.Parallel()
	checkSaid(t, "", []said{
		{"2019年底前到期的", "2018年至2019年到期", ""},
		{"2020年到期的", "2020年到期的事项（1项，共3个指标）", ""},
		{"2019年到期的", "2019年到期的事项（3项）", ""},
		{"2018年前完成的", "2018年到期", ""},
		{"2018年以后到期的", "2018年以后到期", ""},
		{"明年的目标", "2018年到期", ""},
		{"明年到期的有哪些", "2018年到期", ""},
		{"后年要完成哪些", "2019年到期", ""},
		{"到2018年要完成什么", "2018年到期", ""},
		{"2021年服务业占比达到多少", "47%以上", ""},
		{"今后年均增长目标", "", "2019年到期"},
	})
}
