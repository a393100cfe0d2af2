package report_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tasksOf writes the tasks of some sentences with their deadlines.
func tasksOf(t *testing.T, text string) []string {
	t.Helper()
	var lines []string
	for _, c := range planOf(t, "（一）抓落实。"+text).Commitments {
		for _, task := range c.Tasks {
			lines = append(lines, task.Text+" "+task.Deadline.String())
		}
	}
	return lines
}

// TestTimesOfTasks holds that a time in front of an act hides no task, that a state alone is
// told with what it is of, and that what a year is called is no task.
func TestTimesOfTasks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []string
	}{
		{"上半年开工建设县城南大桥，三年内建成通车。", []string{"上半年开工建设县城南大桥 2024-06-30", "上半年开工建设县城南大桥，三年内建成通车 2026-12-31"}},
		{"8月底前完成城西污水处理厂主体工程，年底前投入运行。", []string{"8月底前完成城西污水处理厂主体工程 2024-08-31", "8月底前完成城西污水处理厂主体工程，年底前投入运行 2024-12-31"}},
		{"一季度开工建设市民文化中心。", []string{"一季度开工建设市民文化中心 2024-03-31"}},
		{"市妇女儿童医院6月底前启用。", []string{"市妇女儿童医院6月底前启用 2024-06-30"}},
		{"城东净水厂10月底前主体完工。", []string{"城东净水厂10月底前主体完工 2024-10-31"}},
		{"解决制约因素，尽早开工建设。", nil},
		{"今年是全面建成小康社会的关键之年。", nil},
		{"是推进新区建设全面实现突破的一年。", nil},
	} {
		if diff := cmp.Diff(c.want, tasksOf(t, c.text)); diff != "" {
			t.Errorf("%s\n%s", c.text, diff)
		}
	}
}

// TestTimesReach holds how far the time of one thing reaches: not to what the next clause
// counts, where it stands behind its own subject.
func TestTimesReach(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []string
	}{
		{"县人民医院新院区9月底前投入使用，建成标准化村卫生室45个。", []string{"建成标准化村卫生室 >= 45个 count"}},
		{"6月底前新建村卫生室45个，改造卫生院3所。", []string{"新建村卫生室 >= 45个 count by 2024-06-30", "改造卫生院 >= 3所 count by 2024-06-30"}},
		{"一季度开工建设市民文化中心，新增书屋30个。", []string{"新增书屋 >= 30个 count"}},
		{"引进总投资10亿元以上项目40个，其中50亿元以上5个、百亿元以上2个。", []string{"引进总投资10亿元以上项目 >= 40个 count", "引进50亿元以上项目 >= 5个 count", "引进百亿元以上项目 >= 2个 count"}},
		{"培育亿元以上企业60家，其中10亿元以上8家。", []string{"培育亿元以上企业 >= 60家 count", "培育10亿元以上企业 >= 8家 count"}},
		{"新增国家级专精特新“小巨人”企业10家、省级60家。", []string{"新增国家级专精特新“小巨人”企业 >= 10家 count", "新增省级专精特新“小巨人”企业 >= 60家 count"}},
		{"办理人大代表建议、政协委员提案，见面率、办结率均达到100%。", []string{"人大代表建议、政协委员提案见面率 = 100% share", "人大代表建议、政协委员提案办结率 = 100% share"}},
		{"认真办理群众来信来访，按期办结率达到98%以上。", []string{"群众来信来访办结率 >= 98% share"}},
		{"创建省级示范村5个、市级20个。", []string{"创建省级示范村 >= 5个 count", "创建市级示范村 >= 20个 count"}},
	} {
		if diff := cmp.Diff(c.want, targetsOf(planOf(t, c.text))); diff != "" {
			t.Errorf("%s\n%s", c.text, diff)
		}
	}
}
