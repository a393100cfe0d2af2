package report_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/plan"
)

// planOf parses sentences as the plan of 2024 of a report of our own.
func planOf(t *testing.T, sentences string) *plan.Plan {
	t.Helper()
	return parse(t, "清河市政府工作报告\n各位代表：\n一、2023年工作回顾\n过去一年。\n二、2024年工作安排\n"+sentences+"\n")
}

// targetsOf writes the targets of a plan as "metric op value unit kind", and what is not
// usual behind it: the upper end, the stretch, the hedge, a deadline other than 31 December.
func targetsOf(p *plan.Plan) []string {
	var lines []string
	for _, c := range p.Commitments {
		for _, t := range c.Targets {
			line := fmt.Sprintf("%s %s %s%s %s", t.Metric, t.Op, t.Value, t.Unit, t.Kind)
			if t.Upper != nil {
				line += " upper " + t.Upper.String()
			}
			if t.Stretch != nil {
				line += " stretch " + t.Stretch.String()
			}
			if t.Hedge != "" {
				line += " " + string(t.Hedge)
			}
			if d := t.Deadline.String(); d != "2024-12-31" {
				line += " by " + d
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// sentences of our own with what they promise, one rule of the language each.
var sentences = []struct {
	name, text string
	want       []string
}{
	{"floor", "新增停车位不少于500个，绿化覆盖率不低于40%。", []string{"新增停车位 >= 500个 count", "绿化覆盖率 >= 40% share"}},
	{"on the basis of a year", "全年在2023年基础上新增养老床位100张。在2023年的基础上再建充电桩300个。", []string{"新增养老床位 >= 100张 count", "建充电桩 >= 300个 count"}},
	{"compared with a year", "年内比2023年增加停车位200个。今年较2023年多栽树50万株。", []string{"增加停车位 >= 200个 count", "多栽树 >= 500000株 count"}},
	{"of an earlier year behind 年", "今年将2022年新建的50个站点提升为示范站。全年表彰2021年创业的9家企业。", nil},
	{"floor behind a verb", "培训不少于2000名教师。", []string{"培训教师 >= 2000名 count"}},
	{"ceiling", "城镇登记失业率控制在4%以内，万人火灾死亡率不高于0.2%。", []string{"城镇登记失业率 <= 4% ceiling", "万人火灾死亡率 <= 0.2% ceiling"}},
	{"fall to", "贫困发生率下降至1%，公文数量压缩到300件以内。", []string{"贫困发生率 <= 1% ceiling", "公文数量 <= 300件 ceiling"}},
	{"reduction", "单位生产总值能耗下降3%，压减燃煤20万吨，PM2.5平均浓度下降5%。", []string{"单位生产总值能耗下降 >= 3% reduction", "压减燃煤 >= 200000吨 reduction", "PM2.5平均浓度下降 >= 5% reduction"}},
	{"about", "粮食总产80万吨左右。", []string{"粮食总产 ~= 800000吨 count 左右"}},
	{"about before", "惠及群众约3万人。", []string{"惠及群众 ~= 30000人 count 约"}},
	{"all of them", "计划项目100%开工。", []string{"计划项目开工 = 100% share"}},
	{"range", "生产总值增长6%-7%，引进龙头企业2至3家。", []string{"生产总值增长 >= 6% growth upper 7", "引进龙头企业 >= 2家 count upper 3"}},
	{"stretch", "生产总值增长6%以上、力争7%，财政收入增长5%。", []string{"生产总值增长 >= 6% growth stretch 7", "财政收入增长 >= 5% growth"}},
	{"strive", "力争新增上市公司3家。完成投资2亿元。", []string{"新增上市公司 >= 3家 count 力争", "完成投资 >= 200000000元 amount"}},
	{"pairs", "城乡居民收入分别增长7%、8%左右。", []string{"城镇居民收入增长 ~= 7% growth 左右", "农村居民收入增长 ~= 8% growth 左右"}},
	{"pairs with a pause", "城、乡居民人均可支配收入分别增长7%和8%。", []string{"城镇居民人均可支配收入增长 >= 7% growth", "农村居民人均可支配收入增长 >= 8% growth"}},
	{"pairs of money", "电子信息、装备制造产业规模分别达到1.2万亿、8000亿元。", []string{"电子信息产业规模 >= 1200000000000元 amount", "装备制造产业规模 >= 800000000000元 amount"}},
	{"sectors", "一二三产增加值分别增长3%、6%、7%。", []string{"第一产业增加值增长 >= 3% growth", "第二产业增加值增长 >= 6% growth", "第三产业增加值增长 >= 7% growth"}},
	{"numbers without as many subjects", "整合工作分别完成25%、50%。", []string{"整合工作 >= 25% share", "整合工作 >= 50% share"}},
	{"joint subjects", "规模以上工业增加值、利税均增长6%。", []string{"规模以上工业增加值增长 >= 6% growth", "规模以上工业利税增长 >= 6% growth"}},
	{"shared verb", "新增饭店10家以上、等级民宿20家。", []string{"新增饭店 >= 10家 count", "新增等级民宿 >= 20家 count"}},
	{"shared noun", "棚户区改造新开工5000套，基本建成3000套。", []string{"棚户区改造新开工 >= 5000套 count", "棚户区改造基本建成 >= 3000套 count 基本"}},
	{"bare verbs of another sentence", "新建服务中心9家。加快棚户区改造，新开工500套。", []string{"新建服务中心 >= 9家 count", "新开工棚户区改造 >= 500套 count"}},
	{"one thing in two units", "改造老旧小区76个、1.2万户。", []string{"改造老旧小区 >= 76个 count", "改造老旧小区 >= 12000户 count"}},
	{"of which", "新建学校10所，其中小学6所。", []string{"新建学校 >= 10所 count", "新建小学 >= 6所 count"}},
	{"doubling", "旅游收入翻一番，企业数量翻两番。", []string{"旅游收入 >= 2倍 multiple", "企业数量 >= 4倍 multiple"}},
	{"fractions", "土地流转面积占比达到1/3，五分之一的村建成示范村。", []string{"土地流转面积占比 >= 33.33% share", "村建成示范村 >= 20% share"}},
	{"points", "服务业占比提高1.5个百分点。", []string{"服务业占比提高 >= 1.5百分点 share"}},
	{"Chinese numerals", "建成服务站一百二十个，改造农村危房一万两千户，解决两万户群众饮水问题。", []string{"建成服务站 >= 120个 count", "改造农村危房 >= 12000户 count", "解决群众饮水问题 >= 20000户 count"}},
	{"full-width digits", "新增就业３５万人，增长６％。", []string{"新增就业 >= 350000人 count", "新增就业增长 >= 6% growth"}},
	{"grouped digits", "新增停车位1,500个。", []string{"新增停车位 >= 1500个 count"}},
	{"per unit", "地均产值达到5亿元/平方公里。", []string{"地均产值 >= 500000000元/平方公里 amount"}},
	{"how often", "开行货运班列400班次，农机作业服务60万亩次以上。", []string{"开行货运班列 >= 400班次 count", "农机作业服务 >= 600000亩次 count"}},
	{"lengths of time", "人均预期寿命提高到78岁，企业开办时间压缩到1个工作日以内。", []string{"人均预期寿命 >= 78岁 count", "企业开办时间 <= 1工作日 ceiling"}},
	{"steps of money", "地区生产总值增长5%、迈上3万亿元台阶。", []string{"地区生产总值增长 >= 5% growth", "地区生产总值 >= 3000000000000元 amount"}},
	{"origin left out", "低保标准由每月600元提高到700元。", []string{"低保标准 >= 700元 amount"}},
	{"increase on last year", "安排补贴资金13亿元，比上年增加2亿元。", []string{"安排补贴资金 >= 1300000000元 amount", "安排补贴资金增加 >= 200000000元 amount"}},
	{"month", "6月底前开工项目15个，9月底前建成公园2个。", []string{"开工项目 >= 15个 count by 2024-06-30", "建成公园 >= 2个 count by 2024-09-30"}},
	{"half-year", "上半年完成3个老旧小区改造；年内新增车位50个。", []string{"完成老旧小区改造 >= 3个 count by 2024-06-30", "新增车位 >= 50个 count"}},
	{"until a year", "到2026年，城镇化率达到68%。", []string{"城镇化率 >= 68% share by 2026-12-31"}},
	{"within years", "两年内新建温室100个，用三年时间改造管网60公里。", []string{"新建温室 >= 100个 count by 2025-12-31", "改造管网 >= 60公里 count by 2026-12-31"}},
	{"end of a programme", "“十四五”末建成小康村50个。", []string{"建成小康村 >= 50个 count by 2025-12-31"}},
	{"time of a programme", "“十五五”时期新增人口10万人。", []string{"新增人口 >= 100000人 count by 2030-12-31"}},
	{"threshold", "引进投资10亿元以上项目3个，新增年销售收入超亿元企业8家。", []string{"引进投资10亿元以上项目 >= 3个 count", "新增年销售收入超亿元企业 >= 8家 count"}},
	{"threshold inside", "为100所海拔1500米以上学校安装暖气。", []string{"海拔1500米以上学校安装暖气 >= 100所 count"}},
	{"size of a village", "实施20户以上自然村通硬化路。", nil},
	{"size of a machine", "关停10万千瓦及以下机组，推动30万千瓦级机组改造。", nil},
	{"place of the act", "在8个县建设蔬菜基地6万亩。", []string{"建设蔬菜基地 >= 60000亩 count"}},
	{"purpose of the act", "围绕重点群体开展技能培训3万人次。", []string{"开展技能培训 >= 30000人次 count"}},
	{"means", "以10件实事为抓手改善民生。", nil},
	{"names", "落实“三去一降一补”，实施“13510”工程，支持3A级景区和5G基站建设，办好第7届运动会，推广3人制篮球。", nil},
	{"slogans", "树牢“四个意识”，坚定四个自信，做到两个维护。", nil},
	{"examples", "建设长江路等3条道路。", []string{"建设道路 >= 3条 count"}},
	{"ranks", "支持高等教育发展，改造差等路12公里，优良中等路比例达到85%。", []string{"改造差等路 >= 12公里 count", "优良中等路比例 >= 85% share"}},
	{"the past", "去年，新增就业5万人。今年，新增就业6万人。", []string{"新增就业 >= 60000人 count"}},
	{"a span that is over", "“十三五”时期，新建学校50所。", nil},
	{"restated", "提出增长8%左右，主要是留有余地。", nil},
	{"sum under a heading", "办好民生实事：1.文化惠民工程。投资2亿元，建设书屋30个。", []string{"文化惠民工程投资 >= 200000000元 amount", "建设书屋 >= 30个 count"}},
	{"sum and its persons", "筹措资金3亿元，完善助学金制度，资助5000人。", []string{"完善助学金制度筹措资金 >= 300000000元 amount", "完善助学金制度资助人数 >= 5000人 count"}},
	{"sum and the act it pays for", "投资50万元架设线路6公里。", []string{"架设线路投资 >= 500000元 amount", "架设线路 >= 6公里 count"}},
	{"dimensions", "新建道路2条，宽6米，长3公里。", []string{"新建道路 >= 2条 count"}},
	{"pairs of origins", "城镇和农村低保水平由375元、173元分别提高到419元、191元。", []string{"城镇低保水平 >= 419元 amount", "农村低保水平 >= 191元 amount"}},
	{"computing power", "算力规模突破15万P、新增5EFLOPS。", []string{"算力规模 >= 150000P count", "新增算力规模 >= 5EFLOPS count"}},
	{"change of a share", "城镇化率提升1个百分点。", []string{"城镇化率提升 >= 1百分点 share"}},
	{"work on what the item is called after", "办好实事：1.老旧街区整治工程。完成整治12处。2.校舍加固工程。完成加固8所。", []string{"完成老旧街区整治 >= 12处 count", "完成校舍加固 >= 8所 count"}},
	{"of which beside examples", "建设水利项目1000个，其中小型水库7座、水池等设施993个。", []string{"建设水利项目 >= 1000个 count", "建设小型水库 >= 7座 count", "建设设施 >= 993个 count"}},
	{"a second unit in brackets", "交付租赁住房15万套（间）。", []string{"交付租赁住房 >= 150000套 count"}},
	{"new before any verb", "新开发课程100门、教材20本。", []string{"新开发课程 >= 100门 count", "新开发教材 >= 20本 count"}},
	{"share of another", "高新技术产业产值800亿元，占规模以上工业总产值的30%。", []string{"高新技术产业产值 >= 80000000000元 amount", "高新技术产业产值占规模以上工业总产值 >= 30% share"}},
}

// TestPreventionIsATask: what must not happen can be checked at the end of the year; what
// must not be done can not.
func TestPreventionIsATask(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"坚决遏制重特大事故发生。": 1, "坚决杜绝较大火灾事故发生。": 1, "防止规模性返贫致贫现象发生。": 1, "避免重大疫情发生。": 1,
		"坚决杜绝为官不为。": 0, "防止设租寻租和利益输送。": 0, "防止“四风”反弹回潮。": 0,
	} {
		n := 0
		for _, c := range planOf(t, "（一）抓落实。"+text).Commitments {
			n += len(c.Tasks)
		}
		if n != want {
			t.Errorf("%s: %d tasks, want %d", text, n, want)
		}
	}
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	for _, c := range sentences {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := planOf(t, "（一）抓落实。"+c.text)
			if diff := cmp.Diff(c.want, targetsOf(p)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.text, diff)
			}
			var all strings.Builder
			all.WriteString("清河市政府工作报告\n各位代表：\n一、2023年工作回顾\n过去一年。\n二、2024年工作安排\n（一）抓落实。" + c.text + "\n")
			checkOffsets(t, all.String(), p)
		})
	}
}

