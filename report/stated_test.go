package report_test

import (
	"testing"

	"duban/plan"
	"duban/report"
)

func TestReadStated(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, before string
		op           plan.Op
		value, upper string
		unit, as     string
	}{
		{"3600张", "", "", "3600", "", "张", "3600张"},
		{"3600", "", "", "3600", "", "", "3600"},
		{"40%以上", "", plan.AtLeast, "40", "", "%", "40%"},
		{"４０％以上", "", plan.AtLeast, "40", "", "%", "40%"},
		{"不低于40%", "", plan.AtLeast, "40", "", "%", "40%"},
		{"控制在3%以内", "", plan.AtMost, "3", "", "%", "3%"},
		{"控制在3%左右", "", plan.AtMost, "3", "", "%", "3%"},
		{"不超过100", "", plan.AtMost, "100", "", "", "100"},
		{"7.5%左右", "", plan.About, "7.5", "", "%", "7.5%"},
		{"约8%", "", plan.About, "8", "", "%", "8%"},
		{"等于100%", "", plan.Exactly, "100", "", "%", "100%"},
		{"6%-7%", "", "", "6", "7", "%", "6%-7%"},
		{"3.5万套", "", "", "35000", "", "套", "3.5万套"},
		{"棚户区改造新开工 3.5万套", "棚户区改造新开工", "", "35000", "", "套", "3.5万套"},
		{"公交专用道 12公里", "公交专用道", "", "12", "", "公里", "12公里"},
		{"5G基站 300个", "5G基站", "", "300", "", "个", "300个"},
		{"投资过亿元项目不少于20个", "投资过亿元项目", plan.AtLeast, "20", "", "个", "20个"},
		{"提高1.5个百分点", "提高", "", "1.5", "", "百分点", "1.5个百分点"},
		{"翻番", "", "", "2", "", "倍", "翻番"},
	} {
		s, before, ok := report.ReadStated(c.text)
		if !ok || before != c.before || s.Op != c.op || s.Value.String() != c.value || s.Unit != c.unit || s.Text != c.as {
			t.Errorf("%s: %+v, %q, %v", c.text, s, before, ok)
		}
		if upper := s.Upper; (upper != nil) != (c.upper != "") || upper != nil && upper.String() != c.upper {
			t.Errorf("%s: upper %v", c.text, upper)
		}
	}
	for _, none := range []string{"", "没有数", "第三章", "以上"} {
		if s, _, ok := report.ReadStated(none); ok {
			t.Errorf("%q: %+v", none, s)
		}
	}
}

func TestReadDeadline(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2018年6月底": "2018-06-30", "2018年底前": "2018-12-31", "2020年": "2020-12-31", "2020": "2020-12-31", "6月底": "2017-06-30",
		"到2021年": "2021-12-31", "两年内": "2018-12-31", "年底": "2017-12-31", "尽快": "", "": "",
	} {
		if day, _ := report.ReadDeadline(text, 2017); day.String() != want {
			t.Errorf("%s: %s, want %s", text, day, want)
		}
	}
}
