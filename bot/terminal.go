package bot

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"duban/commands"
	"duban/plan"
	"duban/render"
)

// longestLine is how much of one line is read; what is pasted beyond it is left out.
const longestLine = 1 << 20

// Handler answers requests.
type Handler interface {
	Handle(ctx context.Context, request commands.Request) ([]render.Message, error)
}

// Terminal is the conversation on stdin and stdout.
type Terminal struct {
	Conversation Handler
	Store        Store       // messages that others caused; nil has none
	As           *plan.Actor // whose role the person plays; nil is the public
	Log          *slog.Logger
	Now          func() time.Time
	Interactive  bool   // a person sits there: prompt; else every line is echoed
	User         string // name of the chat

	// Save keeps a picture or a document of a message and says where; nil only names it.
	Save func(f render.File) (string, error)

	buttons  []render.Button // of the last messages
	numbered bool            // the last messages hold a numbered list, which bare numbers are of
}

// Run answers lines until in ends or ctx is done. Lines of blanks are skipped.
func (t *Terminal) Run(ctx context.Context, in io.Reader, out io.Writer) error {
	lines := bufio.NewReaderSize(in, 64<<10)
	if err := t.deliver(ctx, out); err != nil {
		return err
	}
	for ctx.Err() == nil {
		if t.Interactive {
			if _, err := io.WriteString(out, "> "); err != nil {
				return err
			}
		}
		line, err := readLine(lines)
		if text := strings.TrimSpace(line); text != "" {
			if e := t.answer(ctx, text, out); e != nil {
				return e
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the terminal: %w", err)
		}
	}
	return nil
}

// readLine reads to the end of the line and keeps the first longestLine bytes.
func readLine(r *bufio.Reader) (string, error) {
	var kept []byte
	for {
		part, err := r.ReadSlice('\n')
		if room := longestLine - len(kept); room > 0 {
			kept = append(kept, part[:min(len(part), room)]...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return strings.ToValidUTF8(string(kept), ""), err
		}
	}
}

// answer handles one line: a button's number or text, else what was typed.
func (t *Terminal) answer(ctx context.Context, text string, out io.Writer) error {
	if !t.Interactive {
		if _, err := fmt.Fprintln(out, "> "+render.Shorten(printable(text), 200)); err != nil {
			return err
		}
	}
	request := commands.Request{Text: text, Chat: t.Chat(), From: plan.PersonID("terminal:" + t.User), Name: t.User, As: t.As, Now: t.Now()}
	if b, ok := t.button(text); ok {
		request.Text, request.Action = "", b.Action
	} else if !t.numbered {
		request.Offered = actionsOf(t.buttons)
	}
	messages, err := t.Conversation.Handle(ctx, request)
	if err != nil {
		t.Log.Error("request failed", "error", err)
		messages = []render.Message{{Text: sorry}}
	}
	t.buttons, t.numbered = nil, false
	for _, m := range messages {
		if err := t.write(out, m); err != nil {
			return err
		}
	}
	return t.deliver(ctx, out)
}

// Chat names the conversation: each role has its own.
func (t *Terminal) Chat() string {
	chat := "terminal:" + t.User
	if t.As == nil || t.As.Role == plan.Public {
		return chat
	}
	return strings.TrimSuffix(chat+"/"+string(t.As.Role)+":"+t.As.Department, ":")
}

// deliver writes the messages that wait for the chat in the outbox.
func (t *Terminal) deliver(ctx context.Context, out io.Writer) error {
	if t.Store == nil {
		return nil
	}
	var mail []plan.Delivery
	err := t.Store.View(ctx, func(tx plan.Tx) (err error) {
		mail, err = tx.Outbox(t.Chat())
		return err
	})
	if err != nil || len(mail) == 0 {
		return err
	}
	keys := make([]string, 0, len(mail))
	for _, d := range mail {
		keys = append(keys, d.Key)
		m, err := render.Decode(d.Payload)
		if err != nil {
			return fmt.Errorf("message %s: %w", d.Key, err)
		}
		if err := t.write(out, m); err != nil {
			return err
		}
	}
	return t.Store.Update(ctx, func(tx plan.Tx) error { return tx.Sent(keys...) })
}

// button finds the button that a line names: [2] or its text.
func (t *Terminal) button(text string) (render.Button, bool) {
	if inner, ok := strings.CutPrefix(text, "["); ok {
		n, err := strconv.Atoi(strings.TrimSuffix(inner, "]"))
		if err == nil && n >= 1 && n <= len(t.buttons) {
			return t.buttons[n-1], true
		}
	}
	for _, b := range t.buttons {
		if b.Text == text && utf8.RuneCountInString(text) > 2 || b.Text == text && !digitsOnly(text) {
			return b, true
		}
	}
	return render.Button{}, false
}

// listLine is the first entry of a numbered list.
var listLine = regexp.MustCompile(`(?m)^\d+\. `)

func actionsOf(buttons []render.Button) []string {
	var actions []string
	for _, b := range buttons {
		actions = append(actions, b.Action)
	}
	return actions
}

func digitsOnly(s string) bool { return strings.Trim(s, "0123456789") == "" }

// write prints a message and its buttons, each with the number that presses it.
func (t *Terminal) write(out io.Writer, m render.Message) error {
	var w strings.Builder
	w.WriteString(printable(m.Text) + "\n")
	t.numbered = t.numbered || listLine.MatchString(m.Text)
	for _, f := range []*render.File{m.Photo, m.Document} {
		if f != nil {
			w.WriteString(printable(t.keep(*f)) + "\n")
		}
	}
	for _, row := range m.Buttons {
		var cells []string
		for _, b := range row {
			t.buttons = append(t.buttons, b)
			cells = append(cells, fmt.Sprintf("[%d %s]", len(t.buttons), printable(b.Text)))
		}
		w.WriteString(strings.Join(cells, " ") + "\n")
	}
	w.WriteString("\n")
	_, err := io.WriteString(out, w.String())
	return err
}

// keep saves a picture or a document and says where.
func (t *Terminal) keep(f render.File) string {
	if t.Save == nil {
		return "（文件：" + f.Name + "）"
	}
	where, err := t.Save(f)
	if err != nil {
		t.Log.Error("document not saved", "name", f.Name, "error", err)
		return "（文件 " + f.Name + " 没有存下：这个文件夹不能写）"
	}
	return "（文件已存为 " + where + "）"
}

// printable drops characters that would steer a terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			return -1
		}
		return r
	}, s)
}
