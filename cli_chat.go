package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"time"

	"duban/bot"
	"duban/commands"
	"duban/plan"
	"duban/render"
	"duban/storage"
)

// chatCommand is the conversation in the terminal.
type chatCommand struct {
	As   string `help:"扮演的身份（不写就按登记的身份）：public、staff:单位、head:单位、supervisor、admin" placeholder:"ROLE"`
	DB   string `help:"数据库文件" type:"path" placeholder:"FILE"`
	AsOf string `help:"当作这一天，如 2017-06-30" placeholder:"DATE"`
	Demo bool   `help:"用公开报道的真实数字演示，存在单独的文件里，不能和 --db 同用"`
}

// database implements databaseUser: the conversation goes through the socket where the
// database is in use.
func (c *chatCommand) database(a *app) string {
	switch {
	case c.Demo && c.DB != "":
		return "" // Run says why not
	case c.Demo:
		return a.demoPath()
	}
	return a.databasePath(c.DB)
}

// Run implements the command.
func (c *chatCommand) Run(a *app) (err error) {
	actor, err := a.actorOf(c.As)
	if err != nil {
		return err
	}
	day, err := a.day(c.AsOf)
	if err != nil {
		return err
	}
	if a.host != nil {
		a.host.leave()
		return c.talk(a, a.host.db, actor, day)
	}
	db, err := c.open(a)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := a.loadFirst(db); err != nil {
		return err
	}
	return c.talk(a, db, actor, day)
}

// talk answers what is typed until stdin ends.
func (c *chatCommand) talk(a *app, db *storage.DB, actor *plan.Actor, day time.Time) (err error) {
	options, err := a.conversation(c.Demo)
	if err != nil {
		return err
	}
	if options.Agenda, err = a.scheduler(db); err != nil {
		return err
	}
	router := commands.New(db, options)
	defer func() { err = errors.Join(err, router.Flush(context.WithoutCancel(a.ctx))) }()
	t := &bot.Terminal{
		Conversation: router, Store: db, As: actor, Log: a.log, User: a.userName(),
		Interactive: terminal(a.stdin), Now: a.clock(c.AsOf, day), Save: saveHere,
	}
	if a.host != nil {
		t.Interactive, t.Save = a.host.interactive, a.host.keep
	}
	if err := a.greet(t); err != nil {
		return err
	}
	return t.Run(a.ctx, interruptibly(a.ctx, a.stdin), a.stdout)
}

// conversation is how the configuration wants the conversation to be.
func (a *app) conversation(demo bool) (commands.Options, error) {
	policy := a.config.storage().Review
	window, err := a.window()
	return commands.Options{Rules: a.config.rules(), Window: window, AtOnce: policy.AtOnce, Signed: policy.Signed, Demo: demo}, err
}

// actorOf reads a --as flag: a role, of staff and heads with their department; nil, for "",
// is whoever the person is registered as.
func (a *app) actorOf(text string) (*plan.Actor, error) {
	if text == "" {
		return nil, nil
	}
	role, department, named := strings.Cut(text, ":")
	actor := &plan.Actor{ID: plan.PersonID("terminal:" + a.userName()), Role: plan.Role(role), Department: strings.TrimSpace(department)}
	switch actor.Role {
	case plan.Staff, plan.Head:
		if actor.Department != "" {
			return actor, nil
		}
	case plan.Public, plan.Supervisor, plan.Admin:
		if !named {
			return actor, nil
		}
	}
	return nil, usageError{fmt.Errorf("身份 %q 不对；可以是 public、staff:民政局、head:民政局、supervisor、admin", text)}
}

// clock is the real one, or one that stands still on a chosen day.
func (a *app) clock(asOf string, day time.Time) func() time.Time {
	if asOf == "" {
		return a.now
	}
	return func() time.Time { return day }
}

// greet shows a person what can be asked; a script gets its answers only.
func (a *app) greet(t *bot.Terminal) error {
	if !t.Interactive {
		return nil
	}
	messages, err := t.Conversation.Handle(a.ctx, commands.Request{Text: "/start", Chat: t.Chat(), From: plan.PersonID("terminal:" + t.User), As: t.As, Now: t.Now()})
	if err != nil {
		return err
	}
	for _, m := range messages {
		if _, err := fmt.Fprintln(a.stdout, m.Text); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintln(a.stdout, "（按 Ctrl-D 结束）")
	return err
}

// mostCopies is how many files of one name are kept beside each other.
const mostCopies = 99

// saveHere writes a file into the current folder; one of that name stays, and the new one
// gets a number.
func saveHere(f render.File) (string, error) {
	name := filepath.Base(f.Name)
	stem, kind := strings.TrimSuffix(name, filepath.Ext(name)), filepath.Ext(name)
	for n := 2; ; n++ {
		out, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if errors.Is(err, fs.ErrExist) && n <= mostCopies {
			name = fmt.Sprintf("%s-%d%s", stem, n, kind)
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = out.Write(f.Data)
		return name, errors.Join(err, out.Close())
	}
}

// userName is who runs the command.
func (a *app) userName() string {
	if a.host != nil {
		return a.host.operator
	}
	return userName()
}

func userName() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "user"
}

// openForChat opens the database; the default one falls back to memory where it cannot be
// written.
func (a *app) openForChat(path string) (*storage.DB, error) {
	db, err := a.open(path)
	if path == "" && errors.Is(err, storage.ErrReadOnly) {
		_, _ = fmt.Fprintf(a.stderr, "duban: 提醒：%v。这次只在内存里运行，退出后不保存。\n", err)
		return storage.OpenTemporary()
	}
	return db, err
}

// loadFirst fills an empty database: with the configured reports, else with the one that
// comes with the program; it says which.
func (a *app) loadFirst(db *storage.DB) error {
	empty, err := isEmpty(a.ctx, db)
	if err != nil || !empty {
		return err
	}
	plans, err := a.firstPlans()
	if err != nil {
		return err
	}
	for _, p := range plans {
		result, err := a.store(db, p, p.State == plan.Published, true)
		if err != nil {
			return err
		}
		where := "存入 " + db.Path()
		if db.Temporary() {
			where = "存在内存里"
		}
		_, _ = fmt.Fprintf(a.stderr, "首次使用：已读入 %s（%d个指标），%s\n", render.Heading(result.plan), result.plan.Targets(), where)
	}
	return nil
}

func isEmpty(ctx context.Context, db *storage.DB) (empty bool, err error) {
	err = db.View(ctx, func(tx plan.Tx) error {
		list, err := tx.Plans().List()
		empty = len(list) == 0
		return err
	})
	return empty, err
}

// firstPlans are the plans of a fresh database.
func (a *app) firstPlans() ([]*plan.Plan, error) {
	if len(a.config.Plan.Reports) == 0 {
		p, err := builtinReport()
		return []*plan.Plan{p}, err
	}
	plans := make([]*plan.Plan, 0, len(a.config.Plan.Reports))
	for _, path := range a.config.Plan.Reports {
		p, err := a.readReport(path, 0)
		if err == nil {
			err = dated(path, p)
		}
		if err != nil {
			return nil, err
		}
		plans = append(plans, p)
	}
	return plans, nil
}
