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
}

// cli is the command line; one field a command.
type cli struct {
	Config string `help:"配置文件（YAML）" type:"path" placeholder:"FILE"`

	Chat    chatCommand    `cmd:"" help:"在终端里对话"`
	Ask     askCommand     `cmd:"" help:"回答一个问题，或标准输入里每行一个问题"`
	Extract extractCommand `cmd:"" help:"读报告，列出承诺、指标和任务"`
	Import  importCommand  `cmd:"" help:"读报告并存入数据库"`
	Digest  digestCommand  `cmd:"" help:"周报、月调度通报或季通报"`
	Check   checkCommand   `cmd:"" help:"检查配置和数据库"`
	Version versionCommand `cmd:"" help:"版本"`
	PDFText pdfTextCommand `cmd:"" hidden:"" name:"pdf-text"`
}

// app is what a command runs with.
type app struct {
	world
	ctx    context.Context //nolint:containedctx // lives as long as one command
	config Config
	log    *slog.Logger
}

// usageError is wrong use of the command line: exit status 2.
type usageError struct{ error }

// run parses the arguments and runs the command; it returns the exit status.
func run(ctx context.Context, w world) int {
	err := dispatch(ctx, w)
	var usage usageError
	var parse *kong.ParseError
	switch {
	case err == nil, errors.Is(err, errHelp):
		return exitDone
	case errors.As(err, &usage), errors.As(err, &parse):
		_, _ = fmt.Fprintf(w.stderr, "duban: %v；用法见 duban --help\n", err)
		return exitUsage
	}
	_, _ = fmt.Fprintf(w.stderr, "duban: %v\n", err)
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
	k, err := parser.Parse(w.args)
	if err != nil {
		return err
	}
	config, err := loadConfig(c.Config, w.environ)
	if err != nil {
		return err
	}
	level := slog.LevelWarn
	_ = level.UnmarshalText([]byte(config.Log.Level))
	log := slog.New(slog.NewTextHandler(w.stderr, &slog.HandlerOptions{Level: level}))
	return k.Run(&app{world: w, ctx: ctx, config: config, log: log})
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
