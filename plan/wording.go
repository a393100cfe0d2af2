package plan

import (
	"math"
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
		text := fixed(r, decimals)
		if decimals == maxScale || !readsAs(r, text, decimals, borders) {
			return text
		}
	}
}

func readsAs(r *big.Rat, text string, decimals int, borders []*big.Rat) bool {
	for _, b := range borders {
		if text == fixed(b, decimals) && r.Cmp(b) != 0 {
			return true
		}
	}
	return false
}

// fixed writes a number with so many decimals, rounded half away from zero, as
// big.Rat.FloatString does, only faster for numbers of usual length.
func fixed(r *big.Rat, decimals int) string {
	num, den := r.Num(), r.Denom()
	const usual = 1 << 40
	if decimals > 3 || !num.IsInt64() || !den.IsInt64() || num.Int64() <= -usual || num.Int64() >= usual || den.Int64() >= usual {
		return r.FloatString(decimals)
	}
	n, d, scale := num.Int64(), den.Int64(), int64(math.Pow10(decimals))
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	units := (2*n*scale + d) / (2 * d)
	if decimals == 0 {
		return sign + strconv.FormatInt(units, 10)
	}
	fraction := strconv.FormatInt(units%scale+scale, 10)[1:]
	return sign + strconv.FormatInt(units/scale, 10) + "." + fraction
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
func pointsText(r *big.Rat) string { return fixed(r, 1) }

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
func DayText(d Date) string {
	return strconv.Itoa(int(d.Month)) + "月" + strconv.Itoa(d.Day) + "日"
}

// dayIn says a date, with its year where that is another than the one spoken of.
func dayIn(d Date, year int) string {
	if d.Year != year {
		return strconv.Itoa(d.Year) + "年" + DayText(d)
	}
	return DayText(d)
}

// DeadlineText says a deadline: 2017年底, 2017年6月底, 2017年6月15日.
func DeadlineText(d Date) string {
	return strings.Replace(strconv.Itoa(d.Year)+"年"+byDay(d), "年年底", "年底", 1)
}
