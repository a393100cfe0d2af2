package plan

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Word is the Chinese word of a light; it stands beside every mark.
func (l Light) Word() string {
	switch l {
	case Overdue:
		return "逾期"
	case Red:
		return "红灯"
	case Yellow:
		return "黄灯"
	case Green:
		return "绿灯"
	case Done:
		return "已完成"
	case Cancelled:
		return "已取消"
	}
	return "未填报"
}

// Mark is the sign of a light for messages.
func (l Light) Mark() string {
	switch l {
	case Overdue:
		return "⛔"
	case Red:
		return "🔴"
	case Yellow:
		return "🟡"
	case Green:
		return "🟢"
	case Done:
		return "✅"
	case Cancelled:
		return "🚫"
	}
	return "⚪"
}

// gapText says how far behind or ahead of the schedule something is; a gap that differs
// from a border is never shown as the border.
func gapText(gap *big.Rat, borders ...*big.Rat) string {
	switch size := new(big.Rat).Abs(gap); {
	case pointsText(size) == "0.0":
		return "，与序时持平"
	case gap.Sign() < 0:
		return "，快于序时" + pointsText(size) + "个百分点"
	default:
		return "，差" + shown(size, borders...) + "个百分点"
	}
}

// shown writes a number with one decimal, with more where it would read as one of the
// borders without being it.
func shown(r *big.Rat, borders ...*big.Rat) string {
	for decimals := 1; ; decimals++ {
		text := r.FloatString(decimals)
		read, _ := new(big.Rat).SetString(text)
		clear := true
		for _, b := range borders {
			clear = clear && (read.Cmp(b) != 0 || r.Cmp(b) == 0)
		}
		if clear || decimals == maxScale {
			return text
		}
	}
}

func lateMark(late bool) string {
	if late {
		return "（晚于期限）"
	}
	return ""
}

// percentText writes a percentage with one decimal: 58.1%.
func percentText(percent *big.Rat) string { return pointsText(percent) + "%" }

// pointsText writes a number with one decimal, rounded half up.
func pointsText(r *big.Rat) string { return r.FloatString(1) }

// byDay says until when something is due: 7月底, 年底, 7月15日.
func byDay(d Date) string {
	switch {
	case d.Month == 12 && d.Day == 31:
		return "年底"
	case d.IsMonthEnd():
		return strconv.Itoa(int(d.Month)) + "月底"
	}
	return DayText(d)
}

// DayText says a date without its year: 7月31日.
func DayText(d Date) string { return fmt.Sprintf("%d月%d日", int(d.Month), d.Day) }

// dayIn says a date, with its year where that is another than the one spoken of.
func dayIn(d Date, year int) string {
	if d.Year != year {
		return fmt.Sprintf("%d年%s", d.Year, DayText(d))
	}
	return DayText(d)
}

// deadlineText says a deadline: 2017年底, 2017年6月底, 2017年6月15日.
func deadlineText(d Date) string {
	return strings.Replace(fmt.Sprintf("%d年%s", d.Year, byDay(d)), "年年底", "年底", 1)
}
