package report_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	opening = "清河市政府工作报告\n各位代表：\n一、2023年工作回顾\n过去一年。\n"
	ahead   = opening + "二、2024年工作安排\n"
)

// numberings are ways to number headings and items, with the codes and titles that they give.
var numberings = []struct {
	name, text string
	want       []string
}{
	{
		"一是 run on", ahead + "（一）抓工业。扩大投入。一是强链。新增企业5家。二是建园。建园区1个。",
		[]string{"2.1.1.0 扩大投入", "2.1.1.1 强链", "2.1.1.2 建园"},
	},
	{
		"一要", ahead + "（一）抓环保。一要治水。新建水厂1座。二要治气。改造锅炉9台。",
		[]string{"2.1.1.1 治水", "2.1.1.2 治气"},
	},
	{
		"第一，", ahead + "第一，抓投资。开工项目9个。\n第二，抓环境。造林2万亩。",
		[]string{"2.0.1.1 抓投资", "2.0.1.2 抓环境"},
	},
	{
		"1. with a heading of its own line", ahead + "（一）抓工业\n1. 做强产业\n新增企业5家。\n2. 提升园区\n新建厂房2万平方米。",
		[]string{"2.1.1.1 做强产业", "2.1.1.2 提升园区"},
	},
	{
		"1．full width", ahead + "(一)抓工业\n1．做强产业。新增企业5家。\n2．提升园区。新建厂房2万平方米。",
		[]string{"2.1.1.1 做强产业", "2.1.1.2 提升园区"},
	},
	{
		"1、run on", ahead + "（一）办好十件实事：1、新建学校3所；2、改造小区5个；3、植树9万株。",
		[]string{"2.1.1.1 实事1 新建学校3所", "2.1.1.2 实事2 改造小区5个", "2.1.1.3 实事3 植树9万株"},
	},
	{
		"（1） run on", ahead + "（一）抓民生。继续办好民生实事。（1）新建学校3所。（2）改造小区5个。",
		[]string{"2.1.1.0 继续办好民生实事", "2.1.1.1 实事1 新建学校3所", "2.1.1.2 实事2 改造小区5个"},
	},
	{
		"① run on", ahead + "（一）办好民生实事。①新建学校3所。②改造小区5个。",
		[]string{"2.1.1.1 实事1 新建学校3所", "2.1.1.2 实事2 改造小区5个"},
	},
	{
		"dashes", ahead + "（一）抓城建\n——补短板。改造小区5个。\n——强功能。新建道路3条。",
		[]string{"2.1.1.1 补短板", "2.1.1.2 强功能"},
	},
	{
		"【】", opening + "**二、2024年工作安排**\n【工业强县】新增企业5家。\n【农业稳县】建成农田2万亩。",
		[]string{"2.1.1.0 工业强县", "2.2.1.0 农业稳县"},
	},
	{
		"bold headings in lines of their own", ahead + "**（一）抓工业**\n\n新增企业5家。\n\n**（二）抓农业**\n\n建成农田2万亩。",
		[]string{"2.1.1.0 抓工业", "2.2.1.0 抓农业"},
	},
	{
		"第一部分 over 一、 over （一）", "清河市政府工作报告\n各位代表：\n第一部分 2023年工作回顾\n过去一年。\n第二部分 2024年工作安排\n" +
			"一、抓项目\n（一）招商。引进项目5个。\n（二）落地。开工项目3个。\n二、抓产业\n（一）工业。\n1．培育企业。新增企业9家。\n2．建设园区。建厂房2万平方米。",
		[]string{"2.1.1.0 招商", "2.1.2.0 落地", "2.2.1.1 培育企业", "2.2.1.2 建设园区"},
	},
	{
		"headings without numbers", "清河市政府工作报告\n各位代表：\n**2023年工作回顾**\n过去一年。\n**2024年工作安排**\n**（一）抓工业。**新增企业5家。\n**（二）抓农业。**建成农田2万亩。",
		[]string{"2.1.1.0 抓工业", "2.2.1.0 抓农业"},
	},
	{
		"counted through the sections", ahead + "（一）抓工业\n1.强链。新增企业5家。\n2.建园。新建园区1个。\n（二）抓农业\n3.良田。建成农田2万亩。\n4.良种。推广良种9万亩。",
		[]string{"2.1.1.1 强链", "2.1.1.2 建园", "2.2.1.3 良田", "2.2.1.4 良种"},
	},
	{
		"a number left out", ahead + "（一）抓工业。一是强链。新增企业5家。三是建园。新建园区1个。",
		[]string{"2.1.1.1 强链", "2.1.1.3 建园"},
	},
	{
		"two rounds", ahead + "（一）抓工业。一是强链。新增企业5家。二是建园。新建园区1个。\n优化环境。一是减税。减税2亿元。二是放权。下放事项9项。",
		[]string{"2.1.1.1 强链", "2.1.1.2 建园", "2.1.2.0 优化环境", "2.1.2.1 减税", "2.1.2.2 放权"},
	},
	{
		"a list across paragraphs", ahead + "（一）办实事\n今年办好以下民生实事：\n一是建学校。新建学校3所。\n二是改小区。改造小区5个。\n同时，守住安全底线，确保社会大局和谐稳定。",
		[]string{"2.1.1.0 今年办好以下民生实事", "2.1.1.1 实事1 建学校", "2.1.1.2 实事2 改小区", "2.1.2.0 办实事"},
	},
	{
		"a lead that only connects", ahead + "（一）民生实事\n重点抓好十件实事。分别是：（1）新建学校3所、幼儿园2所。（2）改造小区5个。",
		[]string{"2.1.1.0 民生实事", "2.1.1.1 实事1 新建学校3所、幼儿园2所", "2.1.1.2 实事2 改造小区5个"},
	},
	{
		"a glossary and the list of the year before", ahead + "新建学校3所。\n附件\n2023年民生实事完成情况\n1.新建学校9所，已完成。\n名词解释\n1.“双减”：减少作业5项。",
		[]string{"2.0.1.0 2024年工作安排"},
	},
	{
		"a list in an annex", ahead + "新建学校3所。\n附件\n2024年民生实事\n1.改造小区5个。\n2.植树9万株。",
		[]string{"2.0.1.0 2024年工作安排", "3.0.1.1 实事1 改造小区5个", "3.0.1.2 实事2 植树9万株"},
	},
	{
		"a table in an annex", ahead + "新建学校3所。\n附：2024年重点项目清单\n序号\t项目名称\t建设内容\t责任单位\n1\t滨河路\t改造道路12公里\t市交通局\n2\t水厂\t新建水厂1座\t市水务局",
		[]string{"2.0.1.0 2024年工作安排", "3.0.1.1 滨河路", "3.0.1.2 水厂"},
	},
	{
		"the aims of a programme", "清河市政府工作报告\n各位代表：\n一、“十四五”时期工作回顾\n过去五年。\n二、“十五五”时期发展的主要考虑\n生产总值年均增长6%。\n三、2026年工作安排\n新建学校3所。",
		[]string{"2.0.1.0 “十五五”时期发展的主要考虑", "3.0.1.0 2026年工作安排"},
	},
	{
		"parts headed in plain lines", "清河省政府工作报告\n各位代表：\n“十四五”时期和2025年工作回顾\n过去五年。\n“十五五”时期的主要目标任务\n生产总值年均增长6%。\n2026年重点工作\n（一）抓项目\n新建学校3所。",
		[]string{"2.0.1.0 “十五五”时期的主要目标任务", "3.1.1.0 抓项目"},
	},
	{
		"years in Chinese digits, items 一、", "清河区政府工作报告\n各位代表：\n二〇一三年工作回顾\n过去一年。\n二〇一四年工作安排\n今年办好以下实事：\n一、建学校。新建学校3所。（区教育局负责）\n二、改小区。改造小区5个。",
		[]string{"2.0.1.0 今年办好以下实事", "2.0.1.1 实事1 建学校", "2.0.1.2 实事2 改小区"},
	},
	{
		"a number joined to a quantity", ahead + "（一）办好民生实事：\n1.新建学校3所。\n2.50个小区安装充电桩。\n3.1000名老人体检。",
		[]string{"2.1.1.1 实事1 新建学校3所", "2.1.1.2 实事2 50个小区安装充电桩", "2.1.1.3 实事3 1000名老人体检"},
	},
	{
		"footnote marks", ahead + "（一）抓工业。推进“双千”行动①，新增企业5家[2]。\n（二）抓农业。建成“五良”农田③2万亩。",
		[]string{"2.1.1.0 抓工业", "2.2.1.0 抓农业"},
	},
}

