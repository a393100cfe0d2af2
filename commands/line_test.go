package commands

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"duban/plan"
	"duban/render"
)

var verbose = flag.Bool("lines", false, "print every line that is not read as it should be")

// typed is a line of testdata with its readings.
type typed struct {
	who, text string
	want      []string
}

func readTyped(t testing.TB, name string) []typed {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var list []typed
	for row := range strings.Lines(string(data)) {
		row = strings.TrimRight(row, "\n")
		if row == "" || strings.HasPrefix(row, "#") {
			continue
		}
		f := strings.Split(row, "\t")
		if len(f) != 3 {
			t.Fatalf("%s: %q has %d columns", name, row, len(f))
		}
		list = append(list, typed{who: f[0], text: strings.ReplaceAll(f[1], `\n`, "\n"), want: strings.Split(f[2], "|")})
	}
	return list
}

// outcome is what became of a line.
type outcome struct {
	kind   string // question, refused, asks, filing
	doubt  plan.DoubtKind
	drafts []draft
	reply  string
}

func (w *world) outcome(l typed, chat string) outcome {
	w.t.Helper()
	reply := w.say(writer(l.who), chat, l.text)
	o := outcome{kind: "question", drafts: w.drafts(chat), reply: texts(reply)}
	switch {
	case strings.Contains(o.reply, "填报。你负责的") || strings.Contains(o.reply, "还没有落实责任单位"):
		o.kind = "refused"
	case len(o.drafts) > 0:
		o.kind = w.filingKind(&o, l.who)
	case strings.Contains(o.reply, "没认出") || strings.Contains(o.reply, "哪一项"):
		o.kind = "asks"
	}
	return o
}

// writer is who writes a line: a supervisor or a department's staff.
func writer(who string) *plan.Actor {
	if who == "督查室" {
		return &plan.Actor{ID: "test:supervisor", Role: plan.Supervisor}
	}
	return staff(who)
}

