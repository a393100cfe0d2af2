package plan

import (
	"regexp"
	"strings"
)

// claimed matches a clause that says that the whole work is finished. What has 已完成
// before a number or before a part of the work (已完成824公里, 已完成招标) does not.
var claimed = regexp.MustCompile(`(已经?|全部|全面|均已|都已|如期|提前|圆满|超额|任务|目标)(全部|全面|如期|提前|圆满|超额)?(完成|建成|完工|竣工)(了)?(全年|年度|全部|既定)?(目标)?(任务|目标|投用|并?投入使用)?[!！~]*$|^(完成|建成|完工|竣工|搞定)了?[!！~]*$|^(全部|全面|圆满)(完成|建成|完工|竣工)[^0-9]*$`)

// someOf matches a clause that counts a part of the work: 7个乡镇已完工.
var someOf = regexp.MustCompile(`^[0-9一二两三四五六七八九十]+(个|家|处|座|所|条|户|镇|村|项)`)

// Words of clauses that claim no such thing.
var (
	notYet = []string{"未", "没", "尚", "即将", "预计", "力争", "争取", "计划", "将", "拟", "确保", "基本", "接近", "有望", "年底前"}
	parts  = []string{"批", "部分", "主体", "前期", "期工程", "基础", "招标", "招投标", "手续", "设计", "论证", "验收", "一半", "半数", "大半", "季度", "月度", "上半年", "序时"}
)

// saysDone reports whether a note claims that the work is finished.
func saysDone(note string) bool {
	clauses := strings.FieldsFunc(note, func(r rune) bool { return strings.ContainsRune("，。；、！,;!.（）() \n", r) })
	for _, clause := range clauses {
		if claimed.MatchString(clause) && !someOf.MatchString(clause) && !containsAny(clause, notYet) && !containsAny(clause, parts) {
			return true
		}
	}
	return false
}
