package report

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"duban/plan"
)

// finishing verbs name a state that somebody can check.
var finishing = newWords(
	"全面完成", "基本完成", "如期完成", "圆满完成", "完成", "建成投用", "建成", "基本建成", "启动建设", "启动编制", "启动实施", "启动", "制定实施", "制定", "制订", "编制完成", "编制", "出台", "建立", "成立", "设立", "组建",
	"基本实现", "全面实现", "实现", "划定", "整合", "举办", "承办", "办好", "开工建设", "开工", "基本解决", "解决", "取缔", "关停", "通过", "全面实施", "全面推行", "全面启动", "基本消除", "消除", "确保", "新建", "改造", "建设",
	"开通", "创成", "建好", "筹建", "发行", "落成", "投用", "挂牌", "获批",
)

// working verbs begin something without an end; only a named object makes them a task.
var working = newWords(
	"组织实施", "实施", "开展", "推进", "加快", "抓好", "推行", "实行", "落实", "打造", "创建", "争创", "推广", "构建", "培育", "支持", "推动", "加强", "做好", "争取", "申报", "建立健全", "健全", "完善", "扩大", "提升", "鼓励", "遏制", "杜绝", "防止", "避免", "升级改造",
)

// objectEnds are what working verbs must end in to be checkable.
var objectEnds = newWords(
	"工程", "项目", "项目建设", "行动", "计划", "制度", "试点", "试点工作", "建设", "改造", "平台", "中心", "基地", "园区", "示范区", "创建", "整治", "治理", "修编", "规划", "规划设计", "前期工作", "机制", "体系建设", "景区", "示范城市", "示范县", "先进县",
	"审计全覆盖", "全覆盖", "户户通", "修复", "评议", "活动", "大会", "设计", "改革", "撤县设区", "考核", "统筹", "结算", "评选", "任务", "供养", "攻坚战", "错峰生产", "限值", "提标改造", "发生", "救治", "培训", "监管", "落地",
)

// tasksOf finds the deliverables without a number.
func (r *reader) tasksOf() []plan.Task {
	var tasks []plan.Task
	counted := map[*clause]bool{}
	for _, m := range r.found {
		counted[m.clause] = true
	}
	for i := range r.clauses {
		c := &r.clauses[i]
		if counted[c] {
			if task, ok := r.besideNumber(c); ok {
				tasks = append(tasks, task)
			}
			continue
		}
		if task, ok := r.taskOf(c); ok {
			tasks = append(tasks, task)
		}
	}
	return tasks
}

// besideNumber finds 所有…建成运营 behind a number in the same clause.
func (r *reader) besideNumber(c *clause) (plan.Task, bool) {
	from := c.qs[len(c.qs)-1].end
	i := strings.LastIndex(r.src.text[from:c.b], "、")
	if i < 0 {
		return plan.Task{}, false
	}
	rest := *c
	rest.a, rest.qs = from+i+len("、"), nil
	if !hasPrefixAny(r.src.text[rest.a:c.b], "所有", "全部") {
		return plan.Task{}, false
	}
	return r.taskOf(&rest)
}

// taskOf reads one clause: an adverb or hedge, a verb, an object.
func (r *reader) taskOf(c *clause) (plan.Task, bool) {
	text := r.src.text[c.a:c.b]
	n := utf8.RuneCountInString(text)
	if n < 5 || n > 70 || c.sep == '：' || containsAny(text, []string{"各位代表", "我们", "奋斗", "旗帜", "团结在"}) {
		return plan.Task{}, false
	}
	if r.heads(c) {
		return plan.Task{}, false
	}
	body := trimTask(stripTime(cutSpan(text)))
	if strings.HasPrefix(body, "是") {
		return plan.Task{}, false // says what the year is
	}
	action := deliverable(body, text)
	if action == "" {
		return plan.Task{}, false
	}
	until := deadlinesOf(r.src.text, c.a, c.b, r.year, r.fallback)
	date := r.fallback
	if len(until.words) > 0 {
		date = until.words[len(until.words)-1].date
	}
	a := c.a + len(prefixOf(text, []string{"同时", "并"}))
	if before := r.subjectClause(c, body); before != nil {
		a = before.a
	}
	return plan.Task{
		Text: r.src.cut(a, c.b), Action: action, Start: r.src.start(a), Hedge: taskHedge(text), Deadline: date,
	}, true
}

// subjectClause returns the clause that names what a bare state is of: 开工建设大桥，三年内建成
// 通车; nil where the clause names it itself.
func (r *reader) subjectClause(c *clause, body string) *clause {
	if !slices.Contains(bareStates, body) {
		return nil
	}
	i, _ := slices.BinarySearchFunc(r.clauses, c.a, func(c clause, a int) int { return cmp.Compare(c.a, a) })
	if i == 0 || r.clauses[i-1].no != c.no {
		return nil
	}
	return &r.clauses[i-1]
}

// heads reports whether the clause is the item's own heading: its first sentence, with more
// behind it.
func (r *reader) heads(c *clause) bool {
	s := r.segment
	item := len(s.levels) > 3 && s.levels[3] > 0
	return item && c.a == s.content && (c.sep == '。' || c.sep == '\n') && strings.Trim(r.src.text[c.b:s.b], "。；\n\t ") != ""
}

// cutSpan drops 用三年时间 from the start of a clause.
func cutSpan(t string) string {
	if i := strings.Index(t, "时间"); i > 0 && i < 30 && strings.Contains(t[:i], "年") && strings.Contains(t[:i], "用") {
		return t[i+len("时间"):]
	}
	return t
}

