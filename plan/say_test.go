package plan_test

import (
	"math/big"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"duban/plan"
)

// TestSaying writes values as the report counts its target.
func TestSaying(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		target, text, unit string // value, as the report writes it, unit
		value              string
		say, number, over  string
		numeral            string
	}{
		{"3600", "3600张", "张", "824", "824张", "824", "824/3600张", "3600"},
		{"35000", "3.5万套", "套", "31000", "3.1万套", "3.1万", "3.1/3.5万套", "3.5万"},
		{"80000", "8万人", "人", "12", "12人", "12", "12人/8万人", "8万"},
		{"80000", "8万人", "人", "0", "0人", "0", "0/8万人", "8万"},
		{"80000", "8万人", "人", "-20000", "-2万人", "-2万", "-2/8万人", "8万"},
		{"230000000", "2.3亿元", "元", "115000000", "1.15亿元", "1.15亿", "1.15/2.3亿元", "2.3亿"},
		{"1000000000000", "1万亿元", "元", "500000000000", "0.5万亿元", "0.5万亿", "0.5/1万亿元", "1万亿"},
		{"1.5", "1.5个百分点", "百分点", "0.7", "0.7个百分点", "0.7", "0.7/1.5个百分点", "1.5"},
		{"2", "翻番", "倍", "1.5", "1.5倍", "1.5", "1.5/2倍", "翻番"},
	} {
		x := target("指标", c.target, c.unit)
		x.ValueText = c.text
		v, err := plan.ParseDecimal(c.value)
		if err != nil {
			t.Fatal(err)
		}
		if say, number, over := x.Say(v), x.Number(v), x.Operands(v); say != c.say || number != c.number || over != c.over || x.Numeral() != c.numeral {
			t.Errorf("%s of %s: %s, %s, %s, %s", c.value, c.text, say, number, over, x.Numeral())
		}
	}
}

func TestDifferences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, unit, value, want string }{
		{"80%", "%", "7.5", "7.5个百分点"},
		{"1.5个百分点", "百分点", "0.2", "0.2个百分点"},
		{"3600张", "张", "332", "332张"},
		{"1.2万亿元", "元", "100000000000", "0.1万亿元"},
		{"3.5万套", "套", "12", "12套"},
	} {
		x := target("指标", "1", c.unit)
		x.ValueText = c.text
		v, err := plan.ParseDecimal(c.value)
		if got := x.SayDifference(v); err != nil || got != c.want {
			t.Errorf("%s of %s: %s, want %s", c.value, c.text, got, c.want)
		}
	}
}

func TestDeadlines(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]string{
		"2017-12-31": "2017年底", "2017-06-30": "2017年6月底", "2020-02-29": "2020年2月底",
		"2018-06-15": "2018年6月15日", "2017-12-20": "2017年12月20日", "2020-02-28": "2020年2月28日",
	} {
		if got := plan.DeadlineText(date(t, day)); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}

func TestUnitsThatFit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		own, written string
		want         bool
	}{
		{"公里", "公里", true},
		{"公里", "千米", true},
		{"公里", "", true},
		{"", "公里", true},
		{"公里", "张", false},
		{"张", "个", true},
		{"场", "场次", true},
		{"人次", "人", true},
		{"次", "次", true},
		{"%", "个百分点", true},
		{"元", "万元", true},
		{"千瓦", "kW", true},
		{"元/平方米", "元", true},
		{"亩", "公顷", false},
		{"公里", "千公里", true},
	} {
		x := plan.Target{Unit: c.own}
		if got := x.Fits(c.written); got != c.want {
			t.Errorf("%q for %q: %t", c.written, c.own, got)
		}
	}
}

// TestWordsOfLights: every light has its own word and sign, whatever is none of them is 未填报.
func TestWordsOfLights(t *testing.T) {
	t.Parallel()
	lights := []plan.Light{plan.Overdue, plan.Red, plan.Yellow, plan.Green, plan.Done, plan.None, plan.Cancelled}
	words, marks := map[string]bool{}, map[string]bool{}
	for _, l := range lights {
		words[l.Word()], marks[l.Mark()] = true, true
	}
	if len(words) != len(lights) || len(marks) != len(lights) || plan.Light("").Word() != "未填报" || plan.Light("").Mark() != "⚪" {
		t.Errorf("words %v, marks %v", words, marks)
	}
}

// TestRoundedAsExactly: the quick way to write a number rounds as the exact one does, which
// every light's sentence rests on.
func TestRoundedAsExactly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		reported, whole := rapid.Int64Range(0, 1<<41).Draw(rt, "reported"), rapid.Int64Range(1, 1<<41).Draw(rt, "target")
		x := plan.Target{Metric: "新增", Op: plan.AtLeast, Kind: plan.Count, Value: plan.NewDecimal(whole, 0), Unit: "个", ValueText: "个", Deadline: plan.EndOfYear(2017)}
		v := plan.NewDecimal(reported, 0)
		day := plan.NewDate(2017, time.Month(rapid.IntRange(1, 12).Draw(rt, "month")), 15)
		s := plan.LightAt(&x, []plan.Mark{{ID: 1, Value: &v, Date: day}}, 2017, day, plan.DefaultRules())
		percent := new(big.Rat).Mul(s.Progress, big.NewRat(100, 1))
		if s.Light != plan.Done && !strings.Contains(s.Reason, percent.FloatString(1)) && !strings.Contains(s.Reason, percent.FloatString(2)) && !strings.Contains(s.Reason, percent.FloatString(3)) {
			rt.Fatalf("%d of %d is %s%%, said is %q", reported, whole, percent.FloatString(3), s.Reason)
		}
	})
}

// TestFloors reads from the report's own clause that a number may be more.
func TestFloors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ value, unit, quote, before, behind string }{
		{"50场", "场", "举办人才招聘会50场以上", "", "以上"},
		{"56%", "%", "全市常住和户籍人口城镇化率分别达到56%和45%以上", "", "以上"},
		{"45%", "%", "全市常住和户籍人口城镇化率分别达到56%和45%以上", "", "以上"},
		{"90%", "%", "群众满意率不低于90%", "不低于", ""},
		{"260亿元", "元", "力争核心产业营收突破260亿元", "突破", ""},
		{"3600张", "张", "新增养老床位3600张", "", ""},
		{"8万", "人", "8万以上贫困人口脱贫", "", "以上"},
		{"10个", "个", "投资过亿元以上的项目10个", "", ""},
		{"70座", "座", "改造农村危桥100座以上", "", ""},
	} {
		target := plan.Target{Op: plan.AtLeast, ValueText: c.value, Unit: c.unit, Quote: c.quote}
		if before, behind := target.Floor(); before != c.before || behind != c.behind {
			t.Errorf("%s in %s: %q, %q", c.value, c.quote, before, behind)
		}
	}
	if w := (&plan.Target{ValueText: "1/3", Unit: "%"}).Written(); w != "1/3" {
		t.Errorf("1/3 is written %s", w)
	}
}
