package bot_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"duban/bot"
	"duban/commands"
	"duban/plan"
	"duban/render"
	"duban/storage"
)

// A script in testdata is a txtar archive of two files: the lines of "in" and what must come
// back in "out"; go test ./bot -update writes "out" anew. A line of "in" is
//
//	supervisor> 待审         said in a fixed role: public, staff:民政局, head:民政局, supervisor, admin
//	~甲> /join TOKEN          said by a person whose role is the stored one (terminal:甲); unknown ones are public
//	帮助                      said by whoever spoke last; at first by the person terminal:test
//	@2017-07-28 09:00        sets the clock of all; the time may be left out (09:00)
//	[照片 路.jpg] 反馈 …      the rest is the caption of a photo; a photo may come without one
//	[消息 7] 养老床位 1476    the message has this id
//	[按 a:mine]              a button with this action is pressed, whoever was offered it
//	[修改 7] 养老床位 1467    the message with this id was edited
//
// All share one database and one clock, which stands at 2017-03-01 09:00. What a line causes
// in other people's chats follows it, headed by （→ 甲）, as soon as they have spoken once.
//
// A line "options: …" in front of the first file sets the program up: signed (heads sign),
// at-once (no review), demo, draft (the report is not published), limit (requests are
// limited), bot (the bot has a name), admin:甲 (first admin).
type script struct {
	db      *storage.DB
	router  *commands.Router
	now     time.Time
	people  map[string]*speaker
	order   []*speaker
	current *speaker
	out     bytes.Buffer
}

// speaker is one person of a script at their own terminal.
type speaker struct {
	label    string
	terminal *bot.Terminal
}

// TestConversations plays the scripts in testdata.
func TestConversations(t *testing.T) {
	t.Parallel()
	scripts, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, path := range scripts {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := play(t, string(archive.Comment), string(archive.Files[0].Data))
			if *update {
				archive.Files = []txtar.File{archive.Files[0], {Name: "out", Data: []byte(got)}}
				if err := os.WriteFile(path, txtar.Format(archive), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(string(archive.Files[1].Data), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// play says the lines of a script and returns everything that came back.
func play(t *testing.T, comment, in string) string {
	t.Helper()
	s := newScript(t, optionsOf(comment))
	for line := range strings.Lines(in) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if stamp, ok := strings.CutPrefix(line, "@"); ok {
			s.setClock(t, stamp)
			continue
		}
		s.say(t, line)
	}
	if err := s.router.Flush(t.Context()); err != nil {
		t.Error(err)
	}
	if err := s.db.Check(t.Context()); err != nil {
		t.Error(err)
	}
	return s.out.String()
}

// optionsOf reads the words of the line "options: …".
func optionsOf(comment string) []string {
	for line := range strings.Lines(comment) {
		if words, ok := strings.CutPrefix(line, "options:"); ok {
			return strings.Fields(words)
		}
	}
	return nil
}

func newScript(t *testing.T, words []string) *script {
	t.Helper()
	s := &script{now: time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC), people: map[string]*speaker{}}
	options := commands.Options{
		AtOnce: slices.Contains(words, "at-once"), Signed: slices.Contains(words, "signed"), Demo: slices.Contains(words, "demo"),
		Random: &counting{}, Backup: func(_ context.Context, w io.Writer) error { _, err := io.WriteString(w, "backup"); return err },
	}
	if slices.Contains(words, "limit") {
		options.Limit = commands.DefaultLimit()
	}
	if slices.Contains(words, "bot") {
		options.Bot = func() string { return "duban_bot" }
	}
	for _, w := range words {
		if name, ok := strings.CutPrefix(w, "admin:"); ok {
			options.Admins = append(options.Admins, plan.PersonID("terminal:"+name))
		}
	}
	state := plan.Published
	if slices.Contains(words, "draft") {
		state = plan.Draft
	}
	s.db = database(t, state, storage.Policy{AtOnce: options.AtOnce, Signed: options.Signed})
	s.router = commands.New(s.db, options)
	s.current = s.speaker("~test")
	s.current.label = ""
	return s
}

// counting is a source of numbers that are the same in every run.
type counting struct{ n uint64 }

func (c *counting) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 0xa5
	}
	c.n++
	binary.BigEndian.PutUint64(p[len(p)-8:], c.n)
	return len(p), nil
}

func (s *script) setClock(t *testing.T, stamp string) {
	t.Helper()
	for _, layout := range []string{"2006-01-02 15:04", time.DateOnly} {
		if now, err := time.Parse(layout, strings.TrimSpace(stamp)); err == nil {
			if layout == time.DateOnly {
				now = now.Add(9 * time.Hour)
			}
			s.now = now
			return
		}
	}
	t.Fatalf("no clock: %q", stamp)
}

// say says a line and shows what it causes, the mail of others too.
func (s *script) say(t *testing.T, line string) {
	t.Helper()
	if who, text, ok := strings.Cut(line, "> "); ok && isSpeaker(who) {
		s.current, line = s.speaker(who), text
	}
	s.collect(t)
	s.out.WriteString(s.current.label)
	if err := s.current.terminal.Run(t.Context(), strings.NewReader(line), &s.out); err != nil {
		t.Fatal(err)
	}
	s.collect(t)
}

// collect prints the mail of everybody who has spoken.
func (s *script) collect(t *testing.T) {
	t.Helper()
	for _, p := range s.order {
		var mail bytes.Buffer
		if err := p.terminal.Run(t.Context(), strings.NewReader(""), &mail); err != nil {
			t.Fatal(err)
		}
		if mail.Len() > 0 {
			s.out.WriteString("（→ " + strings.TrimPrefix(p.label, "~") + "）\n" + mail.String())
		}
	}
}

func isSpeaker(who string) bool {
	role, _, _ := strings.Cut(who, ":")
	return strings.HasPrefix(who, "~") || slices.Contains([]string{"public", "staff", "head", "supervisor", "admin"}, role)
}

// speaker returns the person with a label.
func (s *script) speaker(who string) *speaker {
	if p, ok := s.people[who]; ok {
		return p
	}
	p := &speaker{label: who, terminal: &bot.Terminal{
		Conversation: posting{s.router}, Store: s.db, Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return s.now }, User: strings.TrimPrefix(who, "~"),
	}}
	if !strings.HasPrefix(who, "~") {
		role, department, _ := strings.Cut(who, ":")
		p.terminal.As = &plan.Actor{ID: plan.PersonID("terminal:" + who), Role: plan.Role(role), Department: department}
	}
	s.people[who] = p
	s.order = append(s.order, p)
	return p
}

// posting is a conversation in which lines can carry what a terminal cannot: see script.
type posting struct{ next bot.Conversation }

func (p posting) Handle(ctx context.Context, request commands.Request) ([]render.Message, error) {
	for {
		inner, rest, ok := strings.Cut(strings.TrimPrefix(request.Text, "["), "]")
		kind, value, named := strings.Cut(inner, " ")
		if !ok || !named || !strings.HasPrefix(request.Text, "[") {
			return p.next.Handle(ctx, request)
		}
		switch kind {
		case "照片":
			request.Media = append(request.Media, plan.Evidence{Name: value, Ref: "test:" + value})
		case "按":
			request.Action = value
		case "消息":
			request.Message = value
		case "修改":
			request.Message, request.Edited = value, true
		default:
			return p.next.Handle(ctx, request)
		}
		request.Text = strings.TrimSpace(rest)
	}
}