// TestNamesOfTargets holds rules of naming that came with sentences of several reports.
func TestNamesOfTargets(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []string
	}{
		{"全面执行居住建筑75%、公共建筑65%的节能标准。", []string{"居住建筑节能标准 >= 75% share", "公共建筑节能标准 >= 65% share"}},
		{"80%乡镇、所有农村社区卫生服务机构达标运营。", []string{"乡镇卫生服务机构达标运营 >= 80% share"}},
		{"对12个老旧厂区实施改造提升。", []string{"老旧厂区实施改造提升 >= 12个 count"}},
		{"公租房新开工500套，基本建成300套。", []string{"公租房新开工 >= 500套 count", "公租房基本建成 >= 300套 count 基本"}},
		{"建成高标准农田2万亩，确保粮食播面30万亩以上、产量稳定在9万吨以上。", []string{"建成高标准农田 >= 20000亩 count", "粮食播面 >= 300000亩 count", "粮食产量 >= 90000吨 count"}},
		{"新增规上企业12家、工业营收突破80亿元。", []string{"新增规上企业 >= 12家 count", "工业营收 >= 8000000000元 amount"}},
	} {
		if diff := cmp.Diff(c.want, targetsOf(planOf(t, c.text))); diff != "" {
			t.Errorf("%s\n%s", c.text, diff)
		}
	}
}

