package plan

import (
	"math/big"
	"slices"
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
	DoubtAgainst   DoubtKind = "against"   // dated before the last filing
	DoubtNegative  DoubtKind = "negative"  // a total below zero
	DoubtBackward  DoubtKind = "backward"  // a task further than it is said to be now
	DoubtPart      DoubtKind = "part"      // one of several things of a task is done, or the task nearly
	DoubtAmbiguous DoubtKind = "ambiguous" // several targets fit as well
)

// Doubt is one reason to ask back; Suggest, where there is one, is the value that was
// probably meant.
type Doubt struct {
	Kind    DoubtKind
	Suggest *Decimal
	Last    *Mark // the filing that it contradicts
	Never   bool  // the value cannot be right: a share of what is counted, an amount for a rate
}

// DoubtsOf checks a new filing of a target against the plan and what was filed before.
// unit is as it was written, "" for none; previous are the marks of the filings that count
// or wait, oldest first by data date; what the filing supersedes is passed over; today is
// the filer's.
func DoubtsOf(t *Target, f *Filing, unit string, previous []Mark, year int, today Date) []Doubt {
	c := check{target: t, filing: f, flow: BasisOf(t) != BasisLevel}
	c.doubt(f.Date.After(today), DoubtFuture)
	c.doubt(f.Date.Year < year, DoubtTooEarly)
	if f.Value == nil {
		return c.doubts
	}
	c.last, c.next = around(previous, f)
	if c.otherValue(unit) {
		return c.doubts
	}
	if suggest := c.scaleSlip(); suggest != nil {
		c.doubts = append(c.doubts, Doubt{Kind: DoubtScale, Suggest: suggest, Last: c.last})
	} else {
		c.doubt(c.tooLarge(), DoubtTooLarge)
		c.sequence()
	}
	c.doubt(c.flow && t.Op != AtMost && saysDone(f.Note) && f.Value.Cmp(t.Value) < 0, DoubtUnmet)
	c.doubt(isProportion(t) && outside(f.Value), DoubtPercent)
	return c.doubts
}

// otherValue asks whether another value is meant, because of its unit or its sign; true where
// the value as it stands need not be looked at. A total below zero is suggested without its
// sign, unless that were less than what was filed before: then it is what went away since.
func (c *check) otherValue(unit string) bool {
	t, value := c.target, c.filing.Value
	if unit != "" && !UnitFits(unit, t.Unit) {
		suggest := converted(value, unit, t.Unit)
		c.doubts = append(c.doubts, Doubt{Kind: DoubtUnit, Suggest: suggest, Never: isRate(unit) != isRate(t.Unit)})
		return suggest != nil
	}
	if BasisOf(t) != BasisFlow || value.Cmp(Decimal{}) >= 0 {
		return false
	}
	doubt := Doubt{Kind: DoubtNegative, Never: true}
	if positive := NewDecimalRat(new(big.Rat).Neg(value.Rat())); positive.Cmp(*orZero(c.last)) >= 0 {
		doubt = Doubt{Kind: DoubtNegative, Suggest: &positive}
	}
	c.doubts = append(c.doubts, doubt)
	return true
}

// check collects the doubts of one filing.
type check struct {
	target     *Target
	filing     *Filing
	flow       bool  // values add up
	last, next *Mark // of the filings before and after its date
	doubts     []Doubt
}

func (c *check) doubt(found bool, kind DoubtKind) {
	if found {
		c.doubts = append(c.doubts, Doubt{Kind: kind})
	}
}

func (c *check) against(found bool, kind DoubtKind, m *Mark) {
	if found {
		c.doubts = append(c.doubts, Doubt{Kind: kind, Last: m})
	}
}

// around returns the filings next to a new one by date, other than the one that it
// supersedes; nil where there is none with a value.
func around(previous []Mark, f *Filing) (last, next *Mark) {
	others := slices.DeleteFunc(slices.Clone(previous), func(m Mark) bool {
		return m.Value == nil || f.Supersedes != 0 && m.ID == f.Supersedes
	})
	n := len(before(others, f.Date))
	if n > 0 {
		last = &others[n-1]
	}
	if n < len(others) {
		next = &others[n]
	}
	return last, next
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

// sequence compares a filing with its neighbours in time.
func (c *check) sequence() {
	value, date := c.filing.Value, c.filing.Date
	c.against(c.next != nil, DoubtAgainst, c.next)
	if !c.flow {
		return
	}
	c.against(c.next != nil && value.Cmp(*orZero(c.next)) > 0, DoubtFalls, c.next)
	if c.last == nil {
		return
	}
	c.against(value.Cmp(*c.last.Value) < 0, DoubtFalls, c.last)
	otherMonth := c.last.Date.Month != date.Month || c.last.Date.Year != date.Year
	c.against(otherMonth && value.Cmp(*c.last.Value) == 0 && value.Cmp(c.target.Value) < 0, DoubtRepeats, c.last)
}

func orZero(m *Mark) *Decimal {
	if m == nil {
		return new(Decimal)
	}
	return m.Value
}

// scaleSlip returns the value that was probably meant where 万 or zeros were lost or added:
// one far beyond the target that makes sense when it is divided; one far below it, or a
// piece of what is counted whole, that makes sense when it is multiplied by 万.
func (c *check) scaleSlip() *Decimal {
	value, target := c.filing.Value.Rat(), c.target.Value.Rat()
	if target.Sign() <= 0 || value.Sign() <= 0 || c.target.Kind == Growth {
		return nil
	}
	if value.Cmp(new(big.Rat).Mul(target, big.NewRat(10, 1))) > 0 {
		return c.sensible(value, big.NewRat(1, 10_000), big.NewRat(1, 100), big.NewRat(1, 1000), big.NewRat(1, 10))
	}
	_, factor := c.target.scaleWord()
	far := value.Cmp(new(big.Rat).Quo(target, big.NewRat(1000, 1))) < 0
	pieces := !value.IsInt() && c.whole()
	switch {
	case factor > 1 && far:
		return c.sensible(value, big.NewRat(factor, 1), big.NewRat(10_000, 1))
	case pieces:
		return c.sensible(value, big.NewRat(10_000, 1))
	}
	return nil
}

// sensible returns the first product that reaches what was filed before and does not go far
// beyond the target, in whole numbers where the unit is counted.
func (c *check) sensible(value *big.Rat, factors ...*big.Rat) *Decimal {
	most := new(big.Rat).Mul(c.target.Value.Rat(), big.NewRat(3, 2))
	for _, factor := range factors {
		product := new(big.Rat).Mul(value, factor)
		if product.Cmp(most) <= 0 && (product.IsInt() || !c.whole()) && (!c.flow || product.Cmp(orZero(c.last).Rat()) >= 0) {
			d := NewDecimalRat(product)
			return &d
		}
	}
	return nil
}

// whole reports whether the target's things cannot be parted.
func (c *check) whole() bool {
	return c.target.Kind == Count && !measured(c.target.Unit)
}

func (c *check) tooLarge() bool {
	target := c.target.Value.Rat()
	return target.Sign() > 0 && c.filing.Value.Rat().Cmp(target.Mul(target, big.NewRat(3, 1))) > 0
}

// isProportion reports whether values lie between 0 and 100.
func isProportion(t *Target) bool { return t.Kind == Share && (t.Unit == "%" || t.Unit == "％") }

func outside(d *Decimal) bool { return d.Cmp(Decimal{}) < 0 || d.Cmp(NewDecimal(100, 0)) > 0 }
