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
		{"五年内目标", "今后几年的目标", ""},
		{"今后年均增长目标", "", "2019年到期"},
	})
}

// TestYearsPast holds that 五年来 asks for what was done, and the word for a round sum is read
// as the sum.
func TestYearsPast(t *testing.T) {
	t.Parallel()
	checkSaid(t, "", []said{
		{"五年来修了多少高速", "164公里", "197公里"},
		{"过去五年新增多少一级公路", "73公里", ""},
		{"五年来绿化面积增加到多少", "1.3万公顷", ""},
		{"五年后服务业占比多少", "47%以上", ""},
		{"服务业占比去年和今年", "1.5个百分点", "47%"},
		{"过百亿的产业集群要几个", "12个", ""},
		{"超百亿的产业集群培育多少个", "12个", ""},
		{"五十亿级产业集群培育几个", "18个", ""},
		{"一共有几项承诺", "承诺事项75项", ""},
	})
}