// TestNewIsNoStock holds that what is to be added is not compared with what there was.
func TestNewIsNoStock(t *testing.T) {
	t.Parallel()
	p := parse(t, "清河市政府工作报告\n各位代表：\n一、2023年工作回顾\n规上陶瓷企业达134家，陶瓷营收可达60亿元。新增养老床位80张。\n二、2024年工作安排\n新增规上陶瓷企业12家。陶瓷营收突破70亿元。新增养老床位90张。\n")
	got := map[string]string{}
	for _, target := range p.Commitments[0].Targets {
		if target.Baseline != nil {
			got[target.Metric] = target.Baseline.Metric + target.Baseline.ValueText
		} else {
			got[target.Metric] = ""
		}
	}
	want := map[string]string{"新增规上陶瓷企业": "", "陶瓷营收": "陶瓷营收60亿元", "新增养老床位": "新增养老床位80张"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestListsInNotes holds that a note with the year's list is a part of the plan, and one with
// last year's a part of the review, whichever stands first.
func TestListsInNotes(t *testing.T) {
	t.Parallel()
	p := parse(t, "清河市政府工作报告\n各位代表：\n一、2023年工作回顾\n过去一年。\n二、2024年工作安排\n新增养老床位90张。\n名词解释\n1.2023年十件民生实事全部完成：①新增停车位800个。②改造危桥3座。\n2.2024年十件民生实事：①新增停车位900个。②改造危桥5座。\n")
	var codes []string
	for _, c := range p.Commitments {
		codes = append(codes, string(c.Code)+" "+c.Label)
	}
	for _, s := range p.Figures {
		codes = append(codes, string(s.Code)+" "+s.ValueText)
	}
	if diff := cmp.Diff([]string{"2.0.1.0 ", "4.0.1.1 实事1", "4.0.1.2 实事2", "5.0.1.1 800个", "5.0.1.2 3座"}, codes); diff != "" {
		t.Error(diff)
	}
}
