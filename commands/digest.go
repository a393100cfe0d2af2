package commands

import (
	"errors"
	"regexp"
	"strings"
	"time"

	"duban/plan"
	"duban/render"
)

// Records reads what the digests and bulletins of a plan are made from. Turnouts count
// filings of every department, so they are read as the program; their values are not shown.
// now is the moment at which they are looked at, in the zone of the plans.
func Records(tx plan.Tx, p *plan.Plan, now time.Time, rules plan.Rules, window plan.Window) (*render.Records, error) {
	desk, r := tx.As(plan.System, now), &render.Records{Plan: p, Rules: rules, Window: window, Today: plan.DateOf(now)}
	duties, err := tx.Plans().Duties(p.Key())
	if err != nil {
		return nil, err
	}
	r.Duties = plan.DutiesAt(duties, now)
	if r.Marks, err = desk.Marks(p.Key()); err != nil {
		return nil, err
	}
	r.Filings, err = desk.Filings(p.Key())
	return r, err
}

func (t *turn) records(p *plan.Plan) (*render.Records, error) {
	return Records(t.tx, p, t.request.Now, t.router.options.Rules, t.router.options.Window)
}

// input computes what a digest of the current week, month or quarter looks at.
func (t *turn) input(p *plan.Plan, span plan.Span) (render.DigestInput, error) {
	r, err := t.records(p)
	if err != nil {
		return render.DigestInput{}, err
	}
	return r.Input(plan.PeriodAt(span, t.today()), t.today()), nil
}

// handleDigest shows this week's digest as it stands now.
func handleDigest(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	in, err := t.input(p, plan.Week)
	if err != nil {
		return nil, err
	}
	r, err := t.digestReader()
	if err != nil {
		return nil, err
	}
	in.Dated = t.published() > 1
	m := render.NewDigest(in).For(r)
	if _, err := t.desk().Subscribed(t.request.Chat); errors.Is(err, plan.ErrNotFound) && len(m.Buttons) > 0 {
		row := m.Buttons[0]
		row[len(row)-1] = render.Button{Text: "订阅周报", Action: render.DoAction("subscribe")}
	}
	return one(m), nil
}

// published counts the plans that have digests.
func (t *turn) published() (n int) {
	for _, p := range t.library.Plans() {
		if p.State == plan.Published {
			n++
		}
	}
	return n
}

// summaryWords reads 8月, 2017年8月.
var summaryWords = regexp.MustCompile(`^(?:(\d{4})年)?(\d{1,2})月份?$`)

// handleSummary shows the dispatch summary of this month, or of one that is named, as it
// stands now, with its workbook.
func handleSummary(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	month, day := plan.PeriodAt(plan.Month, t.today()), t.today()
	if t.words != "" {
		m := summaryWords.FindStringSubmatch(t.words)
		if m == nil || number(m[2]) < 1 || number(m[2]) > 12 {
			return one(render.Message{Text: "请写清月份，例如：月通报 8月"}), nil
		}
		year := p.Year
		if m[1] != "" {
			year = number(m[1])
		}
		month = plan.PeriodAt(plan.Month, plan.NewDate(year, time.Month(number(m[2])), 1))
	}
	switch {
	case month.From.After(day):
		return one(render.Message{Text: render.PeriodText(month, day) + "还没有开始。"}), nil
	case t.words != "" && (month.From.Year < p.Year || month.To.Before(p.DeliveredOn)):
		return one(render.Message{Text: render.PeriodText(month, day) + "在" + render.Heading(p) + "之前，没有调度。"}), nil
	case month.To.Before(day):
		day = month.To
	}
	r, err := t.records(p)
	if err != nil {
		return nil, err
	}
	m, err := render.DispatchSummary(r.Input(month, day))
	return one(m), err
}

