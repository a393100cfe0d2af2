package plan

import (
	"math/big"
	"strings"
)

// DoubtKind is why a filing is asked back about before a reviewer sees it.
type DoubtKind string

// Doubts of filings.
const (
	DoubtFalls     DoubtKind = "falls"     // a cumulative value got smaller
	DoubtScale     DoubtKind = "scale"     // looks like a slip of ×10,000 or ÷10,000
	DoubtRepeats   DoubtKind = "repeats"   // the very number of last month
	DoubtUnmet     DoubtKind = "unmet"     // says 已完成 below the target
	DoubtUnit      DoubtKind = "unit"      // the unit does not fit
	DoubtFuture    DoubtKind = "future"    // a date to come
	DoubtTooEarly  DoubtKind = "too-early" // a date before the plan's year
	DoubtTooLarge  DoubtKind = "too-large" // over three times the target
	DoubtPercent   DoubtKind = "percent"   // a proportion outside 0 to 100
	DoubtAgainst   DoubtKind = "against"   // dated before the last accepted filing
	DoubtAmbiguous DoubtKind = "ambiguous" // several targets fit as well
)

// Doubt is one reason to ask back; Suggest, where there is one, is the value that was
// probably meant.
type Doubt struct {
	Kind    DoubtKind
	Suggest *Decimal
	Last    *Mark // the filing that it contradicts
}

// DoubtsOf checks a new filing of a target against the plan and what was filed before.
// unit is as it was written, "" for none; previous are the marks of the filings that count
// or wait, oldest first by data date; today is the filer's.
func DoubtsOf(t *Target, f *Filing, unit string, previous []Mark, year int, today Date) []Doubt {
	var doubts []Doubt
	add := func(found bool, d Doubt) {
		if found {
			doubts = append(doubts, d)
		}
	}
	add(f.Date.After(today), Doubt{Kind: DoubtFuture})
	add(f.Date.Year < year, Doubt{Kind: DoubtTooEarly})
	if f.Value == nil {
		return doubts
	}
	add(unit != "" && !UnitFits(unit, t.Unit), Doubt{Kind: DoubtUnit})
	last := Latest(before(previous, f.Date))
	scale, slipped := scaleSlip(t, f, last)
	add(slipped, Doubt{Kind: DoubtScale, Suggest: scale, Last: last})
	add(!slipped && tooLarge(t, f), Doubt{Kind: DoubtTooLarge})
	flow := BasisOf(t) != BasisLevel
	if last != nil && last.Value != nil && flow && !slipped {
		add(f.Value.Cmp(*last.Value) < 0, Doubt{Kind: DoubtFalls, Last: last})
		same := f.Value.Cmp(*last.Value) == 0 && (last.Date.Month != f.Date.Month || last.Date.Year != f.Date.Year)
		add(same && f.Value.Cmp(t.Value) < 0, Doubt{Kind: DoubtRepeats, Last: last})
	}
	add(flow && saysDone(f.Note) && f.Value.Cmp(t.Value) < 0, Doubt{Kind: DoubtUnmet})
	add(t.Kind == Share && t.Unit == "%" && outside(f.Value), Doubt{Kind: DoubtPercent})
	return doubts
}

// before returns the filings dated up to a day.
func before(filings []Mark, day Date) []Mark {
	for i := range filings {
		if filings[i].Date.After(day) {
			return filings[:i]
		}
	}
	return filings
}

// scaleSlip reports whether a value is off by 万: far beyond target and last value, and
// sensible when divided by 10,000 or 100; or far below the last value and sensible when
// multiplied by 10,000.
func scaleSlip(t *Target, f *Filing, last *Mark) (*Decimal, bool) {
	value, target := f.Value.Rat(), t.Value.Rat()
	floor := new(big.Rat)
	if last != nil && last.Value != nil {
		floor = last.Value.Rat()
	}
	if value.Cmp(new(big.Rat).Mul(target, big.NewRat(10, 1))) > 0 && target.Sign() > 0 {
		for _, factor := range []int64{10_000, 100, 10} {
			smaller := new(big.Rat).Quo(value, big.NewRat(factor, 1))
			if smaller.Cmp(floor) >= 0 && smaller.Cmp(new(big.Rat).Mul(target, big.NewRat(3, 2))) <= 0 && wholeEnough(smaller, t) {
				d := NewDecimalRat(smaller)
				return &d, true
			}
		}
		return nil, false
	}
	_, factor := t.scaleWord()
	if factor > 1 && value.Sign() > 0 {
		larger := new(big.Rat).Mul(value, big.NewRat(factor, 1))
		small := new(big.Rat).Quo(target, big.NewRat(1000, 1))
		if value.Cmp(small) < 0 && larger.Cmp(floor) >= 0 && larger.Cmp(new(big.Rat).Mul(target, big.NewRat(3, 2))) <= 0 {
			d := NewDecimalRat(larger)
			return &d, true
		}
	}
	return nil, false
}

// wholeEnough reports whether a number makes sense in a unit that is counted.
func wholeEnough(r *big.Rat, t *Target) bool { return r.IsInt() || t.Kind != Count }

func tooLarge(t *Target, f *Filing) bool {
	return t.Value.Rat().Sign() > 0 && f.Value.Rat().Cmp(new(big.Rat).Mul(t.Value.Rat(), big.NewRat(3, 1))) > 0
}

// saysDone reports whether a note claims that the work is finished.
func saysDone(note string) bool {
	for _, no := range []string{"未完成", "没完成", "尚未", "没有完成", "即将完成", "预计", "将完成"} {
		if strings.Contains(note, no) {
			return false
		}
	}
	for _, yes := range []string{"已完成", "全部完成", "已经完成", "全面完成", "全部建成", "已建成", "完成任务", "任务完成", "完成目标", "圆满完成", "如期完成"} {
		if strings.Contains(note, yes) {
			return true
		}
	}
	return false
}

func outside(d *Decimal) bool { return d.Cmp(Decimal{}) < 0 || d.Cmp(NewDecimal(100, 0)) > 0 }

// UnitFits reports whether a written unit can stand for the target's: the same, without
// 个, or a common way to say it.
func UnitFits(written, unit string) bool {
	if written == unit || strings.TrimPrefix(written, "个") == strings.TrimPrefix(unit, "个") {
		return true
	}
	for _, same := range sameUnits {
		if strings.Contains(same, "|"+written+"|") && strings.Contains(same, "|"+unit+"|") {
			return true
		}
	}
	return false
}

// sameUnits are units that people exchange freely.
var sameUnits = []string{
	"|个|家|处|座|所|项|件|户|条|张|套|辆|场|名|人|人次|台|", // measure words of one kind of counting
	"|公里|千米|km|KM|里程|", "|平方米|平米|平方|㎡|m2|", "|平方公里|平方千米|",
	"|%|百分之|个百分点|百分点|点|", "|元|块|", "|人|名|位|个|", "|亩|", "|吨|t|",
}
