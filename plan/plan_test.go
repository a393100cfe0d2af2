package plan_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/plan"
)

func TestDecimal(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text  string
		times int64
		want  string
	}{
		{"2.3", 100_000_000, "230000000"},
		{"1.18", 10_000, "11800"},
		{"0.07", 1, "0.07"},
		{"33.33", 1, "33.33"},
		{"-4.5", 10, "-45"},
		{"100", 1, "100"},
		{"9007199254740993", 1, "9007199254740993"},
	} {
		d, err := plan.ParseDecimal(c.text)
		if err != nil {
			t.Fatal(err)
		}
		product, ok := d.Times(c.times)
		if !ok || product.String() != c.want {
			t.Errorf("%s × %d = %s, want %s", c.text, c.times, product, c.want)
		}
	}
	for _, bad := range []string{"", ".", "1.", "a", "1e3", "+1", "1.2.3", "--1", "1.+2", "99999999999999999999"} {
		if d, err := plan.ParseDecimal(bad); err == nil {
			t.Errorf("%q was read as %s", bad, d)
		}
	}
	if big, _ := plan.ParseDecimal("9000000000000000000"); true {
		if p, ok := big.Times(10); ok {
			t.Errorf("an overflow gave %s", p)
		}
	}
}

func TestDecimalJSON(t *testing.T) {
	t.Parallel()
	d, _ := plan.ParseDecimal("7.50")
	data, err := json.Marshal(d)
	if err != nil || string(data) != "7.5" {
		t.Fatalf("%s, %v", data, err)
	}
	var back plan.Decimal
	if err := json.Unmarshal(data, &back); err != nil || back != d {
		t.Errorf("%v, %v", back, err)
	}
}

func TestDate(t *testing.T) {
	t.Parallel()
	if got := plan.EndOfMonth(2016, time.February).String(); got != "2016-02-29" {
		t.Error(got)
	}
	a, b := plan.NewDate(2017, 6, 30), plan.NewDate(2017, 7, 1)
	if !a.Before(b) || !b.After(a) || a.Compare(plan.NewDate(2017, 6, 30)) != 0 {
		t.Error("dates are out of order")
	}
	if _, err := plan.ParseDate("2017-02-30"); err == nil {
		t.Error("30 February was accepted")
	}
}

func TestCode(t *testing.T) {
	t.Parallel()
	codes := []plan.Code{"3.10.1.0", "3.2.1.10", "3.2.1.2", "3.2.1.2.1", "2.0.1.0"}
	slices.SortFunc(codes, plan.Code.Compare)
	want := []plan.Code{"2.0.1.0", "3.2.1.2", "3.2.1.2.1", "3.2.1.10", "3.10.1.0"}
	if diff := cmp.Diff(want, codes); diff != "" {
		t.Error(diff)
	}
	if !plan.Code("3.6.2.5").Within("3.6") || plan.Code("3.60.1").Within("3.6") || plan.Code("x").Levels() != nil {
		t.Error("levels are confused")
	}
}
