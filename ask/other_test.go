package ask_test

import (
	"strings"
	"testing"

	"duban/ask"
	"duban/plan"
	"duban/render"
	"duban/report"
)

// ownReport is an example in the style of a county's report, with sums that are paid and a
// date of opening.
const ownReport = `清河市政府工作报告（示例）
各位代表：
一、2023年工作回顾
城区停车难问题还没有根本解决。“十三五”期间，城镇化率由58.6%提高到66.3%，服务业占比提高了3个百分点。
二、2024年工作安排
（一）保障民生。新增城镇就业4500人。城市低保标准提高到每月480元，农村低保标准提高到每年3900元。城乡居民基础养老金标准每人每月提高10元，困难残疾人生活补贴标准提高8%。
（二）办好实事。市妇女儿童医院6月底前启用。改造棚户区1260户，新增公共停车位1500个。发放稳岗补贴2亿元。
到2026年，城镇化率达到72%，服务业占比达到50%。
（三）壮大产业。引进总投资10亿元以上项目40个，其中50亿元以上5个、百亿元以上2个。新增国家级专精特新“小巨人”企业10家、省级60家。
`

// TestAnotherReport holds classes of questions that a single report cannot show.
func TestAnotherReport(t *testing.T) {
	t.Parallel()
	p, err := report.Parse(ownReport, report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p.State = plan.Published
	engine := ask.New(p)
	for question, first := range map[string]string{
		"今年城区要加多少停车位": "1500个", "市区新增停车位多少个": "1500个",
		"低保一个月多少钱": "480元", "农村低保标准多少": "3900元",
		"养老金涨多少": "养老金标准每人每月提高：目标10元", "残疾人补贴提高多少": "8%",
		"妇女儿童医院啥时候开门": "6月底前启用", "妇女儿童医院什么时候投用": "6月底前启用",
		"50亿元以上项目要几个": "5个", "省级小巨人企业要多少家": "60家",
		"城镇化率现在多少，2026年多少": "66.3%", "服务业占比目前多少，2026年多少": "50%",
		"公交车一个月多少钱": "报告没有",
	} {
		text := render.Answer(engine.AskOnly(question)).Text
		if line, _, _ := strings.Cut(text, "\n"); !strings.Contains(line, first) {
			t.Errorf("%s: want %q in\n%s", question, first, text)
		}
	}
}