// filingKind tells a filing that is asked back about without a reading from one that is read.
func (w *world) filingKind(o *outcome, who string) string {
	kind := "filing"
	err := w.db.View(w.t.Context(), func(tx plan.Tx) error {
		library, err := w.router.shelf.library(tx)
		if err != nil {
			return err
		}
		t := &turn{router: w.router, tx: tx, actor: *writer(who), library: library, request: Request{Now: w.now}}
		for i := range o.drafts {
			s, err := t.subject(o.drafts[i].Plan, o.drafts[i].Item)
			if err != nil {
				return err
			}
			if s.target != nil && o.drafts[i].Value == nil {
				kind = "asks"
				return nil
			}
			if d := o.drafts[i].doubts(s, t.today()); len(d) > 0 && o.doubt == "" {
				o.doubt = d[0].Kind
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	if o.doubt == plan.DoubtAmbiguous || o.doubt == plan.DoubtFuture || o.doubt == plan.DoubtTooEarly {
		return "asks"
	}
	return kind
}

func texts(messages []render.Message) string {
	var all []string
	for _, m := range messages {
		all = append(all, m.Text)
	}
	return strings.Join(all, "\n")
}

// fits reports whether an outcome is what a reading wants.
func (w *world) fits(o *outcome, want string) bool {
	want = strings.TrimSpace(want)
	switch want {
	case "question", "refused", "asks":
		return o.kind == want
	}
	doubt := ""
	if rest, ok := strings.CutPrefix(want, "asks:"); ok {
		doubt, want, _ = strings.Cut(rest, " ")
	}
	if o.kind != "filing" || string(o.doubt) != doubt && (doubt != "" || o.doubt != "") {
		return false
	}
	return w.sameDrafts(o.drafts, want)
}

func (w *world) sameDrafts(drafts []draft, want string) bool {
	w.t.Helper()
	want, note, _ := strings.Cut(want, " “")
	want, date, _ := strings.Cut(want, " @")
	date, noteBehind, _ := strings.Cut(date, " “")
	note = strings.TrimSuffix(note+noteBehind, "”")
	parts := strings.Split(want, " ; ")
	if len(parts) != len(drafts) {
		return false
	}
	day := plan.DateOf(w.now).String()
	if date != "" {
		day = strings.TrimSpace(date)
	}
	for _, part := range parts {
		name, value, _ := strings.Cut(part, "=")
		id, _, _ := w.part(name)
		i := slices.IndexFunc(drafts, func(d draft) bool { return d.Item == id })
		if i < 0 || shown(&drafts[i]) != strings.TrimSpace(value) || drafts[i].Date.String() != day {
			return false
		}
		if note != "" && drafts[i].Note != note {
			return false
		}
	}
	return true
}

// shown writes a draft's value or stage: 1476, 推进中60.
func shown(d *draft) string {
	if d.Value != nil {
		return d.Value.String()
	}
	if d.Percent != nil {
		return string(d.Stage) + d.Percent.String()
	}
	return string(d.Stage)
}

// score counts the lines that are read right, and those that would file something wrong.
func (w *world) score(t *testing.T, name string) (understood, misfiled, all int) {
	t.Helper()
	for i, l := range readTyped(t, name) {
		all++
		o := w.outcome(l, name+itoa(i))
		if slices.ContainsFunc(l.want, func(x string) bool { return w.fits(&o, x) }) {
			understood++
			continue
		}
		wrong := o.kind == "filing" && (o.doubt == "" || !strings.HasPrefix(l.want[0], "asks"))
		word := "missed"
		if wrong {
			misfiled++
			word = "MISFILED"
		}
		if *verbose || wrong {
			t.Logf("%s %s %q: want %v, got %s", word, l.who, l.text, l.want, w.describe(&o))
		}
	}
	return understood, misfiled, all
}

func (w *world) describe(o *outcome) string {
	out := []string{o.kind, string(o.doubt)}
	for i := range o.drafts {
		d := &o.drafts[i]
		c := w.plan.Holder(d.Item)
		out = append(out, textOf(c.Target(d.Item), c.Task(d.Item))+"="+shown(d)+" @"+d.Date.String()+" “"+d.Note+"”")
	}
	if len(o.drafts) == 0 {
		first, _, _ := strings.Cut(o.reply, "\n")
		out = append(out, first)
	}
	return strings.Join(out, " ; ")
}

// before is what had been filed when the lines of Liaocheng were typed.
func before(w *world) {
	june := plan.NewDate(2017, 6, 30)
	w.accept("新增养老床位", "1266", june)
	w.accept("新改建农村公路", "700", june)
	w.accept("改造农村危桥", "20", june)
	w.accept("确保聊城一中新校", "推进中", june)
	w.accept("常住人口城镇化率#3.4.1.0", "48.5", june)
}

func TestLines(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	before(w)
	understood, misfiled, all := w.score(t, "lines.tsv")
	t.Logf("%d of %d understood (%.1f%%), %d misfiled", understood, all, 100*float64(understood)/float64(all), misfiled)
	if misfiled > 0 || 100*understood < 95*all {
		t.Error("want 95% understood and none misfiled")
	}
}

// TestHoldOut reads lines that were written after the reader had been tried on lines.tsv.
func TestHoldOut(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	before(w)
	understood, misfiled, all := w.score(t, "holdout.tsv")
	t.Logf("%d of %d understood (%.1f%%), %d misfiled", understood, all, 100*float64(understood)/float64(all), misfiled)
	if misfiled > 0 || 100*understood < 95*all {
		t.Error("want 95% understood and none misfiled")
	}
}

// TestOtherCity reads lines for a report that none of the words above were chosen for.
func TestOtherCity(t *testing.T) {
	t.Parallel()
	w := jingdezhen(t)
	understood, misfiled, all := w.score(t, "jingdezhen.tsv")
	t.Logf("%d of %d understood (%.1f%%), %d misfiled", understood, all, 100*float64(understood)/float64(all), misfiled)
	if misfiled > 0 || 100*understood < 90*all {
		t.Error("want 90% understood and none misfiled")
	}
}

// TestSecondHoldOut reads lines that were written after the first hold-out had been used.
func TestSecondHoldOut(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	before(w)
	understood, misfiled, all := w.score(t, "holdout2.tsv")
	t.Logf("%d of %d understood (%.1f%%), %d misfiled", understood, all, 100*float64(understood)/float64(all), misfiled)
	if misfiled > 0 || 100*understood < 95*all {
		t.Error("want 95% understood and none misfiled")
	}
}

// TestTraps reads lines that are easily taken for what they are not.
func TestTraps(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	before(w)
	understood, misfiled, all := w.score(t, "traps.tsv")
	t.Logf("%d of %d understood, %d misfiled", understood, all, misfiled)
	if misfiled > 0 || understood < all {
		t.Error("want all understood and none misfiled")
	}
}

// TestThirdHoldOut reads lines that were written after the traps had been worked on.
func TestThirdHoldOut(t *testing.T) {
	t.Parallel()
	w := liaocheng(t)
	before(w)
	understood, misfiled, all := w.score(t, "holdout3.tsv")
	t.Logf("%d of %d understood (%.1f%%), %d misfiled", understood, all, 100*float64(understood)/float64(all), misfiled)
	if misfiled > 0 || 100*understood < 95*all {
		t.Error("want 95% understood and none misfiled")
	}
}
