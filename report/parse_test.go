package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/plan"
	"duban/report"
	"duban/report/builtin"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestGoldenExtraction(t *testing.T) {
	t.Parallel()
	got, err := json.MarshalIndent(parse(t, builtin.Text()), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	const path = "testdata/liaocheng-2017.golden.json"
	if *update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("extraction changed (-want +got):\n%s", cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")))
	}
}

func TestHeader(t *testing.T) {
	t.Parallel()
	const body = "各位代表：\n一、2023年工作回顾\n过去一年很好。\n二、2024年工作安排\n新建学校3所。\n"
	for _, c := range []struct {
		name, head            string
		title, place, speaker string
		year                  int
		delivered             string
	}{
		{"usual", "政府工作报告\n——2024年1月10日在清河县第十八届人民代表大会第三次会议上\n县长 李明\n", "政府工作报告", "清河县", "李明", 2024, "2024-01-10"},
		{"place in the title", "清河县人民政府工作报告\n（2024年1月10日）\n代县长　李明\n", "清河县人民政府工作报告", "清河县", "李明", 2024, "2024-01-10"},
		{"spaced title", "政 府 工 作 报 告\n——2024年1月10日在某某自治区第十四届人民代表大会第二次会议上 自治区主席　马　飚\n", "政府工作报告", "某某自治区", "马飚", 2024, "2024-01-10"},
		{"front matter", "---\ntitle: 清河市政府工作报告（2023年12月21日 李明）\n---\n市长 李明\n", "清河市政府工作报告", "清河市", "李明", 2024, "2023-12-21"},
		{"bare", "", "政府工作报告", "", "", 2024, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := parse(t, c.head+body)
			got := []any{p.Title, p.Place, p.Speaker, p.Year, p.DeliveredOn.String()}
			want := []any{c.title, c.place, c.speaker, c.year, c.delivered}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// outlineOf lists the codes and texts of a plan's commitments.
func outlineOf(p *plan.Plan) []string {
	var lines []string
	for _, c := range p.Commitments {
		lines = append(lines, strings.TrimSpace(string(c.Code)+" "+c.Label)+" "+c.Title)
	}
	return lines
}

func TestOutline(t *testing.T) {
	t.Parallel()
	const head = "政府工作报告\n各位代表：\n一、2023年工作回顾\n过去一年。\n"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{
			"items in one run-on paragraph",
			"二、2024年工作安排\n（一）抓工业。扩大投入。一是强链条。新增企业5家。二是建园区。新建园区1个。\n",
			[]string{"2.1.1.0 扩大投入", "2.1.1.1 强链条", "2.1.1.2 建园区"},
		},
		{
			"items as paragraphs of their own",
			"二、2024年工作安排\n（一）抓工业\n坚持工业立县不动摇，持续用力，久久为功。\n一是强链条。新增企业5家。\n二是建园区。新建园区1个。\n另外还要防范风险，守住底线，确保安全。\n",
			[]string{"2.1.1.0 抓工业", "2.1.1.1 强链条", "2.1.1.2 建园区", "2.1.2.0 抓工业"},
		},
		{
			"three depths",
			"二、2024年工作安排\n（一）办实事\n实施以下为民办实事工程：\n（1）教育工程。①新建学校2所。②新增学位300个。\n（2）医疗工程。新建医院1家。\n",
			[]string{"2.1.1.0 实施以下为民办实事工程", "2.1.1.1 实事1 教育工程", "2.1.1.1.1 新建学校2所", "2.1.1.1.2 新增学位300个", "2.1.1.2 实事2 医疗工程"},
		},
		{
			"headings in bold and brackets",
			"**二、2024年工作安排**\n【工业强县】新增企业5家。\n【农业稳县】建成高标准农田2万亩。\n",
			[]string{"2.1.1.0 工业强县", "2.2.1.0 农业稳县"},
		},
		{
			"an item that is only a heading",
			"二、2024年工作安排\n（一）抓工业\n1.做强产业\n新增企业5家，引进项目3个。\n2.提升园区\n新建厂房2万平方米。\n",
			[]string{"2.1.1.1 做强产业", "2.1.1.2 提升园区"},
		},
		{
			"parts of another style",
			"第二部分 2024年重点工作\n第一，抓投资。新开工项目10个。\n第二，抓环境。造林2万亩。\n",
			nil,
		},
		{
			"dashes",
			"二、2024年工作安排\n（一）抓城建\n——补短板。改造小区5个。\n——强功能。新建道路3条。\n",
			[]string{"2.1.1.1 补短板", "2.1.1.2 强功能"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if c.want == nil {
				p := parse(t, "政府工作报告\n各位代表：\n第一部分 2023年工作回顾\n过去一年。\n"+c.text)
				c.want = []string{"2.0.1.1 抓投资", "2.0.1.2 抓环境"}
				if diff := cmp.Diff(c.want, outlineOf(p)); diff != "" {
					t.Error(diff)
				}
				return
			}
			if diff := cmp.Diff(c.want, outlineOf(parse(t, head+c.text))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestListHiddenInNotes(t *testing.T) {
	t.Parallel()
	p := parse(t, "某市政府工作报告\n各位代表：\n一、2022年工作回顾\n过去一年很好。\n二、2023年工作安排\n办好十件民生实事①。\n注 释\n"+
		"1.2022年民生实事全部完成：①新建学校9所。②新建医院8家。\n2.2023年民生实事：①新建学校3所。②改造小区5个。\n")
	want := []string{"2.0.1.0 2023年工作安排", "4.0.1.1 实事1 新建学校3所", "4.0.1.2 实事2 改造小区5个"}
	if diff := cmp.Diff(want, outlineOf(p)); diff != "" {
		t.Error(diff)
	}
}

func TestNoReport(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"empty":           "",
		"blank":           " \n\t\n",
		"a novel":         strings.Repeat("那天夜里下着雨，他撑着一把旧伞走过长街。\n", 40),
		"a shopping list": "鸡蛋10个\n牛奶2盒\n",
		"digits":          strings.Repeat("0123456789 ", 300),
		"Latin":           strings.Repeat("Lorem ipsum dolor sit amet. ", 100),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if p, err := report.Parse(text, report.Options{}); !errors.Is(err, report.ErrNotReport) {
				t.Errorf("error %v, plan %+v; want ErrNotReport", err, p)
			}
		})
	}
}

// checkOffsets fails where an offset does not cut back its text.
func checkOffsets(t *testing.T, text string, p *plan.Plan) {
	t.Helper()
	runes := []rune(text)
	cuts := func(what string, start int, want string) {
		n := len([]rune(want))
		if start < 0 || start+n > len(runes) || string(runes[start:start+n]) != want {
			t.Errorf("%s at %d is not %q", what, start, want)
		}
	}
	for _, c := range p.Commitments {
		for _, target := range c.Targets {
			cuts("value", target.Start, target.ValueText)
		}
		for _, task := range c.Tasks {
			cuts("task", task.Start, task.Text)
		}
	}
	for _, f := range p.Figures {
		cuts("figure", f.Start, f.ValueText)
	}
}

func TestOffsetsCutBack(t *testing.T) {
	t.Parallel()
	checkOffsets(t, builtin.Text(), parse(t, builtin.Text()))
}

func TestNoSentenceIsLost(t *testing.T) {
	t.Parallel()
	p := parse(t, builtin.Text())
	var all strings.Builder
	for _, c := range p.Commitments {
		all.WriteString(c.Text)
	}
	for _, sentence := range []string{"藏粮于地、藏粮于技", "坚决取缔非法营运三轮车", "以优异成绩迎接党的十九大胜利召开"} {
		if !strings.Contains(all.String(), sentence) {
			t.Errorf("no commitment holds %q", sentence)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("政府工作报告\n各位代表：\n一、2023年工作回顾\n新增床位5张。\n二、2024年工作安排\n（一）抓工业。一是新增企业5家、园区1个，力争增长6%-7%。\n")
	f.Add("二、今后五年的目标\n到2026年达到1/3，翻两番，三分之一，百分之五，1,476万户。①②③（1）——【甲】")
	f.Add("二、2017年工作安排\n全年在2016年基础上新增养老床位100张。年内比2016年增加5家，今年将2016年的3个改为5个。年2016年")
	f.Add(builtin.Text()[:6000])
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "�")
		p, err := report.Parse(text, report.Options{})
		if err != nil {
			return
		}
		checkOffsets(t, text, p)
		seen := map[plan.Code]bool{}
		for _, c := range p.Commitments {
			if seen[c.Code] {
				t.Errorf("code %s twice", c.Code)
			}
			seen[c.Code] = true
		}
	})
}
