package commands

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"duban/plan"
	"duban/render"
)

// handler answers a request inside a transaction. It may run again, so it changes nothing
// but the transaction and what is remembered of the chat.
type handler func(t *turn) ([]render.Message, error)

// Command is one entry of the menu.
type Command struct {
	Name    string   // list, without the slash
	Words   []string // Chinese words that mean the same when they stand alone
	Summary string   // one line for the help
	Group   string   // of the help
	Glue    string   // beginnings, between blanks, of what may follow a word without a blank
	Act     plan.Act // that it needs; "" is for everybody
	Writes  bool     // it changes what is stored
	Plain   bool     // its words are no question: those who may not use it are told so
	handle  handler
}

// Router answers requests. It is safe for use by several goroutines; requests of one chat
// should come in order.
type Router struct {
	store    Store
	options  Options
	shelf    *shelf
	chats    *chats
	offices  *offices
	answers  *answers
	commands []Command
	acts     map[string]act
	dialogs  map[string]handler
	limiter  *limiter
	guesses  *quota // wrong invites
	gaps     *gapCount
}

// New makes a router over a store.
func New(store Store, options Options) *Router {
	if options.Rules == (plan.Rules{}) {
		options.Rules = plan.DefaultRules()
	}
	if options.Window == nil {
		options.Window = plan.RoundOf
	}
	return &Router{
		store: store, options: options, shelf: &shelf{}, chats: newChats(), offices: newOffices(),
		answers:  &answers{},
		commands: allCommands(), acts: allActs(), dialogs: allDialogs(),
		limiter: newLimiter(options.Limit), guesses: newGuesses(), gaps: &gapCount{},
	}
}

// Commands lists the commands in the order of the menu.
func (r *Router) Commands() []Command { return r.commands }

// Handle answers a request. An error is for the log; the person gets a sentence in its
// place from the channel.
func (r *Router) Handle(ctx context.Context, request Request) ([]render.Message, error) {
	if admitted, answer := r.limiter.admit(request.Chat, request.written()); !admitted {
		return r.mark(answer), nil
	}
	t, err := r.begin(ctx, request)
	if err != nil {
		return nil, err
	}
	t.chat.mu.Lock()
	defer t.chat.mu.Unlock()
	run, writes := r.route(t)
	if file, ok := t.reportFile(); ok {
		run, writes = t.readReport(file)
	}
	messages, err := t.run(run, writes)
	if sentence := refusal(t, err); sentence != "" {
		return r.mark([]render.Message{{Text: sentence}}), nil
	}
	if errors.Is(err, plan.ErrUpdated) {
		return nil, nil
	}
	if err == nil {
		err = r.countGap(ctx, t)
	}
	return r.mark(t.fold(messages)), err
}

// mark says of every message of a demonstration that it is one.
func (r *Router) mark(messages []render.Message) []render.Message {
	if !r.options.Demo {
		return messages
	}
	for i := range messages {
		messages[i].Text = "【演示数据】" + messages[i].Text
	}
	return messages
}

// begin reads what is known of the plans, the chat and the person.
func (r *Router) begin(ctx context.Context, request Request) (*turn, error) {
	request.named()
	t := &turn{router: r, ctx: ctx, request: request, text: tidy(request.Text), chat: r.chats.get(request.Chat, request.Now)}
	err := r.store.View(ctx, func(tx plan.Tx) (err error) {
		if t.library, err = r.shelf.library(tx); err != nil {
			return fmt.Errorf("read plans: %w", err)
		}
		t.tx = tx
		return t.identify()
	})
	t.tx = nil
	return t, err
}

// route decides what answers a request.
func (r *Router) route(t *turn) (run handler, writes bool) {
	if t.request.Action != "" {
		return r.pressed(t)
	}
	if t.text == "" && len(t.request.Media) == 0 {
		return say("没有看到文字。可以直接提问，或发“帮助”。"), false
	}
	if utf8.RuneCountInString(t.text) > longestText {
		return say("这条太长了。请分成几条发，每条4000字以内。"), false
	}
	t.followLink()
	if c, words, ok := r.find(t); ok {
		if !t.offered(c) {
			return func(t *turn) ([]render.Message, error) { return nil, plan.May(t.actor, c.Act, nil) }, false
		}
		t.words = words
		if t.request.Group && privateCommands[c.Name] {
			return inPrivate, false
		}
		if c.Group != groupFile {
			t.chat.turned = t.request.Now
		}
		return t.leaving(c.Name, c.handle, c.Writes)
	}
	if strings.HasPrefix(t.text, "/") {
		return func(t *turn) ([]render.Message, error) { return one(unknown(t)), nil }, false
	}
	if run, ok := t.numbered(); ok {
		return run, true
	}
	if run, ok := t.wayOut(); ok {
		return run, true
	}
	if t.dialog != nil {
		if run, ok := r.dialogs[t.dialog.Kind]; ok {
			return run, true
		}
	}
	return t.unprompted()
}

