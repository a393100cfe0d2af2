package main

import (
	"context"
	"encoding/binary"
	"io"
	"log/slog"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/commands"
	"duban/plan"
	"duban/render"
	"duban/report/builtin"
	"duban/report/document"
	"duban/schedule"
	"duban/storage"
)

// stage plays the conversations of a document, one after the other, over one database and
// one clock, as duban serve sets the program up. A line of a script is
//
//	市民> 实事8                     said by somebody; who names a department is of its staff
//	交通运输局> [确认]               the button of that text is pressed, the newest first
//	交通运输局> [照片 路.jpg] 公路 824公里   a photo with its caption
//	管理员> [文件 报告.txt]          the built-in report comes as a file
//	市民> @duban_bot 实事8          said in a group
//	（7月28日 10:00）                the clock stands there, and what is due is sent
//	登记 督查室 交通运输局            these people have joined
//	草案                            the built-in report is a draft; otherwise it is published
//	无报告                          there is no report yet
//	公开数字                        what the city published was filed
type stage struct {
	t       *testing.T
	db      *storage.DB
	app     *app
	clock   *schedule.Clock
	router  *commands.Router
	now     time.Time
	offered map[string][]render.Button
}

// saidLine and clockLine are lines of a script that cause something.
var (
	saidLine  = regexp.MustCompile(`^(\p{Han}{2,8})> (.+)$`)
	clockLine = regexp.MustCompile(`^（(?:(\d+)年)?(\d+)月(\d+)日 (\d+):(\d+)）$`)
)

func newStage(t *testing.T, setup string) *stage {
	t.Helper()
	db, err := storage.Open(filepath.Join(t.TempDir(), "duban.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s := &stage{t: t, db: db, offered: map[string][]render.Button{}}
	s.app = &app{ctx: t.Context(), config: defaults(), log: slog.New(slog.DiscardHandler)}
	s.app.now = func() time.Time { return s.now }
	if s.now, err = s.app.day("2017-03-01"); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(9 * time.Hour)
	if !strings.Contains(setup, "无报告") {
		s.load(!strings.Contains(setup, "草案"))
	}
	s.build()
	return s
}

func (s *stage) load(published bool) {
	p, err := builtinReport()
	s.check(err)
	_, err = s.app.store(s.db, p, published, true)
	s.check(err)
}

// build makes clock and conversation as duban serve does.
func (s *stage) build() {
	clock, err := s.app.scheduler(s.db)
	s.check(err)
	options, err := s.app.conversation(false)
	s.check(err)
	options.Agenda, options.Random, options.ImportReport = clock, &tokens{}, s.app.importReport
	options.Bot = func() string { return "duban_bot" }
	options.Backup = func(ctx context.Context, w io.Writer) error {
		_, err := s.db.Backup(ctx, w)
		return err
	}
	s.clock, s.router = clock, commands.New(s.db, options)
}

// tokens are the same in every run.
type tokens struct{ n uint64 }

func (c *tokens) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 0xa5
	}
	c.n++
	binary.BigEndian.PutUint64(p[len(p)-8:], c.n)
	return len(p), nil
}

func (s *stage) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// play runs the lines of a block that cause something and returns the block as it should
// stand: with what came back, and the mail of those who are named.
func (s *stage) play(block string, mailOf []string) string {
	s.t.Helper()
	var out strings.Builder
	for line := range strings.Lines(block) {
		line = strings.TrimRight(line, "\n")
		messages, causes := s.line(line)
		if !causes {
			continue
		}
		if out.Len() > 0 {
			out.WriteString("\n")
		}
		out.WriteString(line + "\n")
		var said []string
		for _, m := range messages {
			said = append(said, written(m))
		}
		out.WriteString(strings.Join(append(said, s.mail(mailOf)...), "\n"))
	}
	return out.String()
}

// line runs one line; causes is false for what a person or the program's answer says.
func (s *stage) line(line string) (messages []render.Message, causes bool) {
	s.t.Helper()
	if said := saidLine.FindStringSubmatch(line); said != nil {
		return s.say(said[1], said[2]), true
	}
	if at := clockLine.FindStringSubmatch(line); at != nil {
		s.tick(at)
		return nil, true
	}
	if line == "公开数字" {
		rows, err := document.ReadSheet("-", strings.NewReader(builtin.Filings()), document.Options{})
		s.check(err)
		_, err = s.app.importFilings(s.db, rows, importOptions{partial: true})
		s.check(err)
	}
	if people, ok := strings.CutPrefix(line, "登记 "); ok {
		s.join(strings.Fields(people))
	}
	return nil, false
}

