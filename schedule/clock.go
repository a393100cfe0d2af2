package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/robfig/cron/v3"

	"duban/plan"
	"duban/schedule/calendar"
)

// Store is what the clock needs of the database.
type Store interface {
	View(ctx context.Context, f func(plan.Tx) error) error
	Update(ctx context.Context, f func(plan.Tx) error) error
}

// Options of a clock.
type Options struct {
	Settings Settings
	Calendar *calendar.Calendar // nil knows the announced holidays
	Rules    plan.Rules         // borders of lights; the zero value is the default
	Pages    Pages              // composes digests and bulletins; nil composes plain ones
	Log      *slog.Logger       // nil drops everything
	Now      func() time.Time
	Jobs     []Job    // that run beside it
	Admins   []string // chats of admins who need not have joined
}

// Clock sends what is due. Cron only wakes it.
type Clock struct {
	store    Store
	settings Settings
	calendar *calendar.Calendar
	rules    plan.Rules
	pages    Pages
	log      *slog.Logger
	now      func() time.Time
	jobs     []Job
	admins   []string
	shelf    shelf
	warned   int // year of the last warning, while the clock runs

	complaints complaints
}

// New makes a clock over a store, or says what is wrong with the settings.
func New(store Store, o Options) (*Clock, error) {
	if o.Now == nil {
		return nil, errors.New("a schedule needs a clock")
	}
	if err := o.Settings.Validate(); err != nil {
		return nil, err
	}
	for _, job := range o.Jobs {
		if _, err := parseSpec(job.Spec); err != nil {
			return nil, fmt.Errorf("%s：%w", job.Name, err)
		}
	}
	c := &Clock{
		store: store, settings: o.Settings, calendar: o.Calendar, rules: o.Rules, pages: o.Pages,
		log: o.Log, now: o.Now, jobs: o.Jobs, admins: o.Admins,
	}
	if c.calendar == nil {
		c.calendar = calendar.New()
	}
	if c.rules == (plan.Rules{}) {
		c.rules = plan.DefaultRules()
	}
	if c.pages == nil {
		c.pages = plain{}
	}
	if err := o.Settings.Wakes(c.calendar, c.now()); err != nil {
		return nil, err
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	return c, nil
}

// Run catches up at once, then looks whenever cron wakes it, until ctx is done. It returns
// when what it began has ended.
func (c *Clock) Run(ctx context.Context) error {
	logger := cronLog{c.log}
	wheel := cron.New(cron.WithLocation(c.settings.Zone), cron.WithLogger(logger))
	jobs := append([]Job{{Name: "schedule", Spec: c.settings.Wake, AtOnce: true, Run: c.wake}}, c.jobs...)
	var first []cron.Job
	for _, job := range jobs {
		spec, err := parseSpec(job.Spec)
		if err != nil {
			return fmt.Errorf("%s：%w", job.Name, err)
		}
		// Recover stands inside, or a job that panics once would count as running for ever.
		chain := cron.NewChain(cron.SkipIfStillRunning(logger), cron.Recover(logger))
		wrapped := chain.Then(cron.FuncJob(func() { c.attempt(ctx, &job) }))
		wheel.Schedule(spec, wrapped)
		if job.AtOnce {
			first = append(first, wrapped)
		}
	}
	wheel.Start()
	for _, job := range first {
		job.Run()
	}
	<-ctx.Done()
	<-wheel.Stop().Done()
	return nil
}

// wake is one look at the time. What goes wrong is for the log alone: the next look makes up
// for it.
func (c *Clock) wake(ctx context.Context, now time.Time) error {
	c.warnUnknown(now)
	c.tellAdmins(ctx, now)
	sent, err := c.Tick(ctx, now)
	if err != nil && ctx.Err() == nil {
		c.log.Error("schedule", "error", err)
	}
	for _, n := range sent {
		c.log.Info("sent by the clock", "to", n.To, "why", n.Why, "due", n.Due)
	}
	return nil
}

// warnUnknown says in the log, once a year, that a year's holidays are not known.
func (c *Clock) warnUnknown(now time.Time) {
	if year := now.In(c.settings.Zone).Year(); !c.calendar.Known(year) && c.warned != year {
		c.warned = year
		c.log.Warn("the holidays of the year are not known; only weekends are days off", "year", year)
	}
}

// cronLog gives cron's lines to the log.
type cronLog struct{ log *slog.Logger }

// Info implements cron.Logger: of its comings and goings only what is left out is worth a line.
func (l cronLog) Info(msg string, pairs ...any) {
	if msg == "skip" {
		l.log.Debug("cron: "+msg, pairs...)
	}
}

func (l cronLog) Error(err error, msg string, pairs ...any) {
	l.log.Error("cron: "+msg, append(pairs, "error", err)...)
}
