package schedule_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"duban/plan"
	"duban/schedule"
	"duban/schedule/calendar"
)

// TestYearKeepsTheRules checks the simulated year against the rules of reminders.
func TestYearKeepsTheRules(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	log := w.year(t)
	c := calendar.New()
	seen, weeks := map[string]bool{}, map[string]map[string]bool{}
	for i := range log {
		s := &log[i]
		local := s.At.In(shanghai)
		if !c.Works(calendar.DayOf(local)) || local.Hour() < 8 || local.Hour() >= 21 {
			t.Errorf("sent on a day off or at night:\n%s", s.Text(shanghai))
		}
		if plan.DateOf(local).Before(plan.Date{Year: 2017, Month: time.February, Day: 23}) {
			t.Errorf("sent before the delivery:\n%s", s.Text(shanghai))
		}
		for _, key := range s.Notice.Keys {
			if seen[key] {
				t.Errorf("%s came twice", key)
			}
			seen[key] = true
			if strings.HasPrefix(key, "digest/") {
				parts := strings.Split(key, "/")
				if weeks[parts[2]] == nil {
					weeks[parts[2]] = map[string]bool{}
				}
				weeks[parts[2]][parts[3]] = true
			}
		}
		if len(s.Notice.Due.String()) == 0 || s.Notice.Due.After(s.At) || len(s.Notice.Why) == 0 {
			t.Errorf("a message without due or why:\n%s", s.Text(shanghai))
		}
	}
	w.everyWeek(t, weeks)
	w.climbs(t, log, seen)
}

// everyWeek wants a digest for everybody in every week that has a working day.
func (w *world) everyWeek(t *testing.T, weeks map[string]map[string]bool) {
	t.Helper()
	set, c := settings(), calendar.New()
	off := 0
	for day := at("2017-02-27 12:00"); day.Before(at("2018-03-31 00:00")); day = day.AddDate(0, 0, 7) {
		y, n := day.ISOWeek()
		name := strconv.Itoa(y) + "-W" + pad(n)
		if _, works := set.WeeklyAt(c, time.Monday, day); !works {
			off++
			if len(weeks[name]) > 0 {
				t.Errorf("a digest in the week off %s", name)
			}
			continue
		}
		if len(weeks[name]) != 13 { // ten people of departments, the supervisor, two followers
			t.Errorf("%s: %d digests", name, len(weeks[name]))
		}
	}
	if off != 1 { // National Day of 2017; Spring Festival leaves make-up days in its weeks
		t.Errorf("%d weeks off", off)
	}
}

func pad(n int) string { return string(rune('0'+n/10)) + string(rune('0'+n%10)) }

// climbs checks that filings stop the ladder and that red bridges reach the head.
func (w *world) climbs(t *testing.T, log []schedule.Sent, seen map[string]bool) {
	t.Helper()
	bridges := strconv.Itoa(int(w.target(t, "3.6.2.8", "改造农村危桥")))
	beds := strconv.Itoa(int(w.target(t, "3.6.2.5", "新增养老床位")))
	key := string(w.key)
	for name, want := range map[string]bool{
		"dispatch/" + key + "/2017-07/" + bridges + "/staff1":     true,
		"ladder/" + key + "/2017-07/0/" + bridges + "/staff1":     false, // filed on 31 July
		"ladder/" + key + "/2017-07/1/" + bridges + "/head1":      false,
		"ladder/" + key + "/2017-07/2/" + bridges + "/supervisor": false,
		"ladder/" + key + "/2017-08/0/" + bridges + "/staff1":     true,
		"ladder/" + key + "/2017-08/1/" + bridges + "/head1":      true,
		"ladder/" + key + "/2017-08/2/" + bridges + "/supervisor": true,
		"ladder/" + key + "/2017-07/0/" + beds + "/staff2":        true,
		"ladder/" + key + "/2017-07/1/" + beds + "/head2":         true,
		"ladder/" + key + "/2017-07/2/" + beds + "/supervisor":    true,
		"ladder/" + key + "/2017-12/0/" + bridges + "/staff1":     false, // 140 of 100 on 31 December
		"red-twice/" + key + "/2017-07/" + bridges + "/head1":     false, // red for the first time
		"red-twice/" + key + "/2017-08/" + bridges + "/head1":     true,
		"red-twice/" + key + "/2017-12/" + bridges + "/head1":     false,
		"dispatch/" + key + "/2017-01/" + beds + "/staff2":        false, // before the delivery
		"dispatch/" + key + "/2017-02/" + beds + "/staff2":        true,
		"dispatch/" + key + "/2018-01/" + beds + "/staff2":        false, // its year is over
		"summary/" + key + "/2017-07/supervisor":                  true,
		"bulletin/" + key + "/2017-Q3/preview/supervisor":         true,
		"bulletin/" + key + "/2017-Q3/out/chat:citizen":           true,
		"bulletin/" + key + "/2017-Q2/out/chat:citizen":           false, // nobody released it
	} {
		if seen[name] != want {
			t.Errorf("%s: sent %t, want %t", name, seen[name], want)
		}
	}
	for i := range log {
		if s := &log[i]; s.Notice.Chat == "chat:head1" && strings.Contains(s.Text(shanghai), "连续两个月红灯") {
			if first := plan.DateOf(s.At.In(shanghai)); first != (plan.Date{Year: 2017, Month: time.September, Day: 1}) {
				t.Errorf("the head heard of red lights first on %s", first)
			}
			return
		}
	}
	t.Error("the head never heard of red lights")
}

// A window that ends on days off closes on the next working day; what is filed by then is
// in time.
func TestWindowRegardsHolidays(t *testing.T) {
	t.Parallel()
	settings := schedule.DefaultSettings()
	window := settings.Window(calendar.New())
	for month, want := range map[plan.Date]plan.Round{
		plan.NewDate(2017, 7, 1): {
			From: plan.NewDate(2017, 7, 1), Opens: plan.NewDate(2017, 7, 25), Closes: plan.NewDate(2017, 7, 31),
			Since: plan.NewDate(2017, 7, 18), Until: plan.NewDate(2017, 8, 18),
		},
		plan.NewDate(2017, 12, 1): { // the 31st is a Sunday before New Year
			From: plan.NewDate(2017, 12, 1), Opens: plan.NewDate(2017, 12, 25), Closes: plan.NewDate(2018, 1, 2),
			Since: plan.NewDate(2017, 12, 18), Until: plan.NewDate(2018, 1, 18),
		},
	} {
		if got := window(plan.PeriodAt(plan.Month, month)); got != want {
			t.Errorf("%s: %+v, want %+v", month, got, want)
		}
	}
}
