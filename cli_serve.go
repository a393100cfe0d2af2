package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"duban/bot"
	"duban/commands"
	"duban/plan"
	"duban/report/document"
	"duban/schedule"
	"duban/storage"
)

// serveCommand runs the bot, the clock and the database's socket in one process.
type serveCommand struct {
	DB    string `help:"数据库文件" type:"path" placeholder:"FILE"`
	Check bool   `help:"只检查配置、数据库和令牌，不启动"`
}

// errNoToken occurs where nobody set a token.
var errNoToken = errors.New("没有令牌。请设环境变量 TELEGRAM_BOT_TOKEN，或用 TELEGRAM_BOT_TOKEN_FILE 指向令牌文件；不用令牌可以运行 duban chat")

// Run implements the command: it ends cleanly with the context.
func (c *serveCommand) Run(a *app) (err error) {
	if err := a.config.Telegram.validateToken(); err != nil {
		return err
	}
	if c.Check {
		return a.checkServe(a.databasePath(c.DB))
	}
	db, err := a.open(c.DB)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := a.loadFirst(db); err != nil {
		return err
	}
	return a.serve(db)
}

// checkServe reports whether serve could run: configuration, database and token. It makes no
// database, and works while the bot runs.
func (a *app) checkServe(path string) error {
	if err := a.checkDates(); err != nil {
		return err
	}
	database, err := a.checkDatabase(path)
	if err != nil {
		return err
	}
	channel, err := a.channel(nil, nil, path, nil)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(a.ctx, checkTime)
	defer cancel()
	if err := channel.Check(ctx); errors.Is(err, bot.ErrToken) {
		return a.sentenceOf(err)
	} else if err != nil {
		return fmt.Errorf("配置可用，%s，但连不上 Telegram（%s）；请检查网络，或在 telegram.proxy 写代理：%w", database, a.config.Telegram.Endpoint, err)
	}
	_, err = fmt.Fprintf(a.stdout, "配置和令牌都可用，%s，机器人是 @%s\n", database, channel.Name())
	return err
}

// checkDatabase says how the database is.
func (a *app) checkDatabase(path string) (string, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return "数据库 " + path + " 还没有，第一次启动时会建", a.checkPlaces(path, storage.Contents{})
	}
	contents, err := storage.Look(a.ctx, path)
	if errors.Is(err, storage.ErrLocked) {
		return "数据库正由另一个进程使用（机器人可能在运行），没有检查", nil
	}
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("数据库可用（报告%d份，填报%d条）", contents.Plans, contents.Filings), a.checkPlaces(path, contents)
}

// checkTime is how long the check waits for Telegram.
const checkTime = 15 * time.Second

// poked is the database of the clock: what it stores is sent at once.
type poked struct {
	*storage.DB
	after func()
}

// Update implements schedule.Store.
func (p *poked) Update(ctx context.Context, f func(plan.Tx) error) error {
	err := p.DB.Update(ctx, f)
	if err == nil {
		p.after()
	}
	return err
}

func (a *app) serve(db *storage.DB) (err error) {
	store := &poked{DB: db}
	jobs, err := a.jobs(db)
	if err != nil {
		return err
	}
	failures := newJobFailures()
	clock, err := a.scheduler(store, counted(jobs, failures)...)
	if err != nil {
		return err
	}
	options, err := a.conversation(false)
	if err != nil {
		return err
	}
	options.Admins, options.Limit, options.Agenda = a.admins(), commands.DefaultLimit(), clock
	options.ImportReport = a.importReport
	var name func() string
	options.Bot = func() string { return name() }
	options.Backup = func(ctx context.Context, w io.Writer) error {
		_, err := db.Backup(ctx, w)
		return err
	}
	router := commands.New(db, options)
	defer func() { err = errors.Join(err, router.Flush(context.WithoutCancel(a.ctx))) }()
	metrics := prometheus.NewRegistry()
	metrics.MustRegister(&standingMetrics{app: a, db: db}, failures)
	channel, err := a.channel(router, db, db.Path(), bot.NewMetrics(metrics))
	if err != nil {
		return err
	}
	store.after, name = channel.Poke, channel.Name
	if err := a.announce(db); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(a.ctx)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	group.Go(func() error { defer stop(); return a.sentenceOf(channel.Run(ctx)) })
	group.Go(func() error { return clock.Run(ctx) })
	group.Go(func() error { return newServer(a.config, a.log, a.now).Serve(ctx, db) })
	group.Go(func() error { return a.watch(ctx, channel, metrics) })
	return group.Wait()
}

// jobs are what the clock does beside the schedule.
func (a *app) jobs(db *storage.DB) ([]schedule.Job, error) {
	jobs, err := a.copies(db)
	return append(append(jobs, a.retention(db)...), verification(db)), err
}

