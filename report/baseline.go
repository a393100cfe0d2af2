package report

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"duban/plan"
)

// reported reports whether a quantity of the review is a figure worth keeping.
func reported(s setting) bool {
	q := s.q
	if q.quoted || q.han && !q.doubled || isOrigin(s) || isThreshold(s) || enumerated(s) {
		return false
	}
	return q.kind != noUnit || headcount(s.post) || closes(s.post)
}

// figures are the numbers of a segment that looks back on the year before; those of a
// longer span (五年来, 年均) are left out.
func (r *reader) figures() []plan.Figure {
	var figures []plan.Figure
	sentence, from, long := -1, 0, false
	head := r.src.text[r.segment.a:min(r.segment.b, r.segment.a+240)]
	if longSpan(head) {
		return nil
	}
	for _, m := range r.found {
		if m.clause.no != sentence {
			sentence, from, long = m.clause.no, r.sentenceStart(m.clause), false
		}
		long = long || longSpan(r.src.text[from:m.clause.b])
		from = m.clause.a
		if long {
			continue
		}
		figures = append(figures, plan.Figure{
			Year: r.year - 1, Metric: m.metric, Value: m.q.value, Unit: m.q.unit,
			ValueText: r.src.cut(m.q.a, m.q.b), Start: r.src.start(m.q.a), Quote: r.quote(m.clause), Code: r.segment.code(),
		})
	}
	return figures
}

// sentenceStart returns where the sentence of a clause begins.
func (r *reader) sentenceStart(c *clause) int {
	i, _ := slices.BinarySearchFunc(r.clauses, c.no, func(c clause, no int) int { return cmp.Compare(c.no, no) })
	return r.clauses[i].a
}

// longSpans say that a figure is of more than one year.
var longSpans = newWords("五年来", "五年累计", "过去五年", "五年间", "五年的努力", "五年新增", "五年共", "四年来", "三年来", "年均", "历年", "时期")

func longSpan(t string) bool {
	return longSpans.in(t)
}

// mostFigures bounds how many figures are compared; a long review has some hundreds.
const mostFigures = 800

// pair is a target with a figure of the year before that may be its baseline.
type pair struct {
	target *plan.Target
	figure int
	score  float64
}

// addBaselines gives each target last year's figure for the same indicator: compatible
// unit and direction, no contradiction in rank or stage, and names that agree. A figure
// serves one target of the year and one of the long programme at most.
func addBaselines(p *plan.Plan) {
	cores := map[string][]indicator{}
	for i, f := range p.Figures[:min(len(p.Figures), mostFigures)] {
		in := indicatorOf(f.Metric)
		in.figure = i
		cores[unitClass(f.Unit)] = append(cores[unitClass(f.Unit)], in)
	}
	for _, programme := range []bool{false, true} {
		var pairs []pair
		for i := range p.Commitments {
			for j := range p.Commitments[i].Targets {
				t := &p.Commitments[i].Targets[j]
				if (t.Deadline.Year > p.Year+2) == programme {
					pairs = append(pairs, candidates(t, cores)...)
				}
			}
		}
		assign(pairs, p.Figures)
	}
}

func candidates(t *plan.Target, byUnit map[string][]indicator) []pair {
	cores := byUnit[unitClass(t.Unit)]
	if len(cores) == 0 {
		return nil
	}
	var pairs []pair
	own := indicatorOf(t.Metric)
	for i := range cores {
		if score := own.alike(&cores[i]); score > 0 {
			pairs = append(pairs, pair{t, cores[i].figure, score})
		}
	}
	return pairs
}

// assign gives out figures, the most alike first; of equals the earlier figure.
func assign(pairs []pair, figures []plan.Figure) {
	slices.SortStableFunc(pairs, func(a, b pair) int {
		if c := cmp.Compare(b.score, a.score); c != 0 {
			return c
		}
		return cmp.Compare(a.figure, b.figure)
	})
	taken := map[int]bool{}
	for _, c := range pairs {
		if c.target.Baseline == nil && !taken[c.figure] {
			taken[c.figure] = true
			figure := figures[c.figure]
			c.target.Baseline = &figure
		}
	}
}

// indicator is a metric reduced to what it measures.
type indicator struct {
	core   string
	grams  []uint64
	figure int    // of the plan, where it is one
	trend  int    // +1 grows, -1 shrinks, 0 is a level
	stage  string // 开工 or 建成
	rank   string // 国家级, 省级
	added  bool   // counts what is new
	stock  bool   // counts what there is: 先进陶瓷企业134家
}

// withoutScope drops what says where, since when or how a number was counted.
var withoutScope = strings.NewReplacer(
	"全市", "", "全区", "", "全县", "", "全省", "", "全年", "", "我市", "", "我区", "", "我县", "", "各类", "", "累计", "", "年均", "", "同口径", "", "比上年", "", "较年初", "", "同比", "",
	"共", "", "各项", "", "本外币", "", "实施", "", "“", "", "”", "", "(", "", ")", "", "、", "", "·", "",
)

