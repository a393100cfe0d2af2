package report

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"duban/plan"
)

// header is what the lines before the first heading say of the report itself.
type header struct {
	title, place, speaker string
	delivered             plan.Date
	year                  int // named in the title; 0 where it names none
	titled                bool
	body                  int // first line of the text proper
}

// headerLines bounds how far down the title, the date and the speaker are looked for.
const headerLines = 12

func readHeader(src *source) header {
	h := header{title: "政府工作报告"}
	if t := matterTitle(src.matter); t != "" {
		h.readTitle(t)
		h.delivered = dateIn(t)
	}
	for i, l := range src.lines {
		t := src.text[l.a:l.b]
		if i >= headerLines || h.bodyLine(t) {
			break
		}
		h.readLine(t)
		h.body = i + 1
	}
	if h.place == "" {
		h.place = placeOfGovernment(src.text)
	}
	h.body = min(h.body, max(0, len(src.lines)-1))
	return h
}

// bodyLine reports whether the text proper begins with the line.
func (h *header) bodyLine(t string) bool {
	m := hanHead(t)
	return hasPrefixAny(t, "各位代表", "各位人大代表", "同志们") || m.style != plain || utf8.RuneCountInString(t) > 90
}

func (h *header) readLine(t string) {
	if utf8.RuneCountInString(t) < 60 {
		h.readTitle(t)
	}
	if d := dateIn(t); !d.IsZero() && h.delivered.IsZero() {
		h.delivered = d
	}
	if place := meetingPlace(t); place != "" {
		h.place = place
	}
	if _, name := speakerIn(t); name != "" && h.speaker == "" {
		h.speaker = name
	}
	if place, _ := speakerIn(t); place != "" && h.place == "" {
		h.place = place
	}
}

// readTitle takes the title, and the place and year that stand before 政府工作报告 in it.
func (h *header) readTitle(t string) {
	i := strings.Index(t, "工作报告")
	if i < 0 || strings.Contains(t, "会议") || strings.Contains(t, "作政府工作报告") || h.titled {
		return
	}
	title := t[:i+len("工作报告")]
	if j := strings.LastIndexAny(title, "《"); j >= 0 {
		title = title[j+len("《"):]
	}
	h.title = strings.TrimLeft(title, "-—:：")
	h.titled = true
	if y := yearIn(h.title); y > 0 {
		h.year = y
	}
	if y := yearIn(t); y > 0 && h.year == 0 && !strings.Contains(t, "月") {
		h.year = y
	}
	whose := strings.TrimSuffix(strings.TrimSuffix(title, "工作报告"), "政府")
	if rest, ok := strings.CutSuffix(whose, "年"); ok && len(rest) > 4 {
		whose = strings.TrimRight(rest, "0123456789")
	}
	if place := placeEnding(whose); place != "" && h.place == "" {
		h.place = place
	}
}

func matterTitle(matter string) string {
	for _, l := range strings.Split(matter, "\n") {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(l), "title:"); ok {
			return strings.Trim(strings.TrimSpace(rest), `"'`)
		}
	}
	return ""
}

// dateIn returns the first date YYYY年M月D日 in t.
func dateIn(t string) plan.Date {
	for at := 0; ; {
		i := strings.Index(t[at:], "年")
		if i < 0 {
			return plan.Date{}
		}
		i += at
		at = i + len("年")
		year := 0
		if i >= 4 {
			year, _ = strconv.Atoi(t[i-4 : i])
		}
		rest := t[at:]
		month, rest := numberBefore(rest, "月")
		day, _ := numberBefore(rest, "日")
		if year >= 1949 && month >= 1 && month <= 12 && day >= 1 && day <= 31 {
			return plan.NewDate(year, time.Month(month), day)
		}
	}
}

// numberBefore reads "12月…" and returns 12 and what follows, or 0.
func numberBefore(t, word string) (int, string) {
	n, size := smallArabic(t)
	if size == 0 {
		n, size = smallHan(t)
	}
	if rest, ok := strings.CutPrefix(t[size:], word); ok {
		return n, rest
	}
	return 0, t
}

// placeEndings are the ranks of a place that has a government.
var placeEndings = []string{"自治区", "自治州", "自治县", "自治旗", "开发区", "省", "市", "县", "区", "旗", "州", "盟", "镇", "乡"}

// placeEnding returns t where it is the name of a place, else "".
func placeEnding(t string) string {
	t = strings.TrimSuffix(t, "人民")
	if i := strings.LastIndexAny(t, "年—-）)》，。:："); i >= 0 {
		_, size := utf8.DecodeRuneInString(t[i:])
		t = t[i+size:]
	}
	n := utf8.RuneCountInString(t)
	if n < 2 || n > 12 || suffixOf(t, placeEndings) == "" {
		return ""
	}
	return t
}

// meetingPlace returns X of 在X第十七届人民代表大会, "" where the line names no place.
func meetingPlace(t string) string {
	end := strings.Index(t, "人民代表大会")
	if end < 0 {
		return ""
	}
	i := strings.Index(t, "在")
	j := strings.Index(t, "第")
	if i < 0 || j < i || j > end {
		j = end
	}
	if i < 0 || i > j {
		return ""
	}
	return placeEnding(t[i+len("在") : j])
}

// speakerIn returns place and name of 聊城市市长宋军继.
func speakerIn(t string) (place, name string) {
	for _, office := range []string{"总理", "市长", "区长", "县长", "省长", "州长", "旗长", "盟长", "镇长", "乡长", "主席", "主任"} {
		i := strings.LastIndex(t, office)
		if i < 0 {
			continue
		}
		name = strings.TrimLeft(t[i+len(office):], "：:()代")
		name = strings.TrimRight(name, ")")
		if n := utf8.RuneCountInString(name); n < 2 || n > 6 && !strings.Contains(name, "·") || n > 15 || strings.ContainsAny(name, "，。的会") {
			name = ""
		}
		place = strings.TrimRight(t[:i], "代()")
		for _, w := range []string{"人民政府", "政府"} {
			place = strings.TrimSuffix(place, w)
		}
		return placeEnding(place), name
	}
	return "", ""
}

// placeOfGovernment returns X of 我代表X人民政府.
func placeOfGovernment(text string) string {
	i := strings.Index(text, "我代表")
	if i < 0 {
		return ""
	}
	rest := text[i+len("我代表"):]
	if j := strings.Index(rest, "政府"); j > 0 && j < 60 {
		if place := placeEnding(rest[:j]); utf8.RuneCountInString(place) > 2 {
			return place
		}
	}
	return ""
}
