package commands

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"duban/plan"
	"duban/render"
)

// saying is how people ask for what a command does, in words of their own: whole sentences
// that ask nothing of the report.
type saying struct {
	words   func() *regexp.Regexp // made when it is first used: most bots serve the public
	act     plan.Act              // that it needs; others with a role are told that it is not theirs
	command string                // that it means
	rest    string                // what stands behind the command, with $1 for what words found
	how     string                // in place of a command: one sentence that says how it is done
}

// sayingEnd may stand behind any of them.
const sayingEnd = `(?:啊|呀|呢|吗|吧|了|的)?[。！!？? ]*$`

func sentence(words string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:请|麻烦)?(?:帮我|给我|我想|我要|想)?(?:查一下|查查|查|看一下|看看|看|问一下)?(?:` + words + `)` + sayingEnd)
	})
}

const (
	howToFile     = "直接发名称和数就行，例如：养老床位 1476；看清回显再回复“确认”。发“填报”可以逐项填。"
	howToTakeBack = "没确认的回复“取消”；已提交的不能撤回，把对的数再发一次就行，例如：养老床位 1476，还没审核的会换成新的。"
	howToExtend   = "申请延期：发“申请延期 实事8 2018年6月30日 理由”。督查室批准前照原期限；原期限会一直显示。"
	howToHandOver = "转交：发“转交 实事5 同事姓名”；转给别的单位发“转交 实事5 财政局 理由”，督查室同意后由对方填报。"
	howToUrge     = "催报按日程自动发：没填的先提醒填报人，再告知单位负责人，再报督查室；滞后的每周催一次。发“日程”看下一次，发“谁没报”看欠报的单位。"
	howToRate     = "通过率没有单独统计。发“待审”看等审核的，发“月通报”看各单位这个月报得怎样。"
	howToLog      = "每一次填报和审核发“历史 编号”看，例如：历史 实事8。程序的日志在服务器上；核对审计链请在服务器上运行 duban check。"
	howToCheck    = "检查配置、数据库和审计链，请在服务器上运行 duban check。在这里可以发“发件箱”看没送到的消息，发“备份”下载副本。"
)

// Words of sayings that stand in several.
const (
	howMany  = `(?:几|多少|哪)`
	ofOffice = `(?:家|个单位|个部门|个局|单位|部门)`
	thisTime = `(?:本月|这个月|这月|当月|这次|本次|目前|现在|全市|总共|一共|到现在)*`
	earlier  = `(?:上次|上一次|上回|刚才|刚刚|之前|以前|昨天|前天|上个?月|已经?|我)+(?:填|报|提交|发|交)?(?:过|了)?的?`
	figures  = `(?:填报|数据|数字|数|那个数|那个|那条|那项|一条|一项)`
)

var sayings = []saying{
	{words: sentence(`(?:我的|我们?的?|今天的?|目前的?|现在的?)?(?:待办|待处理|待办理|代办)(?:事项|工作|任务|列表|清单)?(?:有哪些|有什么|有几项|是什么)?|(?:今天|现在|目前|还)*有(?:什么|哪些|啥|几项|几件)?(?:事|事项|工作)?(?:要|需要|等)(?:着)?(?:我)?(?:处理|办|办理)的?(?:事|事项|工作)?`), act: plan.ActFile, command: "todo"},
	{words: sentence(thisTime + `(?:的)?(?:总|总体|整体|平均)?的?完成率(?:是)?(?:多少|如何|怎么样|怎样|情况)?`), act: plan.ActFile, command: "status"},
	{words: sentence(thisTime + `(?:单位|部门|各单位|各部门)?的?(?:排名|排行|排行榜|名次)(?:如何|怎么样|情况|是什么)?`), act: plan.ActFile, command: "bulletin"},
	{words: sentence(thisTime + `(?:谁|哪(?:几|些)?` + ofOffice + `?)(?:还)?(?:没(?:有)?|未)(?:填报|上报|报送|报数|报|填|交)(?:数|材料|数据)?|` + thisTime + `(?:还)?(?:差|欠|缺|剩)(?:下)?` + howMany + ofOffice + `(?:没(?:有)?|未)?(?:填报|报|填|交)?|` + thisTime + `(?:还)?(?:有)?` + howMany + ofOffice + `(?:还)?(?:没(?:有)?|未)(?:填报|上报|报|填|交)`), act: plan.ActFile, command: "unfiled"},
	{words: sentence(thisTime + `(?:已经?)?(?:有)?(?:` + howMany + ofOffice + `(?:已经?)?(?:填报|上报|报|填|交)(?:了|过)|(?:填报|上报|报|填|交)(?:了|过)?` + howMany + ofOffice + `)|(?:填报|上报|报送)(?:率|进度|情况)(?:是)?(?:多少|如何|怎么样)?`), act: plan.ActExport, command: "summary"},
	{words: sentence(thisTime + `的?(?:审核)?(?:通过|退回)率(?:是)?(?:多少|如何|怎么样)?`), act: plan.ActFile, how: howToRate},
	{words: sentence(`(?:导出|下载)(?:一下|一份)?(?:全部|所有|本月|这个月)?的?(?:表格?|excel|Excel|EXCEL|数据|清单|台账|进展|进度|报表|填报|明细)?|(?:进度|进展|填报)?(?:台账|报表|明细表)`), act: plan.ActExport, command: "summary"},
	{words: sentence(`(?:群众|市民|老百姓|公众)的?反馈(?:情况)?(?:有)?(?:哪些|什么|几条|多少)?|(?:有)?(?:哪些|什么|几条|多少条?|新的?)反馈|(?:有)?(?:没有)?反馈(?:有)?(?:哪些|什么|几条|多少条?)|有(?:没有)?(?:新的?)?反馈|(?:群众|市民|老百姓|大家)(?:都)?(?:有什么|反馈了?什么|反映了?什么|说了?什么)(?:反馈)?`), act: plan.ActAnswer, command: "feedbacks"},
	{words: sentence(`(?:我们?|本|我们?的)?(?:单位|局|委|办|部门|我)?的?(?:还)?(?:有|差|剩|欠)(?:下)?(?:几|多少|哪几|哪些|什么|啥)(?:项|个|条|件)?(?:事项|任务|指标)?(?:还)?(?:没(?:有)?|未|要|待|需要?)(?:填报|上报|报|填|交)(?:的|了)?`), act: plan.ActFile, command: "own-unfiled"},
	{words: sentence(`(?:怎么|如何|能不能|可以|能)?(?:把)?(?:撤回|撤销|撤|改一?下|改|更正|修改|取消|删掉|删除|删)(?:一下|掉)?` + earlier + figures + `|(?:把)?` + earlier + figures + `(?:给)?(?:撤回|撤销|撤|改|更正|修改|取消|删掉|删除|删)(?:一下|掉|了)?`), act: plan.ActFile, how: howToTakeBack},
	{words: sentence(`我(?:填|报|提交)(?:过|了)?的(?:数据?|填报|都?有哪些|在哪里?|怎么样了?)?|我(?:的)?(?:填报|数)?(?:审核?|签核?|签字|通过)(?:了没有?|了吗|没有?|到哪了)|(?:审核?|签核?|签字|通过)(?:过)?(?:了没有?|了吗)`), act: plan.ActFile, command: "mine"},
	{words: sentence(`(?:谁是|哪些人是|有哪些|现在的)?(?:管理员|督查员|督查人员)(?:是谁|有谁|有哪些人?)?`), act: plan.ActManage, command: "people"},
	{words: sentence(`(?:操作|系统|运行|审计|审核|后台)?(?:日志|操作记录|审计记录)`), act: plan.ActManage, how: howToLog},
	{words: sentence(`我(?:的|有|有哪些|有什么|还有哪些|还有什么)?(?:任务|工作|指标|承诺)(?:有哪些|是什么)?|我(?:还)?(?:要|该|得|需要)(?:报|填|填报)(?:什么|啥|哪些|几项)|我(?:报|填)过?(?:了)?(?:什么|啥|哪些)|我的填报(?:记录|情况)?|我负责(?:什么|啥|哪些|的有哪些)`), act: plan.ActFile, command: "mine"},
	{words: sentence(`(?:我们?|本|我们?的)(?:单位|局|委|办|部门)的?(?:情况|进展|进度|任务|事项|怎么样|完成情况|完成得怎么样)(?:怎么样|如何)?`), act: plan.ActFile, command: "office"},
	{words: sentence(`(?:这个)?(?:要|该)?(?:怎么|如何|怎样|咋)(?:填|报|填报|上报|报数|填数|报送)(?:数|数据|进度)?`), act: plan.ActFile, how: howToFile},
	{words: sentence(`(?:怎么|如何|怎样|咋|能)(?:撤|撤回|撤销|改|更正|修改|取消)(?:填报|数|回来)?|(?:报|填)错了?(?:怎么办|咋办|怎么改)`), act: plan.ActFile, how: howToTakeBack},
	{words: sentence(`(?:怎么|如何|怎样|咋)(?:申请)?(?:延期|延长期限)`), act: plan.ActRequest, how: howToExtend},
	{words: sentence(`(?:怎么|如何|怎样|咋)(?:转交|转给别人|移交|转办)`), act: plan.ActRequest, how: howToHandOver},
	{words: sentence(`(?:怎么|如何|怎样|咋)请假`), act: plan.ActRequest, command: "leave"},
	{words: sentence(`(?:下一?次|下个月|这个月|本月|最晚|最迟)?(?:什么时候|啥时候|几号|哪天|何时)(?:要|该|得|前|之前|以前)?(?:报|填|填报|上报|交|截止)(?:填报|上报)?|(?:填报|上报)(?:截止)?(?:时间|期限|截止)(?:是什么时候|是几号|是哪天)?`), act: plan.ActFile, command: "schedule"},
	{words: sentence(`(?:其他|其它|其余|别的|剩下|剩余)的?(?:事项|项目|指标)?(?:都|全|全部|也)?(?:没有?|无)(?:变化|变动|进展)`), act: plan.ActFile, command: "same"},
	{words: sentence(`待签|签字|签|签了|同意|待我签的?|要签的(?:有哪些)?|有(?:哪些)?(?:要|待)签的`), act: plan.ActSign, command: "sign"},
	{words: sentence(`(?:今天|现在|目前|还|一共)*(?:有)?(?:没有)?(?:几|多少|哪|哪几|什么)?(?:项|个|条|件|些)?(?:要|待|等|没|未)(?:我)?审(?:核|批)?(?:的)?(?:填报)?(?:还)?(?:有)?(?:几项|几个|几条|哪些|多少)?`), act: plan.ActReview, command: "review"},
	{words: sentence(`(?:还)?(?:有)?(?:没有)?(?:几|多少|哪|哪几|什么|新)?(?:项|个|条|件|些)?(?:的)?(?:待批的?|要批的?|没批的?)?(?:延期|转交|延期和转交)?(?:的)?申请(?:有)?(?:哪些|几项|几个|几件|多少)?`), act: plan.ActDecide, command: "requests"},
	{words: sentence(`(?:出|发|生成|做|写|看|要)(?:一份|一下|这个月的|本月的?)*(?:月报|月通报|调度通报|月度通报|调度报告)|月报|月度通报|月度调度`), act: plan.ActExport, command: "summary"},
	{words: sentence(`待签核?|待审核?|有(?:哪些|几项)?(?:要|待)(?:签|审)核?的`), act: plan.ActFile, command: "mine"},
	{words: sentence(`(?:谁|哪些|哪几项|什么|哪个|还有哪些|还有谁)(?:还)?(?:没有?|未)(?:分派?|分配|落实|指定)(?:责任)?(?:单位)?|未落实(?:的)?(?:责任单位|单位|事项)?(?:的)?(?:有哪些)?|未落实(?:的)?(?:责任单位|单位|事项)?的?(?:还)?(?:有)?(?:几|多少|哪些)(?:项|个|条|件)?|没(?:有)?(?:责任单位|分派?)的(?:有哪些|(?:还)?有(?:几|多少)(?:项|个|条|件)?)?|(?:哪些|哪几项|什么)(?:事项|事|任务|承诺)?(?:还)?没有?(?:责任|牵头)单位|谁(?:还)?没有?(?:责任|牵头)单位`), act: plan.ActAssign, command: "assign"},
	{words: sentence(`(?:(\S{1,3}?)月份?)?(?:的)?(?:谁|哪些单位|哪些部门|哪家|哪几家)?(?:迟报|晚报|没有?按时(?:填)?报|未按时(?:填)?报|不按时(?:填)?报|逾期填报)(?:的|了)?(?:有)?(?:单位|部门|名单)?(?:的)?(?:有|是)?(?:哪些|哪几家|谁)?`), act: plan.ActExport, command: "summary", rest: "${1}月"},
	{words: sentence(`(\S{1,3}?)月份?的?(?:月?调度)?通报`), act: plan.ActExport, command: "summary", rest: "${1}月"},
	{words: sentence(`催(?:报|办|促|一下|一催|催)(?:一下)?\s*\S{0,20}|催\s*(?:实事\S{1,3}|\S{1,12}(?:局|委|办|院|公司|县|区))(?:一下)?`), act: plan.ActDecide, how: howToUrge},
	{words: sentence(`(?:都|现在|一共)?有哪些人|(?:有)?(?:谁|哪些人|多少人|几个人)(?:都)?(?:登记|注册|加入)(?:了)?|(?:登记|注册|加入)(?:了|的)?(?:谁|哪些人|多少人|几个人|人员)|人员(?:都)?(?:有)?(?:哪些|谁)|人员名单|名单`), act: plan.ActSeeDepartment, command: "people"},
	{words: sentence(`检查|自检|系统检查|数据库检查|审计检查`), act: plan.ActManage, how: howToCheck},
}

// saidOtherwise finds the command that words mean, or says how it is done.
func (t *turn) saidOtherwise() (run handler, writes, ok bool) {
	if t.actor.Role == plan.Public || len([]rune(t.text)) > longestQuestion {
		return nil, false, false
	}
	if words, found := t.invitation(); found {
		t.words = words
		return handleInvite, true, true
	}
	var refused plan.Act
	for i := range sayings {
		s := &sayings[i]
		m := s.words().FindStringSubmatchIndex(t.text)
		if m == nil {
			continue
		}
		if !t.may(s.act) {
			refused = s.act
			continue
		}
		if s.how != "" {
			return say(s.how), false, true
		}
		month := string(s.words().ExpandString(nil, s.rest, t.text, m))
		if t.words = t.monthWord(month); t.words == "" && len([]rune(month)) > 1 { // 零月 is none
			continue
		}
		return t.meant(s.command)
	}
	if refused != "" {
		return func(t *turn) ([]render.Message, error) { return nil, plan.May(t.actor, refused, nil) }, false, true
	}
	return nil, false, false
}

// ownCommands are what sayings mean that is no command of the menu.
var ownCommands = map[string]handler{"office": ownOffice, "own-unfiled": ownOpen, "todo": handleTodo}

// meant is a command by its name.
func (t *turn) meant(name string) (run handler, writes, ok bool) {
	if run := ownCommands[name]; run != nil {
		return run, false, true
	}
	for i := range t.router.commands {
		c := &t.router.commands[i]
		if c.Name != name {
			continue
		}
		if t.request.Group && privateCommands[name] {
			return inPrivate, false, true
		}
		return c.handle, c.Writes, true
	}
	return nil, false, false
}

// monthWord writes 七月 and 上个月 as 7月; a month without its number is none.
func (t *turn) monthWord(words string) string {
	count, ok := strings.CutSuffix(words, "月")
	switch {
	case !ok:
		return words
	case count == "上个" || count == "上":
		last := plan.NewDate(t.today().Year, t.today().Month-1, 1)
		return strconv.Itoa(last.Year) + "年" + strconv.Itoa(int(last.Month)) + "月"
	}
	if n := ordinalOf(count); n > 0 {
		return strconv.Itoa(n) + "月"
	}
	return ""
}

// ownOffice shows how what the person's department answers for stands.
func ownOffice(t *turn) ([]render.Message, error) {
	p := t.current()
	switch {
	case p == nil:
		return one(noPlan), nil
	case t.actor.Department == "":
		return handleMine(t)
	}
	return t.officeParts(p, t.actor.Department, 0)
}

// awayTime are the words of days and spans.
const awayTime = `[\s\d年月日号周星期礼拜一二两三四五六七八九十天下本这个明后今上午到至从起—~，,.、-]*`

// awayPattern says that somebody is away: 下周我出差请老李代, 我要请假三天.
var (
	awayPattern = regexp.MustCompile(`^(` + awayTime + `)我(` + awayTime + `)(?:要|去|得|想|需要|准备)*(?:请|休)?(?:出差|假|外出|培训|学习|住院|不在)(?:期间)?\s*(` + awayTime + `)了?[。！!]*$`)
	awayStandIn = regexp.MustCompile(`(?:请|由|让|找|麻烦|委托)\s*([^\s，,。请由让找]{1,8}?)(?:同志)?\s*(?:代理|代替|代班|代填|代报|代|替|顶)(?:我|一下|下|填报|填|报)*[。！!]*$`)
)

// away reads a leave that is told, as 请假 takes it.
func (t *turn) away() (words string, ok bool) {
	if !t.may(plan.ActRequest) || t.actor.Role == plan.Public || len([]rune(t.text)) > longestQuestion || asks(t.text) || t.readsAsFiling() {
		return "", false
	}
	text, name := t.text, ""
	if m := awayStandIn.FindStringSubmatchIndex(text); m != nil {
		name, text = text[m[2]:m[3]], strings.TrimRight(text[:m[0]], "，, ")
	}
	m := awayPattern.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	words = strings.Trim(strings.Join(m[1:], " "), "，, 。")
	from, until := t.leaveDays(words)
	if from.IsZero() && until.IsZero() && name == "" {
		return "", false
	}
	if name != "" {
		words += " 由 " + name + " 代理"
	}
	return words, true
}