// onlyMedia handles a photo without words: of staff it is evidence, of citizens it belongs to
// the feedback that they give next.
func (t *turn) onlyMedia() (run handler, writes bool) {
	if t.may(plan.ActFile) {
		return beginEvidence, true
	}
	return photoFirst, true
}

// converse answers what is no command: a number picks from the last list, the rest is a
// question.
func converse(t *turn) ([]render.Message, error) {
	if t.text == "" {
		return one(render.Message{Text: "收到照片了。请和说明一起发，例如给照片配上：养老床位 1476"}), nil
	}
	if m, ok := t.pick(t.text); ok {
		return one(m), nil
	}
	if strings.Trim(t.text, "[]0123456789-") == "" {
		return one(render.Message{Text: "没有序号 " + t.text + "。发“目录”看有哪些，或直接提问。"}), nil
	}
	for _, shown := range []func(string) (render.Message, bool){t.pointAt, t.chapterNamed} {
		if m, ok := shown(t.text); ok {
			return one(m), nil
		}
	}
	t.askAt()
	if meaning, ok := t.explain(t.text); ok {
		return one(render.Message{Text: meaning}), nil
	}
	if run, ok := t.wholePlan(); ok {
		return run(t)
	}
	if office, ok := dutyQuestion(t.text); ok && t.isOffice(office) {
		t.words = office
		return handleDuties(t)
	}
	if office, ok := officeQuestion(t.text); ok {
		return t.officeStanding(office)
	}
	return t.ask(t.text), nil
}

// invisible are characters that show nothing though they count as letters and marks: fillers
// of Hangul, the blank of Braille, joiners, selectors of variants.
var invisible = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x034F, Hi: 0x034F, Stride: 1},
	{Lo: 0x115F, Hi: 0x1160, Stride: 1},
	{Lo: 0x17B4, Hi: 0x17B5, Stride: 1},
	{Lo: 0x180B, Hi: 0x180F, Stride: 1},
	{Lo: 0x2800, Hi: 0x2800, Stride: 1},
	{Lo: 0x3164, Hi: 0x3164, Stride: 1},
	{Lo: 0xFE00, Hi: 0xFE0F, Stride: 1},
	{Lo: 0xFFA0, Hi: 0xFFA0, Stride: 1},
}}

// tidy drops control characters and invisible ones, and folds blanks.
func tidy(text string) string {
	text = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || unicode.Is(invisible, c) {
			return ' '
		}
		return c
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// find returns the command that a message names, by /name or by one of its words. The
// public finds those for the staff by /name only: its words are questions.
func (r *Router) find(t *turn) (*Command, string, bool) {
	first, rest, _ := strings.Cut(t.text, " ")
	if name, ok := strings.CutPrefix(first, "/"); ok {
		name, _, _ = strings.Cut(strings.ToLower(name), "@")
		for i := range r.commands {
			if r.commands[i].Name == name {
				return &r.commands[i], strings.TrimSpace(rest), true
			}
		}
		return nil, "", false
	}
	for i := range r.commands {
		c := &r.commands[i]
		for _, w := range c.Words {
			if rest, ok := c.called(t.text, w); ok && (t.actor.Role != plan.Public || t.offered(c) || c.Plain) {
				return c, rest, true
			}
		}
	}
	return nil, "", false
}

// called reports whether a text is one of the command's words: alone, before a blank, or
// before what needs none (关注实事8). rest is what stands behind it.
func (c *Command) called(text, word string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(text, word)
	switch {
	case !ok:
		return "", false
	case strings.Trim(rest, "？?。！!") == "":
		return "", true
	case rest[0] == ' ':
		return strings.TrimSpace(rest), true
	}
	for beginning := range strings.FieldsSeq(c.Glue) {
		if strings.HasPrefix(rest, beginning) {
			return strings.TrimLeft(rest, "：:， "), true
		}
	}
	return "", false
}

func one(m render.Message) []render.Message { return []render.Message{m} }

func say(text string) handler {
	return func(*turn) ([]render.Message, error) { return one(render.Message{Text: text}), nil }
}
