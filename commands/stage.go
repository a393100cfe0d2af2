package commands

import (
	"regexp"
	"slices"
	"strings"

	"duban/ask"
	"duban/plan"
)

// Words by which people say how far a task is, and words of figures that say nothing of
// what is counted.
var (
	notStartedPattern = regexp.MustCompile(`(还?未|还?没有?|尚未)(启动|开始|开工|动工|动起来|动|建立|建|成立|实施|开展|进场|立项)`)
	unfinished        = regexp.MustCompile(`(还?未能?|还?没有?能?|尚未|不能|无法|难以|即将|预计|计划|将要?|基本具备|快)(全部|全面|按期|按时|如期|及时)*(完成|建成|竣工|投用|投入使用|解决|通车|验收|印发|出台|完工|实现|建完|修完|做完|办完|改完|建好|修好|做好)`)
	short             = regexp.MustCompile(`(还|只|仍)(差|剩)|差[一二两三四五六七八九十几\d]`)
	ongoingPattern    = regexp.MustCompile(`(正在|正)?(推进中|稳步推进|有序推进|加快推进|推进|进行中|在建|施工中?|办理中|筹备中?|进展顺利|顺利进行|加快|抓紧)|正在(办理|招标|施工|筹备|进行|建设|改造)?|已?(开工|启动|动工|招标|封顶|进场|立项|过半)(了|发行)?|前期(工作)?中|都在推进|主体封顶`)
	finishedPattern   = regexp.MustCompile(`(已经?|均已?|都已?|全部|全面|基本|如期|圆满|顺利)+(完成|建成|竣工|完工|投用|投入使用|招生|开学|通车|验收|印发|出台|启用|挂牌|交付|成立|设立|组建|开业|开放|落实|解决|实现|建立|关停|举办|取缔|划定|覆盖|办结|制定|开展|纳入|整合|建好|上线|运营|开通|并网)+(了|招生|投用|使用|并投用)?|` +
		`(完成|建成|竣工|完工|投用|投入使用|通车|办完|搞定|做完|办结|解决|落实|开放)(了|啦)?$|(完成|建成|竣工|办完|做完)了|搞定`)
	unchangedPattern = regexp.MustCompile(`(与|跟|和|同|比|较)?(上个?月|上次|上期|上周)?(相比|比)?(均|都|暂|仍)?(无变化|没有?变化|无进展|没有?进展|无新增|没有?新增|未新增|未变化|不变|一样|相同|持平|没有?变)|同上[月期次]?$|(跟|和|与)(上月|上次|上个月)相?比?(没动|一样)`)
	emptyWords       = longestFirst([]string{
		"截至目前为止", "截至目前", "截止目前", "截至", "截止", "目前为止", "目前", "累计到", "累计", "累积", "共计", "合计", "总共", "一共", "总计", "总数",
		"同比", "较年初", "比年初", "已经", "已", "共", "达到", "达", "到", "为", "是", "有", "了", "现在", "今年", "全市", "以来", "上报", "填报", "报", "进度", "本月", "当月", "这个月", "这月", "本周", "这周",
		"比上月", "较上月", "比上个月", "较上个月", "比上次", "较上次", "环比", "再增加", "又", "改为", "改成", "更正为", "应为", "应该是", "实际是", "其实是",
		"其中", "基本", "任务", "年度", "全年", "的", "我局", "我们", "本局", "也", "均", "都", "今", "数", "个", "约", "大概", "左右", "近", "余", "多",
	})
	emptyMarks = strings.NewReplacer("：", " ", ":", " ", "、", " ", "-", " ", "—", " ", "，", " ", ",", " ", "。", " ", ".", " ", "(", " ", ")", " ", ";", " ", "~", " ", "'", " ", "=", " ")
)

// longestFirst sorts words so that none is cut by a shorter one in it.
func longestFirst(words []string) []string {
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
}

// stageOf reads how far a task is; "" where the words do not say.
func stageOf(words string) plan.Stage {
	switch {
	case unfinished.MatchString(words):
		return plan.Ongoing
	case notStartedPattern.MatchString(words):
		return plan.NotStarted
	case short.MatchString(words):
		return plan.Ongoing
	case (doneStep.MatchString(words) || stepDone.MatchString(words)) && !finishedPattern.MatchString(words):
		return plan.Finished
	case finishedPattern.MatchString(strings.TrimRight(words, " 。.!")):
		return plan.Finished
	case ongoingPattern.MatchString(words):
		return plan.Ongoing
	}
	return ""
}

// withoutStage takes the words of stages away.
func withoutStage(words string) string {
	words = strings.TrimRight(words, " 。.!")
	for _, p := range []*regexp.Regexp{unfinished, notStartedPattern, finishedPattern, ongoingPattern, stepDone, doneStep} {
		words = p.ReplaceAllString(words, " ")
	}
	return strings.TrimSpace(words)
}

// content takes the words of figures away; "" is left where nothing says what is counted.
func content(words string) string {
	words = emptyMarks.Replace(words)
	for _, w := range emptyWords {
		words = strings.ReplaceAll(words, w, " ")
	}
	return strings.Join(strings.Fields(words), "")
}

// thing takes the verbs away too: what is left is what is counted.
func thing(words string) string {
	words = content(words)
	for _, w := range verbs {
		words = strings.ReplaceAll(words, w, " ")
	}
	return strings.Join(strings.Fields(words), "")
}

func hasAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

func isUnchanged(text string) bool { return unchangedPattern.MatchString(text) }

// unchanged reads 养老床位无变化 and 公路、危桥均无变化.
func (s *scan) unchanged(text string) {
	words := unchangedPattern.ReplaceAllString(text, " ")
	if content(words) == "" {
		s.sameAgain()
		return
	}
	for _, piece := range strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune("、和及与, ", r) }) {
		if content(piece) == "" {
			continue
		}
		if m, others := s.find(piece, "", s.segment, false); m != (ask.Match{}) {
			s.entries, s.last = append(s.entries, entry{unchanged: true, match: m, others: others}), m
		}
	}
}

// sameAgain is 无变化 of the commitment that was named.
func (s *scan) sameAgain() {
	if s.segment == nil {
		return
	}
	for _, m := range partsOf(s.segment) {
		s.entries = append(s.entries, entry{unchanged: true, match: m})
	}
}

// words reads a clause without a number: the stage of a task, else a remark.
func (s *scan) words(text string) {
	stage := stageOf(text)
	if stage == "" {
		s.remark(text)
		s.mention(text)
		return
	}
	m, others := s.taskOf(withoutStage(text))
	if !s.tells(text, m) || slices.ContainsFunc(others, func(o ask.Match) bool { return isName(text, &o) }) {
		s.remark(text)
		return
	}
	if m.Target != nil || !plainStage(text) { // 全部完成 below the target is asked about
		s.remark(text)
	}
	e := entry{match: m, others: others, stage: stage}
	if m.Task != nil && stage == plan.Finished {
		if e.stage = stageFor(text, m.Task); e.stage == plan.Finished {
			e.rest, e.nearly = unnamed(text, m.Task), nearly(text, m.Task)
		}
	}
	s.entries, s.last = append(s.entries, e), m
}

// tells reports whether a clause with a stage says it of a match: it names more of it than
// a character, and is neither the name of it nor a wish (推进撤县设区).
func (s *scan) tells(text string, m ask.Match) bool {
	switch {
	case m == (ask.Match{}), m.Target != nil && len(s.entries) > 0:
		return false
	case content(withoutStage(text)) != "" && !strong(withoutStage(text), &m):
		return false
	}
	return !wishPattern.MatchString(text) && !isName(text, &m)
}

// isName reports whether a text is no more than the name of a match, or a part of it; 基本 of
// 基本建成 may be left out.
func isName(text string, m *ask.Match) bool {
	plain := func(t string) string { return strings.ReplaceAll(unquoted(t), "基本", "") }
	return strings.Contains(plain(nameOf(m)), plain(text))
}

// wishPattern is a verb before its object with nothing that says how far it is.
var wishPattern = regexp.MustCompile(`^(继续|全力|大力|积极|稳步|有序|加快|扎实)*(推进|加快|抓紧|启动)[^中了已过\d]*$`)

// unquoted is a text without quotation marks and blanks.
func unquoted(text string) string {
	return strings.NewReplacer("“", "", "”", "", " ", "").Replace(text)
}

// mention keeps what a clause without a figure speaks of, for a number that follows it.
func (s *scan) mention(text string) {
	m, _ := s.find(spoken.Replace(text), "", s.segment, true)
	if m == (ask.Match{}) || !s.own(m.Commitment) || !strong(text, &m) {
		return
	}
	s.topic, s.spoken = text, true
}

// taskOf finds the task that words name; without words, the one task of the commitment.
func (s *scan) taskOf(words string) (ask.Match, []ask.Match) {
	if content(words) != "" {
		return s.find(words, "", s.segment, false)
	}
	if s.segment == nil || len(s.entries) > 0 {
		return ask.Match{}, nil
	}
	var tasks []ask.Match
	for _, m := range partsOf(s.segment) {
		if m.Task != nil {
			tasks = append(tasks, m)
		}
	}
	if len(tasks) == 0 {
		return ask.Match{}, nil
	}
	return tasks[0], tasks[1:]
}

// strong reports whether words and the name of a match have two characters running in
// common, one alone is chance, or shorten it (社保卡, 技改 for 技术改造).
func strong(words string, m *ask.Match) bool {
	runes := []rune(content(words))
	if len(runes) > 2 && shortens(runes, nameOf(m)) {
		return true
	}
	for i := 1; i < len(runes); i++ {
		if together(runes[i-1], runes[i], []rune(nameOf(m))) {
			return true
		}
	}
	return false
}

// together reports whether a character stands at most two behind another one in a name.
func together(first, second rune, name []rune) bool {
	for i, c := range name {
		if c == first && slices.Contains(name[i+1:min(i+4, len(name))], second) {
			return true
		}
	}
	return false
}

// shortens reports whether all characters stand in a name in their order.
func shortens(short []rune, name string) bool {
	for _, c := range short {
		_, rest, ok := strings.Cut(name, string(c))
		if !ok {
			return false
		}
		name = rest
	}
	return true
}

// plainStage reports whether a clause says no more than task and stage.
func plainStage(text string) bool {
	for _, w := range []string{"已完成", "推进中", "未启动", "还没动", "没动", "完成", "正在推进", "已落实", "还没开工"} {
		if strings.HasSuffix(strings.TrimRight(text, " 。!"), w) {
			return true
		}
	}
	return false
}
