package commands

import (
	"math/big"
	"regexp"
	"strings"

	"duban/plan"
)

// Words of direction before a number, as statisticians use them: 同比下降2.1%, 负增长3%,
// 降幅3%, 增速回落0.2个百分点.
var (
	directionPattern = regexp.MustCompile(`(负增长|下降|降低|减少|下滑|下跌|回落|缩减|萎缩|收窄|跌|降|减)(了|约|近)*\s*$`)
	risePattern      = regexp.MustCompile(`(增长|上升|上涨|增加|提高|提升|反弹|回升|升高)(了|约|近)*\s*$`)
	declinePattern   = regexp.MustCompile(`降幅|跌幅`)
	minusPattern     = regexp.MustCompile(`(?:^|[^\d%\-—－−])\s*[-—−]\s?$|负\s*$`)
	// ratePattern is a change of a rate, which says nothing of the rate itself.
	ratePattern = regexp.MustCompile(`(增速|涨幅|增幅|增长率|降幅|跌幅).*(回落|下降|放缓|减缓|提高|加快|收窄|扩大|回升|下滑)(了|约|近)*\s*$`)
	// reducedPattern is a metric that counts what is cut.
	reducedPattern = regexp.MustCompile(`降低|下降|减少|压减|削减|减排|化解|脱贫|减贫|退出|淘汰|关停|取缔|拆除`)
)

// changeOnly is why the number of a state has to be asked for.
const changeOnly = "这句话说的是变化多少，不是现在的数。"

// direct gives a figure its sign: a decline of a rate is below zero, that of a reduction is
// what was promised. A state that rose or fell by points is a change of the last one.
func (e *entry) direct(words string) {
	t := e.match.Target
	minus := minusPattern.MatchString(words)
	fell := minus || directionPattern.MatchString(words) || declinePattern.MatchString(words)
	rose := risePattern.MatchString(words)
	level := plan.BasisOf(t) == plan.BasisLevel
	switch {
	case reduces(t):
		if rose && t.Kind == plan.Reduction && !minus && (e.unit == "%" || e.unit == "百分点") {
			e.negate()
		}
	case level && !rates(t) && !minus:
		if e.unit == "百分点" && (fell || rose) {
			e.weight = ofPeriod
		}
		if fell && e.unit != "百分点" {
			e.missing = changeOnly
		}
		if fell {
			e.negate()
		}
	case fell:
		e.negate()
	}
}

// reduces reports whether the target itself is a reduction.
func reduces(t *plan.Target) bool {
	return t.Kind == plan.Reduction || reducedPattern.MatchString(t.Metric)
}

// rates reports whether the target is a rate of change, which may be below zero.
func rates(t *plan.Target) bool {
	return t.Kind == plan.Growth || strings.Contains(t.Metric, "增长") || strings.Contains(t.Metric, "涨幅") || strings.Contains(t.Metric, "增幅")
}

func (e *entry) negate() {
	v := plan.NewDecimalRat(new(big.Rat).Neg(e.value.Rat()))
	e.value = &v
}
