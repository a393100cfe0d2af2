package plan_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/plan"
	parser "duban/report"
	"duban/report/builtin"
)

var update = flag.Bool("update", false, "write the golden files anew")

func parsed(t *testing.T, text string) *plan.Plan {
	t.Helper()
	p, err := parser.Parse(text, parser.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestBasisOfBuiltinReport lists the basis found for each target of the built-in report.
func TestBasisOfBuiltinReport(t *testing.T) {
	t.Parallel()
	p := parsed(t, builtin.Text())
	var b strings.Builder
	for _, c := range p.Commitments {
		for i := range c.Targets {
			x := &c.Targets[i]
			base := ""
			if x.Baseline != nil {
				base = "（上年" + x.Baseline.ValueText + "）"
			}
			fmt.Fprintf(&b, "%-6s %s %s%s%s%s ← %s\n", plan.BasisOf(x), c.Code, x.Metric, x.Op, x.ValueText, base, x.Quote)
		}
	}
	golden := filepath.Join("testdata", "basis.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Error(diff)
	}
}

// TestBasisOfOtherReports looks at targets of other cities' reports, where they are at hand.
func TestBasisOfOtherReports(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ file, metric, value, want string }{
		{"guangxi-2010", "粮食总产", "150亿公斤", "flow"},
		{"guangxi-2010", "产值超百亿元的工业园区", "10个", "level"},
		{"guangxi-2010", "百亿元的强优企业", "10家", "level"},
		{"guangxi-2010", "完成改革任务", "60%", "flow"},
		{"guangxi-2010", "完成基层供销社改造重组", "80%", "flow"},
		{"guangxi-2010", "森林覆盖率", "56%", "level"},
		{"guangxi-2010", "城镇登记失业率", "4.5%", "level"},
		{"guangxi-2010", "化学需氧量排放总量削减", "3.72%", "change"},
		{"guangxi-2010", "万元生产总值能耗降低", "3%", "change"},
		{"guangxi-2010", "平均每生每年资助", "2000元", "level"},
		{"guangxi-2010", "每人奖励", "2000元", "level"},
		{"guangxi-2010", "民生投入", "1300亿元", "flow"},
		{"guangxi-2010", "新增推广超级稻面积", "200万亩", "flow"},
		{"guangxi-2010", "全区超级稻面积", "1000万亩", "level"},
		{"guangxi-2010", "解决饮水安全困难问题", "300万人", "flow"},
		{"hailaer-2016", "旅游接待人数", "700万人次", "flow"},
		{"hailaer-2016", "旅游收入", "83亿元", "flow"},
		{"hailaer-2016", "地区生产总值", "309亿元", "flow"},
		{"hailaer-2016", "地区生产总值增长", "7.5%", "level"},
		{"hailaer-2016", "建成公厕", "20座", "flow"},
		{"jingdezhen-2023", "CPI", "3％", "level"},
		{"jingdezhen-2023", "国有资产总额", "3000亿元", "level"},
		{"jingdezhen-2023", "国有资产营收", "280亿元", "flow"},
		{"jingdezhen-2023", "二级节点标识注册量", "3000万", "level"},
		{"jingdezhen-2023", "航空产业营收", "500亿", "flow"},
		{"jingdezhen-2023", "新建5G基站", "620个", "flow"},
	} {
		t.Run(c.file+" "+c.metric, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("..", "..", "shared", "reports", c.file+".txt"))
			if err != nil {
				t.Skip("the report is not at hand")
			}
			for _, found := range parsed(t, string(text)).Commitments {
				for _, x := range found.Targets {
					if x.Metric == c.metric && x.ValueText == c.value {
						if got := string(plan.BasisOf(&x)); got != c.want {
							t.Errorf("basis %s, want %s: %s", got, c.want, x.Quote)
						}
						return
					}
				}
			}
			t.Skipf("no target %s %s is read in it", c.metric, c.value)
		})
	}
}

func TestBasisOfWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		metric, value, unit, quote string
		kind                       plan.Kind
		want                       plan.Basis
	}{
		{"高新技术企业", "500家", "家", "高新技术企业达到500家", plan.Count, plan.BasisLevel},
		{"新增高新技术企业", "50家", "家", "新增高新技术企业达到50家", plan.Count, plan.BasisFlow},
		{"上市企业", "20家", "家", "上市企业达到20家", plan.Count, plan.BasisLevel},
		{"市场主体", "20万户", "户", "市场主体突破20万户", plan.Count, plan.BasisLevel},
		{"常住人口", "100万人", "人", "常住人口达到100万人", plan.Count, plan.BasisLevel},
		{"贫困人口脱贫", "8万人", "人", "贫困人口脱贫8万人", plan.Count, plan.BasisFlow},
		{"农村人口转移", "3万人", "人", "农村人口转移3万人", plan.Count, plan.BasisFlow},
		{"公路通车里程", "1万公里", "公里", "公路通车里程达到1万公里", plan.Count, plan.BasisLevel},
		{"空气优良天数", "300天", "天", "空气优良天数达到300天以上", plan.Count, plan.BasisFlow},
		{"每千人床位数", "6张", "张", "每千人床位数达到6张", plan.Count, plan.BasisLevel},
		{"机动车保有量", "50万辆", "辆", "机动车保有量50万辆", plan.Count, plan.BasisLevel},
		{"规模以上工业增加值", "500亿元", "元", "规模以上工业增加值达到500亿元", plan.Amount, plan.BasisFlow},
		{"存款余额", "3000亿元", "元", "存款余额达到3000亿元", plan.Amount, plan.BasisLevel},
		{"化解存量债务", "50亿元", "元", "化解存量债务50亿元", plan.Amount, plan.BasisFlow},
		{"产业基金规模", "80亿元", "元", "产业基金规模达到80亿元", plan.Amount, plan.BasisLevel},
		{"低保标准", "6000元", "元", "低保标准提高到6000元", plan.Amount, plan.BasisLevel},
		{"农民人均收入", "2万元", "元", "农民人均收入达到2万元", plan.Amount, plan.BasisFlow},
		{"年度投资完成", "100%", "%", "年度投资完成100%", plan.Share, plan.BasisFlow},
		{"投资完成率", "100%", "%", "投资完成率达到100%", plan.Share, plan.BasisLevel},
		{"合格率", "96%", "%", "合格率达到96%以上", plan.Share, plan.BasisLevel},
		{"城镇化率提高", "1.5个百分点", "百分点", "城镇化率提高1.5个百分点", plan.Share, plan.BasisChange},
		{"收入增幅高于全省", "1个百分点", "百分点", "收入增幅高于全省1个百分点", plan.Growth, plan.BasisLevel},
		{"研发投入占比提高", "0.2个百分点", "百分点", "好于预期，研发投入占比提高0.2个百分点", plan.Share, plan.BasisChange},
		{"能耗降低", "4.5%", "%", "能耗降低4.5%", plan.Reduction, plan.BasisChange},
		{"煤炭消费", "900万吨", "吨", "煤炭消费减少到900万吨", plan.Reduction, plan.BasisLevel},
		{"压减燃煤", "127万吨", "吨", "压减燃煤127万吨", plan.Reduction, plan.BasisFlow},
		{"人均可支配收入", "2倍", "倍", "人均可支配收入翻番", plan.Multiple, plan.BasisLevel},
	} {
		x := plan.Target{Metric: c.metric, Op: plan.AtLeast, Unit: c.unit, Kind: c.kind, ValueText: c.value, Quote: c.quote}
		if got := plan.BasisOf(&x); got != c.want {
			t.Errorf("%s: basis %s, want %s", c.quote, got, c.want)
		}
		x.Basis = plan.BasisChange
		if plan.BasisOf(&x) != plan.BasisChange {
			t.Errorf("%s: the basis that was set does not count", c.quote)
		}
	}
}
