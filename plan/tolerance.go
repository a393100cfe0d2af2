package plan

import "math/big"

var hundred = big.NewRat(100, 1)

// levelBase returns what the progress of a target is counted from: nothing for flows and
// changes; for a level last year's, where that has the same unit and lies on the way, below
// the target or above one that is to be gone down to. It is nil for a level without one;
// rates of growth start anew every year.
func levelBase(t *Target, basis Basis) *big.Rat {
	b := t.Baseline
	switch {
	case basis != BasisLevel && t.Op != AtMost:
		return new(big.Rat)
	case b == nil || t.Kind == Growth || t.Kind == Multiple || b.Unit != t.Unit:
		return nil
	case t.Op == AtMost && (b.Value.Cmp(t.Value) <= 0 || !containsAny(t.lead(), downWords)):
		return nil
	case t.Op != AtMost && b.Value.Cmp(t.Value) >= 0:
		return nil
	}
	return b.Value.Rat()
}

// share returns (value − base) / (target − base), nil where the target is the base.
func share(value, base, target *big.Rat) *big.Rat {
	if base.Sign() == 0 {
		if target.Sign() == 0 {
			return nil
		}
		return value.Quo(value, target)
	}
	whole := new(big.Rat).Sub(target, base)
	if whole.Sign() == 0 {
		return nil
	}
	part := value.Sub(value, base)
	return part.Quo(part, whole)
}

// tolerance is how much a value may lack, or exceed a soft ceiling: of a count with 左右 a
// share of the target, of a rate some percentage points, of a fixed standard and of
// everything else nothing.
func (r *rating) tolerance() *big.Rat {
	soft := r.Op == About || r.Hedge == Roughly || r.Hedge == Around
	switch {
	case r.Op == AtMost && !soft, r.Op == Exactly:
		return new(big.Rat)
	case isRate(r.Unit):
		return r.rules.RateTolerance.Rat()
	case r.Op == About, r.Op == AtMost && soft:
		part := r.Value.Rat()
		part.Mul(part.Abs(part), r.rules.NearTolerance.Rat())
		return part.Quo(part, hundred)
	}
	return new(big.Rat)
}