// digestReader says what a digest for the person is about.
func (t *turn) digestReader() (render.Reader, error) {
	s, err := t.desk().Subscribed(t.request.Chat)
	if errors.Is(err, plan.ErrNotFound) {
		s, err = &plan.DigestSubscription{Chat: t.request.Chat, Person: t.request.From}, nil
	}
	if err != nil {
		return render.Reader{}, err
	}
	follows, err := t.desk().Following()
	if err != nil {
		return render.Reader{}, err
	}
	person := &plan.Person{ID: t.actor.ID, Chat: string(t.request.From), Role: t.actor.Role, Department: t.actor.Department}
	if t.person != nil {
		person.Chat = t.person.Chat
	}
	return render.ReaderOf(s, person, follows), nil
}

// Defaults of a new subscription.
const (
	digestDay  = time.Monday
	digestHour = 9
)

// subscribeWords reads what a subscription is about, its day and its hour: 关注 周二, 每周五18点.
var subscribeWords = regexp.MustCompile(`^(?:周报)?\s*(全部|关注)?\s*(?:每?(?:周|星期)([一二三四五六日天]))?\s*(?:(\d{1,2})\s*[点时]|(\d{1,2})[:：]00)?$`)

// Hours of a digest that may be asked for by words.
const (
	firstHour = 8
	lastHour  = 20
)

// handleSubscribe subscribes the chat to the weekly digest; 全部 and 关注 choose what it is
// about, 周五 and 18点 when it comes.
func handleSubscribe(t *turn) ([]render.Message, error) {
	m := subscribeWords.FindStringSubmatch(t.words)
	if m == nil {
		return one(render.Message{Text: "可以发：订阅周报，订阅周报 全部，订阅周报 关注（只看关注的事项），订阅 周五18点。"}), nil
	}
	hour := number(m[3] + m[4])
	if m[3]+m[4] != "" && (hour < firstHour || hour > lastHour) {
		return one(render.Message{Text: "周报可以在8点到20点之间发，例如：订阅 周五18点"}), nil
	}
	return t.subscribe(func(s *plan.DigestSubscription) {
		if m[1] != "" || m[2]+m[3]+m[4] == "" {
			s.Scope = map[string]plan.DigestScope{"": plan.ScopeRole, "全部": plan.ScopeAll, "关注": plan.ScopeFollows}[m[1]]
		}
		if i := strings.Index("日一二三四五六", strings.ReplaceAll(m[2], "天", "日")); m[2] != "" && i >= 0 {
			s.Day = time.Weekday(i / len("日"))
		}
		if m[3]+m[4] != "" {
			s.Hour = hour
		}
	})
}

// subscribe changes the chat's subscription, or makes it.
func (t *turn) subscribe(change func(*plan.DigestSubscription)) ([]render.Message, error) {
	s, err := t.desk().Subscribed(t.request.Chat)
	if errors.Is(err, plan.ErrNotFound) {
		s, err = &plan.DigestSubscription{Chat: t.request.Chat, Day: digestDay, Hour: digestHour}, nil
	}
	if err != nil {
		return nil, err
	}
	change(s)
	if err := t.desk().Subscribe(*s); err != nil {
		return nil, err
	}
	return one(render.Subscribed(s)), nil
}

// handleUnsubscribe ends the chat's subscription at once.
func handleUnsubscribe(t *turn) ([]render.Message, error) {
	if err := t.desk().Unsubscribe(t.request.Chat); err != nil {
		return nil, err
	}
	return one(render.Unsubscribed()), nil
}

// chooseDay and chooseHour are the buttons of a subscription.
func chooseDay(t *turn) ([]render.Message, error) {
	n := number(t.arg(0))
	if n < 0 || n > 6 {
		return stale(t)
	}
	return t.subscribe(func(s *plan.DigestSubscription) { s.Day = time.Weekday(n) })
}

func chooseHour(t *turn) ([]render.Message, error) {
	n := number(t.arg(0))
	if n < 0 || n > 23 {
		return stale(t)
	}
	return t.subscribe(func(s *plan.DigestSubscription) { s.Hour = n })
}
