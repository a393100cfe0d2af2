package report

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzLex holds what the parser relies on: quantities stand in order inside the text, do
// not overlap, and begin with their numeral.
func FuzzLex(f *testing.F) {
	for _, s := range []string{
		"新增1,476万户、3-5家，增长6%以上、力争7%", "翻两番，三分之一，百分之五，一百二十个，两万户", "PM2.5、5G、4A级、2×66万千瓦、G351线", "5亿元/平方公里，60万亩次，1个工作日，78岁",
		"千亿、百亿元、“10万”、《3号》", "１２３％", "1/3 1/0 9999999999999999999999个", "十百千万亿", "每50公斤分别提高3元、5元和10元",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		src := clean(strings.ToValidUTF8(raw, "?"))
		for _, l := range src.lines {
			at := l.a
			for _, q := range lex(src.text, l.a, l.b) {
				if q.a < at || q.b <= q.a || q.end < q.b || q.end > l.b {
					t.Fatalf("quantity [%d:%d:%d] behind %d in line [%d:%d] of %q", q.a, q.b, q.end, at, l.a, l.b, src.text)
				}
				if !utf8.RuneStart(src.text[q.a]) || q.b < len(src.text) && !utf8.RuneStart(src.text[q.b]) {
					t.Fatalf("quantity [%d:%d] cuts a character of %q", q.a, q.b, src.text)
				}
				if cut := src.cut(q.a, q.b); !strings.Contains(src.raw, cut) {
					t.Fatalf("%q is not in the text as received", cut)
				}
				at = q.b
			}
		}
	})
}

// FuzzOutline holds what codes rest on: the segments of a part stand in order, do not
// overlap, have codes of their own, and none of the part's text is lost between them.
func FuzzOutline(f *testing.F) {
	for _, s := range []string{
		"二、工作安排\n（一）抓工业。一是强链。二是建园。\n（二）抓农业\n1.良田\n2.良种。", "第一部分 回顾\n第二部分 安排\n一、抓项目\n（一）招商。①一②二\n（二）落地。", "**今年任务**\n**（一）甲**\n——乙。\n【丙】丁",
		"三、实事：1、甲；2、乙；4、丙\n附件\n2024年民生实事\n序号\t名称\t责任单位\n1\t甲\t乙", "一、二、三、\n（一）（二）\n一是\n一是\n三是\n第一，\n其二，", "注释\n1.实事：①甲②乙",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		src := clean(strings.ToValidUTF8(raw, "?"))
		if len(src.lines) == 0 {
			return
		}
		parts := partsOf(src, 0)
		classify(parts, 2024)
		for _, p := range parts {
			at, codes := 0, map[string]bool{}
			for _, s := range segmentsOf(src, p) {
				if s.a < at || s.b < s.a || s.content < s.a || s.content > s.b {
					t.Fatalf("segment [%d:%d:%d] behind %d in %q", s.a, s.content, s.b, at, src.text)
				}
				if code := string(s.code()); codes[code] {
					t.Fatalf("code %s twice in %q", code, src.text)
				} else {
					codes[code] = true
				}
				at = s.b
			}
		}
	})
}
