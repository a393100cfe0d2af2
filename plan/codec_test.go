package plan_test

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"duban/plan"
)

func anyDecimal() *rapid.Generator[plan.Decimal] {
	return rapid.Custom(func(rt *rapid.T) plan.Decimal {
		return plan.NewDecimal(rapid.Int64Range(-999_999_999_999_999_999, 999_999_999_999_999_999).Draw(rt, "units"), rapid.IntRange(0, 12).Draw(rt, "scale"))
	})
}

func anyDate() *rapid.Generator[plan.Date] {
	return rapid.Custom(func(rt *rapid.T) plan.Date {
		return plan.NewDate(rapid.IntRange(1, 9999).Draw(rt, "year"), time.Month(rapid.IntRange(1, 12).Draw(rt, "month")), rapid.IntRange(1, 28).Draw(rt, "day"))
	})
}

// TestDecimalProperties: text, JSON, parts and exact fractions all say the same number; the
// order is that of the fractions; a product is exact, or refused.
func TestDecimalProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		a, b := anyDecimal().Draw(rt, "a"), anyDecimal().Draw(rt, "b")
		back, err := plan.ParseDecimal(a.String())
		if err != nil || back != a {
			rt.Fatalf("%s came back as %s, %v", a, back, err)
		}
		if units, scale := a.Parts(); plan.NewDecimal(units, scale) != a {
			rt.Fatalf("parts of %s: %d, %d", a, units, scale)
		}
		if got := plan.NewDecimalRat(a.Rat()); got != a {
			rt.Fatalf("%s as a fraction is %s", a, got)
		}
		if a.Cmp(b) != a.Rat().Cmp(b.Rat()) || (a.Cmp(b) == 0) != (a == b) || a.IsZero() != (a.Rat().Sign() == 0) {
			rt.Fatalf("%s and %s are out of order", a, b)
		}
		n := rapid.Int64().Draw(rt, "n")
		want := new(big.Rat).Mul(a.Rat(), new(big.Rat).SetInt64(n))
		if product, ok := a.Times(n); ok && product.Rat().Cmp(want) != 0 {
			rt.Fatalf("%s × %d = %s", a, n, product)
		} else if !ok && want.IsInt() && want.Num().IsInt64() {
			rt.Fatalf("%s × %d is refused", a, n)
		}
	})
}

// TestDecimalsOfFractions: what has no end is rounded to what there is room for.
func TestDecimalsOfFractions(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"1/3": "0.333333333", "-2/3": "-0.666666667", "1000000000001/3": "333333333333.6666667", "5/2": "2.5", "7": "7",
		"100000000000000000000": "0", "1/10000000000": "0", "36893488147419103232/3": "0",
	} {
		r, _ := new(big.Rat).SetString(text)
		if got := plan.NewDecimalRat(r).String(); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
}

func TestDateProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		a, b := anyDate().Draw(rt, "a"), anyDate().Draw(rt, "b")
		back, err := plan.ParseDate(a.String())
		if err != nil || back != a || a.Before(b) != (a.String() < b.String()) || a.After(b) != b.Before(a) {
			rt.Fatalf("%s came back as %s, %v", a, back, err)
		}
		if days := a.DaysTo(b); a.AddDays(days) != b || days != -b.DaysTo(a) {
			rt.Fatalf("%d days from %s to %s", days, a, b)
		}
		if last := plan.EndOfMonth(a.Year, a.Month); !last.IsMonthEnd() || last.Before(a) || last.AddDays(1).Month == a.Month {
			rt.Fatalf("the month of %s ends on %s", a, last)
		}
	})
	for d, want := range map[plan.Date]string{{}: "", {Year: 12017, Month: 1, Day: 2}: "12017-01-02", {Year: 7, Month: 1, Day: 2}: "0007-01-02"} {
		if got := d.String(); got != want {
			t.Errorf("%#v is %q", d, got)
		}
	}
}

// TestTargetComesBackFromJSON: a target is stored and exported as JSON, and is the same
// afterwards; no hedge is null, an unknown date is empty.
func TestTargetComesBackFromJSON(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		x := plan.Target{
			ID: 7, Metric: rapid.String().Draw(rt, "metric"), Op: plan.About, Value: anyDecimal().Draw(rt, "value"), Unit: "张", Kind: plan.Count,
			Hedge:    rapid.SampledFrom([]plan.Hedge{"", plan.Roughly, plan.Strive}).Draw(rt, "hedge"),
			Deadline: rapid.OneOf(anyDate(), rapid.Just(plan.Date{})).Draw(rt, "deadline"),
			Nodes:    []plan.Node{{Date: anyDate().Draw(rt, "node"), Percent: anyDecimal().Draw(rt, "percent")}},
		}
		data, err := json.Marshal(x)
		if err != nil {
			rt.Fatal(err)
		}
		var back plan.Target
		if err := json.Unmarshal(data, &back); err != nil {
			rt.Fatalf("%s: %v", data, err)
		}
		x.Metric = strings.ToValidUTF8(x.Metric, "\ufffd")
		if diff := cmp.Diff(x, back, cmp.AllowUnexported(plan.Decimal{})); diff != "" {
			rt.Fatalf("(-before +after):\n%s", diff)
		}
		if strings.Contains(string(data), `"hedge":null`) != (x.Hedge == "") {
			rt.Fatalf("%s", data)
		}
	})
	for _, bad := range []string{`{"deadline":"2017-13-01"}`, `{"deadline":"soon"}`, `{"value":"many"}`, `{"value":1e30}`, `{"value":1e3}`} {
		if err := json.Unmarshal([]byte(bad), new(plan.Target)); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}

func TestCodeLevels(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		levels := rapid.SliceOfN(rapid.IntRange(0, 120), 1, 6).Draw(rt, "levels")
		c := plan.NewCode(levels...)
		for i, n := range levels {
			if c.Level(i) != n || !c.Within(plan.NewCode(levels[:i+1]...)) {
				rt.Fatalf("level %d of %s is %d", i, c, c.Level(i))
			}
		}
		if c.Level(len(levels)) != 0 || !c.Within("") || c.Compare(c+".1") >= 0 {
			rt.Fatalf("%s is not in order", c)
		}
	})
	if plan.Code("x").Compare("y") >= 0 || plan.Code("3.-1").Levels() != nil {
		t.Error("codes that are none are out of order")
	}
}