func taskHedge(t string) plan.Hedge {
	switch {
	case strings.Contains(t, "力争"):
		return plan.Strive
	case strings.HasPrefix(t, "努力"):
		return plan.Endeavour
	case strings.HasPrefix(t, "基本") || strings.Contains(t, "基本实现") || strings.Contains(t, "基本完成"):
		return plan.Basically
	}
	return ""
}

// trimTask drops the adverbs in front of a task's verb, but not 全面 and 基本, which say
// how far it goes.
func trimTask(t string) string {
	for {
		w := prefixOf(t, []string{
			"同时", "并", "还要", "要", "继续", "积极", "加快", "扎实", "稳步", "统筹", "深入", "进一步", "切实", "突出", "坚决", "稳妥", "广泛", "不断", "努力", "力争", "争取", "大力", "着力",
			"全力", "年内", "今年", "适时", "不折不扣", "高标准", "高质量", "有序", "率先", "尽快", "尽早", "组织", "重点", "严格", "持续", "用好",
		})
		if w == "" || len(w) == len(t) {
			return t
		}
		t = t[len(w):]
	}
}

// deliverable returns the verb of a checkable task, "" for a general intention.
func deliverable(body, text string) string {
	if strings.HasPrefix(body, "确保") {
		if state := finalState(body); state != "" {
			return state
		}
		return ""
	}
	if slices.Contains(bareStates, body) && strings.HasSuffix(text, body) && stripTime(text) == body {
		return body // what it is of stands in the clause before
	}
	if state := finalState(body); state != "" {
		return state
	}
	verb := finishing.prefix(body)
	if verb != "" && concrete(verb, strings.TrimPrefix(body, verb), text) {
		return verb
	}
	verb = working.prefix(body)
	if verb == "" {
		return ""
	}
	object := strings.TrimPrefix(body, verb)
	if strings.HasPrefix(verb, "完善") || verb == "加强" || verb == "提升" || verb == "健全" {
		return ""
	}
	if namesThing(object) && objectEnds.suffix(object) != "" {
		return verb
	}
	return ""
}

// finalStates end a clause that says how things will be.
var finalStates = newWords("投入运行", "交付使用", "启用", "主体完工", "完工", "开工建设", "建成投用", "建成运营", "建成招生", "建成通车", "建成", "竣工", "投产", "投用", "投入使用", "投入运营", "通车", "全覆盖", "达产", "正式运营", "开工", "封顶", "挂牌", "落地")

// bareStates are final states that stand alone behind the clause that names their subject.
var bareStates = []string{"建成通车", "建成投用", "建成运营", "建成使用", "建成投产", "建成", "竣工", "投产", "投用", "投入使用", "投入运行", "投入运营", "交付使用", "通车", "启用", "完工", "主体完工", "开工建设", "开工"}

// finalState finds what will be so at the end: 建成运营, 全部纳入, 通过验收, 全覆盖.
func finalState(body string) string {
	if w := finalStates.suffix(body); w != "" && w != body && !strings.Contains(body, "已") {
		return w
	}
	if i := strings.LastIndex(body, "建成"); i > 0 && i < 40 && len(body)-i <= 96 && !strings.Contains(body[i:], "机制") && !strings.Contains(body, "已") {
		return "建成"
	}
	for _, w := range []string{"全部纳入", "全部", "纳入", "通过", "达到", "都有", "取得突破"} {
		if i := strings.Index(body, w); i > 0 {
			if w == "通过" && suffixOf(body, []string{"验收", "评估", "认证", "审批", "评审", "认定"}) == "" {
				continue
			}
			if w == "纳入" && !strings.HasPrefix(body, "把") && !strings.HasPrefix(body, "将") {
				continue
			}
			if w == "达到" && suffixOf(body, []string{"标准", "要求", "水平", "以上"}) == "" {
				continue
			}
			return w
		}
	}
	return ""
}

// concrete reports whether what a finishing verb is done to can be checked.
func concrete(verb, object, text string) bool {
	n := utf8.RuneCountInString(object)
	switch verb {
	case "建立", "制定", "制订", "设立", "成立", "组建", "出台", "编制", "划定", "启动", "整合", "举办", "承办", "筹建", "开通":
		return n >= 2 && !strings.HasPrefix(object, "在") && (verb != "建立" || !strings.HasPrefix(object, "健全") || suffixOf(object, []string{"制度", "机制", "平台", "体系"}) != "")
	case "完成", "全面完成", "基本完成", "建成", "基本建成", "基本实现", "全面实施", "关停", "取缔", "基本解决", "全面推行":
		return n >= 2
	case "实现":
		return strings.Contains(object, "“") || suffixOf(object, []string{"统筹", "合一", "全覆盖", "联网", "通", "突破", "清零", "达标", "互通"}) != ""
	case "建设", "新建", "改造":
		return (n >= 4 && namesThing(object) || suffixOf(object, []string{"平台", "中心"}) != "") && !containsAny(object, []string{"我们", "力度", "家园", "和谐"})
	case "办好":
		return suffixOf(object, []string{"会", "赛", "节", "展", "周", "论坛"}) != "" && !strings.HasSuffix(object, "社会")
	case "开工", "开工建设", "创成", "获批", "发行", "消除", "基本消除":
		return n >= 3
	}
	return false
}

// namesThing reports whether the object of a verb names something: a quotation, a place, a
// list, or simply enough words.
func namesThing(object string) bool {
	return utf8.RuneCountInString(object) >= 6 || strings.Contains(object, "“")
}
