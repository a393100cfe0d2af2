package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// healthCommand asks the duban serve that runs whether it is well: for containers, which
// hold no other program that could ask.
type healthCommand struct {
	Ready bool `help:"还要问它有没有连上 Telegram"`
}

// healthTimeout is how long the answer may take.
const healthTimeout = 5 * time.Second

// errNoHealth occurs where no address of health is configured.
var errNoHealth = errors.New("没有设 health；请在配置里写 health: 127.0.0.1:9090，或设环境变量 DUBAN_HEALTH")

// Run implements the command.
func (c *healthCommand) Run(a *app) error {
	if a.config.Health == "" {
		return errNoHealth
	}
	path, answer := "/healthz", "duban serve 在运行"
	if c.Ready {
		path, answer = "/readyz", "duban serve 在运行，已连上 Telegram"
	}
	if err := a.probe(path); err != nil {
		return err
	}
	_, err := fmt.Fprintln(a.stdout, answer)
	return err
}

// probe asks one address of the health server.
func (a *app) probe(path string) error {
	request, err := http.NewRequestWithContext(a.ctx, http.MethodGet, "http://"+a.config.Health+path, http.NoBody)
	if err != nil {
		return fmt.Errorf("health %q 不是地址：%w", a.config.Health, err)
	}
	client := &http.Client{Timeout: healthTimeout, Transport: &http.Transport{}} // no proxy towards ourselves
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("%s 没有回答（%s）；请看 duban serve 是不是在运行", a.config.Health, why(err))
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode == http.StatusServiceUnavailable {
		return errors.New("duban serve 在运行，但还没有连上 Telegram；原因在它的日志里")
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s 答的是 %s；那里运行的也许是别的程序", a.config.Health, response.Status)
	}
	return nil
}

// ready reports why something cannot work now.
type ready interface{ Ready() error }

// watch serves /healthz (the process lives), /readyz (Telegram is reached) and /metrics on
// a loopback address; "" serves nothing.
func (a *app) watch(ctx context.Context, channel ready, metrics prometheus.Gatherer) error {
	if a.config.Health == "" {
		return nil
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.config.Health)
	if err != nil {
		return fmt.Errorf("健康检查地址 %s 开不了（%s）；请换一个端口（配置 health）", a.config.Health, why(err))
	}
	server := &http.Server{Handler: healthMux(channel, metrics), ReadHeaderTimeout: 5 * time.Second, WriteTimeout: time.Minute}
	defer context.AfterFunc(ctx, func() { _ = server.Close() })()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func healthMux(channel ready, metrics prometheus.Gatherer) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(metrics, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if err := channel.Ready(); err != nil {
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		_, _ = io.WriteString(w, "ready\n")
	})
	return mux
}
