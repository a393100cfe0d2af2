package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"
	_ "time/tzdata" // the container has no zone files

	"github.com/alecthomas/kong"
	"golang.org/x/term"
)

// Exit statuses: done, failed with one line on stderr, wrong usage.
const (
	exitDone = iota
	exitFailed
	exitUsage
)

// world is everything outside that a command may touch.
type world struct {
	args    []string
	stdin   io.Reader
	stdout  io.Writer
	stderr  io.Writer
	environ []string
	now     func() time.Time
	disk    disk  // nil is this process's own
	host    *host // where the command runs for another process; nil is for itself
}

// cli is the command line; one field a command.
type cli struct {
	Config string `help:"配置文件（YAML）" type:"path" placeholder:"FILE"`

	Serve   serveCommand   `cmd:"" help:"运行 Telegram 机器人"`
	Chat    chatCommand    `cmd:"" help:"在终端里对话"`
	Ask     askCommand     `cmd:"" help:"回答一个问题，或标准输入里每行一个问题"`
	Extract extractCommand `cmd:"" help:"读报告，列出承诺、指标和任务"`
	Import  importCommand  `cmd:"" help:"读报告并存入数据库"`
	Status  statusCommand  `cmd:"" help:"每条承诺、每个指标的进度和红黄绿灯"`
	Filings filingsCommand `cmd:"" help:"批量填报"`

	ImportAssignments assignmentsCommand `cmd:"" help:"从表格读入责任单位和人员"`

	Digest   digestCommand   `cmd:"" help:"周报、月调度通报或季通报"`
	Proof    proofCommand    `cmd:"" help:"用表格校核读出的指标"`
	Export   exportCommand   `cmd:"" help:"导出全部内容"`
	Backup   backupCommand   `cmd:"" help:"备份数据库"`
	Restore  restoreCommand  `cmd:"" help:"从备份或导出文件恢复"`
	Simulate simulateCommand `cmd:"" help:"推演一段时间里会发的提醒（不发送）"`
	Check    checkCommand    `cmd:"" help:"检查配置、数据库和审计链"`
	Health   healthCommand   `cmd:"" help:"问正在运行的 duban serve 是否正常"`
	Version  versionCommand  `cmd:"" help:"版本"`
	PDFText  pdfTextCommand  `cmd:"" hidden:"" name:"pdf-text"`
}

// app is what a command runs with.
type app struct {
	world
	ctx    context.Context //nolint:containedctx // lives as long as one command
	config Config
	log    *slog.Logger

	configFile string // "" where none is used
	talks      bool   // the command is a conversation
}

// exitError ends the program with a status of its own.
type exitError struct {
	error
	status int
}

// run parses the arguments and runs the command; it returns the exit status.
func run(ctx context.Context, w world) int {
	err := dispatch(ctx, w)
	var exit exitError
	var status exitStatus
	switch {
	case errors.As(err, &status):
		return int(status)
	case err == nil, errors.Is(err, errHelp):
		return exitDone
	}
	if sentence := usageSentence(err); sentence != "" {
		_, _ = fmt.Fprintf(w.stderr, "duban: %s\n", sentence)
		return exitUsage
	}
	_, _ = fmt.Fprintf(w.stderr, "duban: %v\n", err)
	if errors.As(err, &exit) {
		return exit.status
	}
	return exitFailed
}

// errHelp ends a command that only printed its help.
var errHelp = errors.New("help was printed")

func dispatch(ctx context.Context, w world) (err error) {
	var c cli
	parser, err := kong.New(&c, kong.Name("duban"), kong.Description("督办：读政府工作报告，记承诺，答提问。"),
		kong.Writers(w.stdout, w.stderr), kong.Exit(func(int) { panic(errHelp) }), kong.UsageOnError())
	if err != nil {
		return fmt.Errorf("command line: %w", err)
	}
	defer func() {
		if r := recover(); r != nil {
			if e, ok := r.(error); !ok || !errors.Is(e, errHelp) {
				panic(r)
			}
			err = errHelp
		}
	}()
	k, err := parser.Parse(familiar(w.args))
	if err != nil {
		return err
	}
	a, err := newApp(ctx, w, c.Config)
	if err != nil {
		return err
	}
	if err := a.runHere(k); err != nil {
		return misuse{err, commandOf(k)}
	}
	return nil
}

// newApp reads the configuration; a command that runs for another process has the host's.
func newApp(ctx context.Context, w world, configFile string) (*app, error) {
	if w.host != nil {
		return &app{world: w, ctx: ctx, config: w.host.config, log: w.host.log}, nil
	}
	config, err := loadConfig(configFile, w.environ)
	if err != nil {
		return nil, err
	}
	level := slog.LevelWarn
	_ = level.UnmarshalText([]byte(config.Log.Level))
	log := slog.New(slog.NewTextHandler(w.stderr, &slog.HandlerOptions{Level: level}))
	for _, name := range config.Unknown {
		log.Warn("no setting has the name of this environment variable", "name", name)
	}
	return &app{world: w, ctx: ctx, config: config, log: log, configFile: configFile}, nil
}

// terminal reports whether a stream is a terminal.
func terminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// day reads a --as-of flag; "" is today.
func (a *app) day(text string) (time.Time, error) {
	zone, err := time.LoadLocation(a.config.TimeZone)
	if err != nil {
		return time.Time{}, usageError{fmt.Errorf("时区 %s 不认识", a.config.TimeZone)}
	}
	if text == "" {
		return a.now().In(zone), nil
	}
	day, err := time.ParseInLocation(time.DateOnly, text, zone)
	if err != nil {
		return time.Time{}, usageError{fmt.Errorf("日期 %q 不对，应写成 2017-06-30", text)}
	}
	return day, nil
}

// progress writes what is being done to a terminal once it has taken a second; the
// function that it returns takes the line away.
func (a *app) progress(what string) (done func()) {
	if !terminal(a.stderr) {
		return func() {}
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for seconds := 1; ; seconds++ {
			select {
			case <-stop:
				if seconds > 1 {
					_, _ = fmt.Fprint(a.stderr, "\r\x1b[K")
				}
				return
			case <-tick.C:
				_, _ = fmt.Fprintf(a.stderr, "\r%s…%d秒", what, seconds)
			}
		}
	}()
	return func() { close(stop); <-stopped }
}
