package plan_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/plan"
)

func fullArchive() *plan.Archive {
	granted := &plan.Review{Verdict: plan.Accepted, By: "secret-by", Reason: "secret-reason"}
	p := twoTargets()
	return &plan.Archive{
		Format: plan.ArchiveFormat,
		Plans: []plan.Records{{
			Plan:        p,
			Corrections: []plan.Correction{{Check: plan.Rejected, Commitment: 1, Item: 3, By: "secret-by", Reason: "secret-reason"}},
			Duties:      []plan.Duty{{Item: 1, Lead: "民政局", By: "secret-by"}},
		}},
		Requests: []plan.Request{
			{Plan: p.Key(), Item: 2, Kind: plan.Extend, Deadline: plan.EndOfYear(2018), Reason: "征地", By: "secret-by", Chat: "secret-chat", Review: granted},
			{Plan: "别市2017", Item: 2, Kind: plan.Drop, Reason: "停办", Approval: "1号", Review: granted},
		},
		Filings: []plan.Filing{{
			ID: 1, Plan: p.Key(), Item: 2, Note: "开工2560公里", By: "secret-by", Chat: "secret-chat", Department: "民政局", Reason: "secret-reason",
			Evidence: []plan.Evidence{{Name: "secret-name"}}, Reviews: []plan.Review{*granted},
		}},
		Closings:      []plan.Closing{{Plan: p.Key(), Ratings: map[plan.ID]plan.Rating{2: plan.RatedDone}, By: "secret-by"}},
		Bulletins:     []plan.Bulletin{{ID: 1, Plan: p.Key(), Text: "第1期通报", By: "secret-by", Errata: []plan.Erratum{{Number: 1, Text: "应为824公里", By: "secret-by"}}}},
		Digests:       []plan.DigestSubscription{{Chat: "secret-chat", Person: "secret-id"}},
		Chats:         []plan.Chat{{ID: "secret-chat"}},
		People:        []plan.Person{{ID: "secret-id", Name: "secret-name"}},
		Invites:       []plan.Invite{{Hash: "secret-hash"}},
		Feedback:      []plan.Feedback{{ID: 1, Commitment: 1, Text: "secret-text", Place: "secret-place", By: "secret-by", Chat: "secret-chat", Answer: "secret-answer", AnsweredBy: "secret-by"}},
		Subscriptions: []plan.Subscription{{Person: "secret-id"}},
		Gaps:          []plan.Gap{{Question: "secret-question"}},
		Audit:         []plan.AuditRecord{{Actor: "secret-id"}},
		Salts:         plan.Entries{Last: 1, Records: map[string][]byte{"secret": nil}},
		Ledger:        plan.Entries{Last: 1, Records: map[string][]byte{"secret": nil}},
		Told:          plan.Entries{Records: map[string][]byte{"secret": nil}},
	}
}

// TestAnonymizeLeavesTheFigures: no personal text is left, and all that is said of the work
// is; what shares memory with the archive is not changed.
func TestAnonymizeLeavesTheFigures(t *testing.T) {
	t.Parallel()
	a := fullArchive()
	review := a.Requests[0].Review
	a.Anonymize()
	data, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), "secret") || !a.Anonymous {
		t.Errorf("left: %s", data)
	}
	for _, want := range []string{"新增养老床位", "开工2560公里", "民政局", "征地", `"verdict":"accepted"`, `"people":[]`, `"chats":[]`, "第1期通报", "应为824公里", "完成"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%s is gone from %s", want, data)
		}
	}
	if review.By != "secret-by" {
		t.Error("a review that others hold was changed")
	}
}

// TestWholePlanOfAnArchive is the plan with its own corrections and requests, not those of
// others.
func TestWholePlanOfAnArchive(t *testing.T) {
	t.Parallel()
	a := fullArchive()
	got := a.Whole(&a.Plans[0])
	if c := got.Commitments[0]; len(c.Targets) != 1 || c.Targets[0].Deadline != plan.EndOfYear(2018) || c.Targets[0].Cancelled != "" {
		t.Errorf("%+v", c.Targets)
	}
}

// TestReadableArchives: exports of the shape before are taken in.
func TestReadableArchives(t *testing.T) {
	t.Parallel()
	for format, want := range map[string]bool{"duban-archive-1": true, "duban-archive-2": true, "duban-archive-3": false, "duban-archive-": false, "": false} {
		if got := (&plan.Archive{Format: format}).Readable(); got != want {
			t.Errorf("%q: %t", format, got)
		}
	}
}

// shelfOf is a shelf of plans; a key without one cannot be read.
type shelfOf struct {
	plan.Shelf
	keys  []plan.Key
	plans map[plan.Key]*plan.Plan
	err   error
}

func (s shelfOf) List() (list []plan.Summary, err error) {
	for _, key := range s.keys {
		list = append(list, plan.Summary{Key: key})
	}
	return list, s.err
}

func (s shelfOf) Get(key plan.Key) (*plan.Plan, error) {
	if p := s.plans[key]; p != nil {
		return p, nil
	}
	return nil, plan.ErrNotFound
}