var (
	ranks   = []string{"国家级", "省级", "自治区级", "市级", "县级", "国家", "全国", "省"}
	starts  = []string{"新开工", "开工", "启动"}
	endings = []string{"建成", "竣工", "基本建成", "投用"}
)

func indicatorOf(metric string) indicator {
	in := indicator{added: strings.Contains(metric, "新")}
	t := withoutScope.Replace(metric)
	in.stock = !in.added && leadVerb(t) == "" && deliveryVerbs.suffix(t) == "" && growthWords.suffix(t) == ""
	in.trend = trendOf(t)
	switch {
	case containsAny(t, starts):
		in.stage = "开工"
	case containsAny(t, endings):
		in.stage = "建成"
	}
	for _, w := range ranks {
		if strings.Contains(t, w) {
			in.rank = strings.TrimSuffix(strings.ReplaceAll(w, "全国", "国家"), "级")
			break
		}
	}
	in.core = coreOf(t)
	in.grams = bigrams(in.core)
	return in
}

func trendOf(t string) int {
	w := growthWords.suffix(t)
	switch {
	case w == "":
		return 0
	case slices.Contains(cutsBack, w):
		return -1
	}
	return +1
}

// coreOf drops the verbs, rates and measures around the thing.
func coreOf(t string) string {
	if w := growthWords.suffix(t); w != "" {
		t = strings.TrimSuffix(t, w)
	}
	if v := leadVerb(t); v != "" && v != t {
		t = strings.TrimPrefix(t, v)
	}
	if v := suffixOf(t, []string{"新开工建设", "开工建设", "新开工", "开工", "建成运营", "基本建成", "建成", "退出", "新增", "启动"}); v != "" && v != t {
		t = strings.TrimSuffix(t, v)
	}
	if w := suffixOf(t, []string{"面积", "建设", "工程", "增加值", "了"}); w != "" && w != t {
		t = strings.TrimSuffix(t, w)
	}
	return t
}

// bigrams returns the pairs of neighbouring characters, packed.
func bigrams(t string) []uint64 {
	grams := make([]uint64, 0, len(t)/3+1)
	before := rune(0)
	for _, r := range t {
		if before != 0 {
			grams = append(grams, uint64(before)<<32|uint64(r))
		}
		before = r
	}
	if len(grams) == 0 && before != 0 {
		grams = append(grams, uint64(before))
	}
	return grams
}

// alike scores how surely two indicators are the same, 0 for not at all.
func (in *indicator) alike(other *indicator) float64 {
	if in.added && other.stock || other.added && in.stock {
		return 0
	}
	if in.trend != other.trend || in.core == "" || other.core == "" {
		return 0
	}
	if in.stage != "" && other.stage != "" && in.stage != other.stage || in.rank != other.rank && in.rank != "" && other.rank != "" {
		return 0
	}
	score := dice(in.grams, other.grams)
	short, long := in.core, other.core
	if len(short) > len(long) {
		short, long = long, short
	}
	if strings.HasSuffix(long, short) && !slices.Contains(commonHeads, short) && utf8.RuneCountInString(short) >= 2 {
		score = max(score, 0.75)
	}
	if score < 0.5 {
		return 0
	}
	if owner, other := ownerOfHead(in.core), ownerOfHead(other.core); owner != "" && other != "" && dice(bigrams(owner), bigrams(other)) < 0.4 {
		return 0
	}
	tail := commonTail(in.core, other.core)
	if score >= 0.6 || score >= 0.5 && tail >= 3 && in.added == other.added {
		return score + float64(tail)/100
	}
	return 0
}

// commonHeads name too much to be the same thing wherever they stand.
var commonHeads = []string{"就业", "投资", "建设", "项目", "企业", "改造", "收入", "面积", "产值", "资金", "培训", "人数", "规模", "总额", "增长", "活动", "基地", "平台", "道路", "学校", "小区"}

// ownerOfHead returns what stands in front of a generic head: 工业重点项目 of 工业重点项目完成投资.
func ownerOfHead(core string) string {
	for _, w := range []string{"完成投资", "到位资金", "营收", "产值", "投资", "覆盖率", "合格率", "普及率"} {
		if t := strings.TrimSuffix(core, w); t != core {
			return t
		}
	}
	return ""
}

// unitClass groups units that count the same sort of thing.
func unitClass(unit string) string {
	switch unit {
	case "家", "处", "所", "座":
		return "个"
	}
	return unit
}

func dice(a, b []uint64) float64 {
	common := 0
	for i, g := range a {
		if slices.Contains(b, g) && !slices.Contains(a[:i], g) {
			common++
		}
	}
	return 2 * float64(common) / float64(len(a)+len(b))
}

// commonTail counts the characters that two words end in together.
func commonTail(a, b string) int {
	n := 0
	for {
		r, size := utf8.DecodeLastRuneInString(a)
		q, width := utf8.DecodeLastRuneInString(b)
		if r != q || size == 0 {
			return n
		}
		n, a, b = n+1, a[:len(a)-size], b[:len(b)-width]
	}
}
