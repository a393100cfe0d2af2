package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"golang.org/x/sync/errgroup"

	"duban/bot"
	"duban/commands"
	"duban/plan"
	"duban/report/document"
	"duban/storage"
)

// serveCommand runs the bot, the clock and the database's socket in one process.
type serveCommand struct {
	DB    string `help:"数据库文件" type:"path" placeholder:"FILE"`
	Check bool   `help:"只检查配置和数据库，不启动"`
}

// errNoToken occurs where nobody set a token.
var errNoToken = errors.New("没有令牌。请设环境变量 TELEGRAM_BOT_TOKEN，或用 TELEGRAM_BOT_TOKEN_FILE 指向令牌文件；不用令牌可以运行 duban chat")

// Run implements the command: it ends cleanly with the context.
func (c *serveCommand) Run(a *app) (err error) {
	if a.config.Telegram.Token == "" {
		return errNoToken
	}
	db, err := a.open(c.DB)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if c.Check {
		_, err := fmt.Fprintln(a.stdout, "配置和数据库都可用")
		return err
	}
	if err := a.loadFirst(db); err != nil {
		return err
	}
	return a.serve(db)
}

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
	jobs, err := a.copies(db)
	if err != nil {
		return err
	}
	clock, err := a.scheduler(store, jobs...)
	if err != nil {
		return err
	}
	options := a.conversation(false)
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
	channel, err := a.channel(router, db, bot.NewMetrics(metrics))
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
	group.Go(func() error { defer stop(); return tokenSentence(channel.Run(ctx)) })
	group.Go(func() error { return clock.Run(ctx) })
	group.Go(func() error { return newServer(a.config, a.log, a.now).Serve(ctx, db) })
	group.Go(func() error { return a.watch(ctx, channel, metrics) })
	return group.Wait()
}

func tokenSentence(err error) error {
	if errors.Is(err, bot.ErrToken) {
		return fmt.Errorf("令牌不对，Telegram 不接受；请检查 TELEGRAM_BOT_TOKEN：%w", err)
	}
	return err
}

// channel makes the Telegram channel as configured.
func (a *app) channel(router *commands.Router, db *storage.DB, metrics *bot.Metrics) (*bot.Telegram, error) {
	zone, err := time.LoadLocation(a.config.TimeZone)
	if err != nil {
		return nil, err
	}
	t := &a.config.Telegram
	var proxy *url.URL
	if t.Proxy != "" {
		if proxy, err = url.Parse(t.Proxy); err != nil {
			return nil, fmt.Errorf("telegram.proxy 不是网址：%w", err)
		}
	}
	options := bot.Options{
		Token: t.Token, Endpoint: t.Endpoint, Transport: bot.NewTransport(proxy), Zone: zone,
		Limits:   bot.Limits{Global: t.LimitGlobal, Chat: t.LimitChat, Group: t.LimitGroup},
		Evidence: filepath.Join(filepath.Dir(db.Path()), "evidence"), MaxFile: a.config.Import.MaxBytes,
		Now: a.now, Log: a.log, Metrics: metrics,
	}
	if t.WebhookURL != "" {
		options.Webhook = &bot.Webhook{Listen: t.WebhookListen, URL: t.WebhookURL, Secret: t.WebhookSecret, Max: webhookConnections}
	}
	return bot.NewTelegram(router, db, options), nil
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
	return planOf(name, text, 0)
}

// announce writes what runs, over which data.
func (a *app) announce(db *storage.DB) error {
	mode := "轮询"
	if a.config.Telegram.WebhookURL != "" {
		mode = "webhook"
	}
	return db.View(a.ctx, func(tx plan.Tx) error {
		key, err := latestPlan(tx)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(a.stderr, "duban %s\n数据库：%s\n自动备份：%s\n报告：%s\n接收方式：%s\n时区：%s\n",
			version(), db.Path(), a.config.Backup.text(db.Path()), key, mode, a.config.TimeZone)
		return err
	})
}

// watch serves /healthz, /readyz and /metrics on a loopback address; "" serves nothing.
func (a *app) watch(ctx context.Context, channel *bot.Telegram, metrics *prometheus.Registry) error {
	if a.config.Health == "" {
		return nil
	}
	mux := http.NewServeMux()
	mux.Handle("/metrics", promhttp.HandlerFor(metrics, promhttp.HandlerOpts{}))
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") })
	mux.HandleFunc("/readyz", func(w http.ResponseWriter, _ *http.Request) {
		if err := channel.Ready(); err != nil {
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		_, _ = io.WriteString(w, "ready\n")
	})
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.config.Health)
	if err != nil {
		return fmt.Errorf("health %s 开不了：%w", a.config.Health, err)
	}
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	defer context.AfterFunc(ctx, func() { _ = server.Close() })()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