func TestAllPlansOfAShelf(t *testing.T) {
	t.Parallel()
	p := twoTargets()
	p.Title = "政府工作报告"
	s := shelfOf{keys: []plan.Key{p.Key()}, plans: map[plan.Key]*plan.Plan{p.Key(): p}}
	if list, err := plan.All(s); err != nil || len(list) != 1 || list[0] != p {
		t.Errorf("%v, %v", list, err)
	}
	want := plan.Summary{Key: "某市2017", Title: "政府工作报告", Place: "某市", Year: 2017, State: plan.Draft, Commitments: 1, Targets: 2}
	if diff := cmp.Diff(want, p.Summary()); diff != "" {
		t.Error(diff)
	}
	s.keys = append(s.keys, "无市2017")
	if _, err := plan.All(s); !errors.Is(err, plan.ErrNotFound) {
		t.Errorf("a plan that cannot be read: %v", err)
	}
	broken := errors.New("broken")
	if _, err := plan.All(shelfOf{err: broken}); !errors.Is(err, broken) {
		t.Errorf("a shelf that cannot be read: %v", err)
	}
}

// TestFilingsDigest: the same filings give the same digest, whatever their order in memory;
// any that counts changes it, one of a later day does not.
func TestFilingsDigest(t *testing.T) {
	t.Parallel()
	v, w := plan.NewDecimal(824, 0), plan.NewDecimal(825, 0)
	day := plan.NewDate(2017, 7, 31)
	marks := func(more ...plan.Mark) map[plan.ID][]plan.Mark {
		return map[plan.ID][]plan.Mark{
			2: append([]plan.Mark{{ID: 1, Value: &v, Date: day}}, more...),
			5: {{ID: 2, Stage: plan.Ongoing, Percent: &w, Date: day}},
		}
	}
	digest := plan.FilingsDigest(marks(), day)
	same := []map[plan.ID][]plan.Mark{marks(), marks(plan.Mark{ID: 3, Value: &w, Date: day.AddDays(1)})}
	other := []map[plan.ID][]plan.Mark{
		{},
		marks(plan.Mark{ID: 3, Value: &w, Date: day}), marks(plan.Mark{ID: 3, Supersedes: 1, Value: &v, Date: day}),
		{2: marks()[5], 5: marks()[2]},
		{2: marks()[2], 5: {{ID: 2, Stage: plan.Finished, Percent: &w, Date: day}}},
		{2: marks()[2], 5: {{ID: 2, Stage: plan.Ongoing, Date: day}}},
	}
	for i, m := range same {
		if got := plan.FilingsDigest(m, day); got != digest || len(got) != 64 {
			t.Errorf("case %d has another digest", i)
		}
	}
	for i, m := range other {
		if plan.FilingsDigest(m, day) == digest {
			t.Errorf("other filings %d have the same digest", i)
		}
	}
}

// TestVerdicts: the last decision counts, a signature is none.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	at := time.Date(2017, 7, 31, 9, 0, 0, 0, time.UTC)
	v := plan.NewDecimal(1, 0)
	for reviews, want := range map[string]struct {
		verdict plan.Verdict
		signed  bool
		counts  bool
	}{
		"":                         {"", false, false},
		"signed":                   {"", true, false},
		"signed accepted":          {plan.Accepted, true, true},
		"accepted":                 {plan.Accepted, false, true},
		"returned":                 {plan.Returned, false, false},
		"signed returned":          {plan.Returned, true, false},
		"accepted returned":        {plan.Returned, false, false},
		"returned signed":          {plan.Returned, true, false},
		"returned signed accepted": {plan.Accepted, true, true},
	} {
		f := plan.Filing{ID: 3, Value: &v, Date: plan.DateOf(at), At: at, Supersedes: 2}
		for i, word := range strings.Fields(reviews) {
			f.Reviews = append(f.Reviews, plan.Review{Verdict: plan.Verdict(word), At: at.Add(time.Duration(i) * time.Hour)})
		}
		m, counts := f.Mark()
		if f.Verdict() != want.verdict || f.SignedOff() != want.signed || counts != want.counts {
			t.Errorf("%q: %s, signed %t, counts %t", reviews, f.Verdict(), f.SignedOff(), counts)
		}
		if last := len(f.Reviews) - 1; counts && (!m.Accepted.Equal(f.Reviews[last].At) || m.ID != 3 || m.Supersedes != 2 || m.Value != &v) {
			t.Errorf("%q: mark %+v", reviews, m)
		}
	}
}

// TestDiffOfTasks: added, changed and removed ones are told.
func TestDiffOfTasks(t *testing.T) {
	t.Parallel()
	with := func(tasks ...string) *plan.Plan {
		p := report(commitment("2.1.1.1", "整合救助制度，建设养老中心，推进改革"))
		for _, text := range tasks {
			p.Commitments[0].Tasks = append(p.Commitments[0].Tasks, plan.Task{Text: text})
		}
		p.Title = strings.Join(tasks, "")
		return p
	}
	old, _ := plan.Merge(nil, with("整合农村救助制度", "建设养老服务中心"))
	fresh, diff := plan.Merge(old, with("整合农村特困救助制度", "推进公立医院改革"))
	var got []string
	for _, e := range diff.Entries {
		got = append(got, string(e.Change)+" "+e.Field+" "+e.Before+"→"+e.After)
	}
	want := []string{
		"changed title " + old.Title + "→" + fresh.Title, "changed task 整合农村救助制度→整合农村特困救助制度",
		"added task →推进公立医院改革", "removed task 建设养老服务中心→",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if c := fresh.Commitments[0]; c.Tasks[0].ID != old.Commitments[0].Tasks[0].ID || c.Tasks[1].ID == old.Commitments[0].Tasks[1].ID {
		t.Errorf("ids %+v", c.Tasks)
	}
	if _, none := plan.Merge(old, with("整合农村救助制度", "建设养老服务中心")); !none.Empty() {
		t.Errorf("the same report differs: %+v", none)
	}
}