// verificationSpec looks once a week, at night.
const verificationSpec = "0 5 * * 0"

// verification has the clock check the whole database: at the start, so that a damaged one does
// not answer for long, and beside everything else, because that may take a second.
func verification(db *storage.DB) schedule.Job {
	run := func(ctx context.Context, _ time.Time) error { return db.Check(ctx) }
	return schedule.Job{Name: "check", Spec: verificationSpec, AtOnce: true, Run: run}
}

// sentenceOf says why the channel ended, where a person can mend it.
func (a *app) sentenceOf(err error) error {
	if errors.Is(err, bot.ErrListen) {
		return fmt.Errorf("telegram.webhook_listen %s 开不了（%s）；请换一个地址或端口", a.config.Telegram.WebhookListen, why(err))
	}
	if errors.Is(err, bot.ErrToken) {
		return fmt.Errorf("令牌不对，Telegram 不接受；请从 @BotFather 重新复制到%s", a.config.Telegram.tokenPlace())
	}
	return err
}

// channel makes the Telegram channel as configured; evidence is kept beside the database.
func (a *app) channel(router *commands.Router, store bot.Store, path string, metrics *bot.Metrics) (*bot.Telegram, error) {
	zone, err := time.LoadLocation(a.config.TimeZone)
	if err != nil {
		return nil, err
	}
	t := &a.config.Telegram
	var proxy *url.URL
	if t.Proxy != "" {
		if proxy, err = url.Parse(t.Proxy); err != nil {
			return nil, t.validateProxy()
		}
	}
	options := bot.Options{
		Token: t.Token, Endpoint: t.Endpoint, Transport: bot.NewTransport(proxy), Zone: zone,
		Limits:   bot.Limits{Global: t.Limits.Global, Chat: t.Limits.Chat, Group: t.Limits.Group},
		Evidence: filepath.Join(filepath.Dir(path), "evidence"), MaxFile: a.config.Import.MaxBytes,
		Now: a.now, Log: a.log, Metrics: metrics,
		Reached: func(name string) { _, _ = fmt.Fprintf(a.stderr, "已连上 Telegram：https://t.me/%s\n", name) },
	}
	if t.Mode == modeWebhook {
		options.Webhook = &bot.Webhook{Listen: t.WebhookListen, URL: t.WebhookURL, Secret: t.WebhookSecret, Max: webhookConnections}
	}
	return bot.NewTelegram(router, store, options), nil
}

// webhookConnections is how many connections Telegram may open.
const webhookConnections = 40

func (a *app) admins() []plan.PersonID {
	list := make([]plan.PersonID, 0, len(a.config.Telegram.Admins))
	for _, id := range a.config.Telegram.Admins {
		list = append(list, plan.PersonID("telegram:"+strconv.FormatInt(id, 10)))
	}
	return list
}

// adminChats are their private chats, which have the names of the users.
func (a *app) adminChats() (chats []string) {
	for _, id := range a.admins() {
		chats = append(chats, string(id))
	}
	return chats
}

// importReport reads a report that came as a file.
func (a *app) importReport(ctx context.Context, name string, data []byte) (*plan.Plan, error) {
	text, err := document.Read(ctx, name, bytes.NewReader(data), a.documentOptions())
	if err != nil {
		return nil, err
	}
	p, err := planOf(name, text, 0)
	if err == nil {
		err = dated(name, p)
	}
	return p, err
}

// announce writes what runs, over which data.
func (a *app) announce(db *storage.DB) error {
	mode := "轮询"
	if a.config.Telegram.Mode == modeWebhook {
		mode = "webhook"
	}
	return db.View(a.ctx, func(tx plan.Tx) error {
		key, err := latestPlan(tx)
		if err != nil {
			return err
		}
		if err := a.warnNoAdmin(tx); err != nil {
			return err
		}
		_, err = fmt.Fprintf(a.stderr, "duban %s\n数据库：%s\n自动备份：%s\n报告：%s\n接收方式：%s\n时区：%s\n",
			version(), db.Path(), a.config.Backup.text(db.Path()), key, mode, a.config.TimeZone)
		return err
	})
}

// warnNoAdmin says in the log that nobody can invite others.
func (a *app) warnNoAdmin(tx plan.Tx) error {
	if len(a.config.Telegram.Admins) > 0 {
		return nil
	}
	admins, err := tx.As(plan.System, a.now()).Reaches(plan.Admin, "", plan.DateOf(a.now()))
	if err == nil && len(admins) == 0 {
		a.log.Warn("nobody administers the bot: write a Telegram id into telegram.admins or DUBAN_TELEGRAM_ADMINS")
	}
	return err
}
