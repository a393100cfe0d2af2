package commands

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"duban/ask"
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
	Act     plan.Act // that it needs; "" is for everybody
	Writes  bool     // it changes what is stored
	handle  handler
}

// Router answers requests. It is safe for use by several goroutines; requests of one chat
// should come in order.
type Router struct {
	store    Store
	options  Options
	shelf    *shelf
	chats    *chats
	commands []Command
	acts     map[string]act
	dialogs  map[string]handler
}

// New makes a router over a store.
func New(store Store, options Options) *Router {
	if options.Rules == (plan.Rules{}) {
		options.Rules = plan.DefaultRules()
	}
	return &Router{
		store: store, options: options, shelf: &shelf{store: store}, chats: newChats(),
		commands: allCommands(), acts: allActs(), dialogs: allDialogs(),
	}
}

// Commands lists the commands in the order of the menu.
func (r *Router) Commands() []Command { return r.commands }

// Handle answers a request. An error is for the log; the person gets a sentence in its
// place from the channel.
func (r *Router) Handle(ctx context.Context, request Request) ([]render.Message, error) {
	t, err := r.begin(ctx, request)
	if err != nil {
		return nil, err
	}
	t.chat.mu.Lock()
	defer t.chat.mu.Unlock()
	run, writes := r.route(t)
	messages, err := t.run(run, writes)
	if sentence := refusal(t, err); sentence != "" {
		return r.mark([]render.Message{{Text: sentence}}), nil
	}
	if errors.Is(err, plan.ErrUpdated) {
		return nil, nil
	}
	return r.mark(messages), err
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
	library, err := r.shelf.library(ctx)
	if err != nil {
		return nil, fmt.Errorf("read plans: %w", err)
	}
	t := &turn{
		router: r, ctx: ctx, request: request, library: library, text: tidy(request.Text),
		chat: r.chats.get(request.Chat, request.Now),
	}
	err = r.store.View(ctx, func(tx plan.Tx) error {
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
	if c, words, ok := r.find(t); ok {
		t.words = words
		return c.handle, c.Writes
	}
	if strings.HasPrefix(t.text, "/") {
		return func(t *turn) ([]render.Message, error) { return one(unknown(t)), nil }, false
	}
	if run, ok := t.numbered(); ok {
		return run, true
	}
	if t.dialog != nil {
		if run, ok := r.dialogs[t.dialog.Kind]; ok {
			return run, true
		}
	}
	if t.readsAsFiling() {
		return beginFiling, true
	}
	return converse, false
}

// converse answers what is no command: a number picks from the last list, the rest is a
// question.
func converse(t *turn) ([]render.Message, error) {
	if m, ok := t.pick(t.text); ok {
		return one(m), nil
	}
	if strings.Trim(t.text, "[]0123456789-") == "" {
		return one(render.Message{Text: "没有序号 " + t.text + "。发“目录”看有哪些，或直接提问。"}), nil
	}
	return t.ask(t.text), nil
}

// tidy drops control characters and folds blanks.
func tidy(text string) string {
	text = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || unicode.Is(unicode.Cf, c) {
			return ' '
		}
		return c
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// find returns the command that a message names, by /name or by one of its words. Those
// that the person may not use are not found by their words.
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
		if !t.offered(&r.commands[i]) {
			continue
		}
		for _, w := range r.commands[i].Words {
			if t.text == w || strings.TrimRight(t.text, "？?。！!") == w {
				return &r.commands[i], "", true
			}
			if first == w && rest != "" {
				return &r.commands[i], strings.TrimSpace(rest), true
			}
		}
	}
	return nil, "", false
}

func unknown(t *turn) render.Message {
	names := []string{}
	for _, c := range t.menu() {
		names = append(names, "/"+c.Name)
	}
	first, _, _ := strings.Cut(t.text, " ")
	return render.Message{Text: "没有 " + first + " 这个命令。可以用：" + strings.Join(names, " ")}
}

// ask answers a question and remembers it for the next one.
func (t *turn) ask(text string) []render.Message {
	a := t.library.Ask(text, ask.Context{Previous: t.chat.answer})
	if a.Answered && len(a.Items) > 0 {
		t.chat.answer = &a
		t.chat.remember(a)
	}
	return one(render.Answer(a))
}

func one(m render.Message) []render.Message { return []render.Message{m} }

func say(text string) handler {
	return func(*turn) ([]render.Message, error) { return one(render.Message{Text: text}), nil }
}