// tick sets the clock and sends what is due.
func (s *stage) tick(at []string) {
	s.t.Helper()
	year := at[1]
	if year == "" {
		year = s.now.Format("2006")
	}
	now, err := time.ParseInLocation("2006-1-2 15:04", year+"-"+at[2]+"-"+at[3]+" "+at[4]+":"+at[5], s.now.Location())
	s.check(err)
	s.now = now
	_, err = s.clock.Tick(s.t.Context(), s.now)
	s.check(err)
}

// join registers people by what their names say.
func (s *stage) join(names []string) {
	s.t.Helper()
	s.check(s.db.Update(s.t.Context(), func(tx plan.Tx) error {
		for _, name := range names {
			p := plan.Person{ID: plan.PersonID(name), Chat: name, Name: name, Role: plan.Staff, Department: name}
			switch department, head := strings.CutSuffix(name, "负责人"); {
			case name == "督查室":
				p.Role, p.Department = plan.Supervisor, ""
			case name == "管理员":
				p.Role, p.Department = plan.Admin, ""
			case head:
				p.Role, p.Department = plan.Head, department
			}
			if err := tx.As(plan.System, s.now).PutPerson(p); err != nil {
				return err
			}
		}
		return nil
	}))
}

// say sends what somebody says.
func (s *stage) say(who, text string) []render.Message {
	s.t.Helper()
	r := commands.Request{Text: text, Chat: who, From: plan.PersonID(who), Name: who, Now: s.now}
	r.Open = func(context.Context, string) ([]byte, error) { return []byte(builtin.Text()), nil }
	inner, rest, bracket := strings.Cut(strings.TrimPrefix(text, "["), "]")
	kind, name, media := strings.Cut(inner, " ")
	switch mentioned, inGroup := strings.CutPrefix(text, "@duban_bot "); {
	case inGroup:
		r.Text, r.Chat, r.Group = mentioned, "group", true
	case strings.HasPrefix(text, "[") && bracket && media && (kind == "照片" || kind == "文件"):
		r.Text, r.Media = strings.TrimSpace(rest), []plan.Evidence{{Name: name, Ref: name}}
	case strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]"):
		r.Text, r.Action = "", s.action(who, inner)
	}
	messages, err := s.router.Handle(s.t.Context(), r)
	s.check(err)
	s.offer(who, messages)
	return messages
}

// offer remembers buttons, those of the last row of the last message first.
func (s *stage) offer(who string, messages []render.Message) {
	for _, m := range messages {
		for _, row := range m.Buttons {
			s.offered[who] = append(s.offered[who], row...)
		}
	}
}

// action is that of the newest button with a text.
func (s *stage) action(who, text string) string {
	s.t.Helper()
	buttons := s.offered[who]
	for i := len(buttons) - 1; i >= 0; i-- {
		if buttons[i].Text == text {
			return buttons[i].Action
		}
	}
	s.t.Fatalf("%s has no button %s", who, text)
	return ""
}

// mail empties the outbox and returns what went to the people who are named.
func (s *stage) mail(named []string) (list []string) {
	s.t.Helper()
	var waiting []plan.Delivery
	s.check(s.db.Update(s.t.Context(), func(tx plan.Tx) (err error) {
		if waiting, err = tx.Outbox(""); err != nil {
			return err
		}
		for _, d := range waiting {
			if err := tx.Sent(d.Key); err != nil {
				return err
			}
		}
		return nil
	}))
	for _, d := range waiting {
		m, err := render.Decode(d.Payload)
		s.check(err)
		s.offer(d.Recipient, []render.Message{m})
		if slices.Contains(named, d.Recipient) {
			list = append(list, "（"+d.Recipient+"收到）\n"+written(m))
		}
	}
	return list
}

// written is a message as documents show it.
func written(m render.Message) string {
	var out strings.Builder
	if m.Photo != nil {
		out.WriteString("（图片：" + m.Photo.Name + "）\n")
	}
	out.WriteString(m.Text + "\n")
	if m.Document != nil {
		out.WriteString("（文件：" + m.Document.Name + "）\n")
	}
	for _, row := range m.Buttons {
		for i, b := range row {
			if i > 0 {
				out.WriteString(" ")
			}
			out.WriteString("[" + b.Text + "]")
		}
		out.WriteString("\n")
	}
	return out.String()
}
