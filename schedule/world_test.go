package schedule_test

import (
	"context"
	"encoding/csv"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"duban/plan"
	"duban/report"
	"duban/report/builtin"
	"duban/schedule"
	"duban/storage"
)

var update = flag.Bool("update", false, "write the golden logs anew")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var shanghai = mustZone("Asia/Shanghai")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

// at is a moment in Shanghai: 2017-02-27 09:00.
func at(text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, shanghai)
	if err != nil {
		panic(err)
	}
	return t
}

// leads are the departments of the test and what they answer for.
var leads = map[plan.Code]string{
	"3.6.2.8": "交通运输局", "3.4.1.5": "交通运输局", "3.6.2.5": "民政局", "3.6.2.3": "教育局", "3.6.2.6": "住建局", "3.6.2.1": "人社局",
}

var departments = []string{"交通运输局", "民政局", "教育局", "住建局", "人社局"}

// world is a database with the report of 2017, five departments with staff and heads, a
// supervisor, an admin, a citizen who follows 实事8 and a group that follows everything.
type world struct {
	db  *storage.DB
	key plan.Key
}

func newWorld(t testing.TB) *world {
	t.Helper()
	db, err := storage.Open(filepath.Join(t.TempDir(), "duban.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	read, err := report.Parse(builtin.Text(), report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p, _ := plan.Merge(nil, read)
	p.State, p.CheckedTo = plan.Published, p.NextID
	w := &world{db: db, key: p.Key()}
	w.update(t, at("2017-01-01 12:00"), func(d plan.Desk) error {
		if err := d.PutPlan(p); err != nil {
			return err
		}
		for code, lead := range leads {
			if err := d.Assign(w.key, plan.Duty{Item: p.Commitment(code).ID, Lead: lead}); err != nil {
				return err
			}
		}
		for _, someone := range everybody() {
			if err := d.PutPerson(someone); err != nil {
				return err
			}
		}
		return nil
	})
	w.follow(t, "citizen", p.Commitment("3.6.2.8").ID)
	w.follow(t, "group", 0)
	return w
}

func everybody() []plan.Person {
	people := []plan.Person{{ID: "supervisor", Role: plan.Supervisor}, {ID: "admin", Role: plan.Admin}}
	for i, name := range departments {
		n := string(rune('1' + i))
		people = append(people, plan.Person{ID: plan.PersonID("staff" + n), Role: plan.Staff, Department: name},
			plan.Person{ID: plan.PersonID("head" + n), Role: plan.Head, Department: name})
	}
	for i := range people {
		people[i].Chat = "chat:" + string(people[i].ID)
	}
	return people
}

func (w *world) update(t testing.TB, now time.Time, f func(plan.Desk) error) {
	t.Helper()
	if err := w.db.Update(context.Background(), func(tx plan.Tx) error { return f(tx.As(plan.System, now)) }); err != nil {
		t.Fatal(err)
	}
}

func (w *world) tx(t testing.TB, f func(plan.Tx) error) {
	t.Helper()
	if err := w.db.Update(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

func (w *world) follow(t testing.TB, who string, item plan.ID) {
	t.Helper()
	w.tx(t, func(tx plan.Tx) error {
		d := tx.As(plan.Actor{ID: plan.PersonID(who), Role: plan.Public}, at("2017-01-02 12:00"))
		return d.Follow(plan.Subscription{Chat: "chat:" + who, Plan: w.key, Item: item})
	})
}

// filings are those that were published, each on its data date.
func (w *world) filings(t testing.TB) []schedule.Event {
	t.Helper()
	data, err := os.ReadFile("testdata/liaocheng-2017.filings.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var events []schedule.Event
	for _, row := range rows[1:] {
		list := report.Quantities(row[3] + row[4])
		if len(list) == 0 {
			t.Fatalf("no number in %q", row)
		}
		day, err := plan.ParseDate(row[2])
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, w.filing(t, plan.Code(row[0]), row[1], &list[0].Value, day, at(row[2]+" 10:00")))
	}
	return events
}

// filing files for a target by its words, accepted.
func (w *world) filing(t testing.TB, code plan.Code, metric string, value *plan.Decimal, day plan.Date, when time.Time) schedule.Event {
	t.Helper()
	item := w.target(t, code, metric)
	return schedule.Event{At: when, Apply: func(tx plan.Tx, now time.Time) error {
		_, err := tx.As(plan.System, now).File(plan.Filing{Plan: w.key, Item: item, Value: value, Date: day, Reviews: []plan.Review{{Verdict: plan.Accepted}}})
		return err
	}}
}

func (w *world) target(t testing.TB, code plan.Code, metric string) (item plan.ID) {
	t.Helper()
	w.tx(t, func(tx plan.Tx) error {
		p, err := tx.Plans().Get(w.key)
		if err != nil {
			return err
		}
		for _, target := range p.Commitment(code).Targets {
			if strings.Contains(target.Metric, metric) || strings.Contains(metric, target.Metric) {
				item = target.ID
			}
		}
		return nil
	})
	if item == 0 {
		t.Fatalf("no target %s in %s", metric, code)
	}
	return item
}

func settings() schedule.Settings {
	s := schedule.DefaultSettings()
	s.Zone = shanghai
	return s
}

func (w *world) clock(t testing.TB) *schedule.Clock {
	t.Helper()
	c, err := schedule.New(w.db, schedule.Options{Settings: settings(), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// plan is the world's plan as it is stored.
func (w *world) plan(t testing.TB) (p *plan.Plan) {
	t.Helper()
	w.tx(t, func(tx plan.Tx) (err error) {
		p, err = tx.Plans().Get(w.key)
		return err
	})
	return p
}