func TestNumbering(t *testing.T) {
	t.Parallel()
	for _, c := range numberings {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := parse(t, c.text)
			if diff := cmp.Diff(c.want, outlineOf(p)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			checkOffsets(t, c.text, p)
		})
	}
}

// A photograph's caption that says that somebody gave the report is not its title.
func TestTitleBesideCaption(t *testing.T) {
	t.Parallel()
	p := parse(t, "2024年清河市政府工作报告\n市长李明作政府工作报告。记者 王平 摄\n各位代表：\n一、2023年工作回顾\n过去一年。\n二、2024年工作安排\n新建学校3所。\n")
	if p.Title != "2024年清河市政府工作报告" || p.Place != "清河市" {
		t.Errorf("title %q, place %q", p.Title, p.Place)
	}
}

func TestDepartmentsInCharge(t *testing.T) {
	t.Parallel()
	p := parse(t, ahead+"（一）办实事。①新建学校3所。（区教育局、区财政局负责）②改造小区5个。（责任单位：区住建局）\n")
	var got [][]string
	for _, c := range p.Commitments {
		got = append(got, c.Departments)
	}
	if diff := cmp.Diff([][]string{{"区教育局", "区财政局"}, {"区住建局"}}, got); diff != "" {
		t.Error(diff)
	}
}
