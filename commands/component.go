package commands

import (
	"regexp"
	"strings"

	"duban/ask"
	"duban/plan"
)

// Steps of a work whose end is not the end of the work.
var (
	workSteps = `路基|路面|主体|桩基|基础(?:施工|工程)?|地基|框架|土建|征地|拆迁|清表|招标|立项|可研|勘察|设计|方案|审批|环评|手续|前期工作|图纸|一期|首期|一标段|半幅|大部|部分`
	stepDone  = regexp.MustCompile(`(` + workSteps + `)(?:工程|施工|工作)?(?:已经?|均已?|都已?|全部|基本)*(?:封顶|完成|完工|竣工|通过|建成|办结|办完|做完|结束)`)
	doneStep  = regexp.MustCompile(`完成了?(` + workSteps + `)`)
)

// partial reports whether words say that a step of a task is finished, and not all of it:
// 完成路基, 主体完工. A task that itself is the step (规划设计) is finished with it.
func partial(words string, t *plan.Task) bool {
	for _, p := range []*regexp.Regexp{stepDone, doneStep} {
		if m := p.FindStringSubmatch(words); m != nil && !strings.Contains(t.Text, m[1]) {
			return true
		}
	}
	return false
}

// stageFor is how far words say that a task is: under way where a step of it is finished.
func stageFor(words string, t *plan.Task) plan.Stage {
	if stage := stageOf(words); stage != plan.Finished || !partial(words, t) {
		return stage
	}
	return plan.Ongoing
}

var nearlyDone = regexp.MustCompile(`基本(?:上|全部)?(?:完成|建成|竣工|完工|落实|解决|实现|建好|做完|到位)`)

// nearly reports whether words say 基本完成 of a task that promises to be completed: the
// filer knows which of the two is meant.
func nearly(words string, t *plan.Task) bool {
	return nearlyDone.MatchString(words) && !strings.Contains(t.Text, "基本")
}

// unnamed is the thing of a task of several (甲、乙和丙) that words leave out; "" where they
// name each, or none. A thing is named by two of its characters running.
func unnamed(words string, t *plan.Task) string {
	things := strings.FieldsFunc(unquoted(t.Text), func(r rune) bool { return r == '、' || r == '和' })
	var rest string
	named := 0
	for i, x := range things {
		x = object(x, i == len(things)-1)
		switch m := (ask.Match{Task: &plan.Task{Text: x}}); {
		case len([]rune(x)) < 3:
			return ""
		case strong(withoutStage(words), &m):
			named++
		case rest == "":
			rest = x
		}
	}
	if named == 0 {
		return ""
	}
	return rest
}

// objectEnds are verbs behind the last of several things.
var objectEnds = []string{"建成招生", "开工建设", "建设改造", "建设", "改造", "建成运营", "建成"}

// objectLeads are verbs before the first of several things.
var objectLeads = regexp.MustCompile(`^(确保|完成|力争|抓好|做好|实施|推动|推进|启动|加快|制定|整合|建设|开展)`)

// object is the thing of a task without the verbs around it.
func object(text string, last bool) string {
	text = objectLeads.ReplaceAllString(text, "")
	if !last {
		return text
	}
	for _, end := range objectEnds {
		if rest, ok := strings.CutSuffix(text, end); ok {
			return rest
		}
	}
	return text
}
