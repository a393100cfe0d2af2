package commands

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"

	"duban/ask"
	"duban/plan"
	"duban/render"
)

// Store is what the conversation needs of the database.
type Store interface {
	View(ctx context.Context, f func(plan.Tx) error) error
}

// Request is one message from one person.
type Request struct {
	Text   string    // what was typed; empty where a button was pressed
	Action string    // of the button, see render.Action
	Chat   string    // names the conversation; follow-ups stay inside it
	Now    time.Time // when it arrived
}

// Command is one entry of the menu.
type Command struct {
	Name    string   // list, without the slash
	Words   []string // Chinese words that mean the same when they stand alone
	Summary string   // one line for the help
	handle  func(r *Router, t *turn) ([]render.Message, error)
}

// Router answers requests. It is safe for use by several goroutines; requests of one chat
// should come in order.
type Router struct {
	shelf    *shelf
	chats    *chats
	commands []Command
	asking   asking
}

// New makes a router over a store.
func New(store Store) *Router {
	return &Router{shelf: &shelf{store: store}, chats: newChats(), commands: allCommands()}
}

// turn is one request with what is known about its chat.
type turn struct {
	ctx     context.Context
	request Request
	words   string // behind the command
	library *ask.Library
	chat    *chat
	asking  *asking
}

// Commands lists the commands in the order of the menu.
func (r *Router) Commands() []Command { return r.commands }

// Handle answers a request. An error is for the log; the person gets a sentence in its
// place from the channel.
func (r *Router) Handle(ctx context.Context, request Request) ([]render.Message, error) {
	library, err := r.shelf.library(ctx)
	if err != nil {
		return nil, fmt.Errorf("read plans: %w", err)
	}
	t := &turn{ctx: ctx, request: request, library: library, chat: r.chats.get(request.Chat, request.Now), asking: &r.asking}
	t.chat.mu.Lock()
	defer t.chat.mu.Unlock()
	if request.Action != "" {
		return r.press(t)
	}
	text := tidy(request.Text)
	if text == "" {
		return []render.Message{{Text: "没有看到文字。可以直接提问，或发“帮助”。"}}, nil
	}
	if c, words, ok := r.find(text); ok {
		t.words = words
		return c.handle(r, t)
	}
	if strings.HasPrefix(text, "/") {
		return []render.Message{unknown(r, text)}, nil
	}
	if m, ok := t.pick(text); ok {
		return []render.Message{m}, nil
	}
	if strings.Trim(text, "[]0123456789-") == "" {
		return []render.Message{{Text: "没有序号 " + text + "。发“目录”看有哪些，或直接提问。"}}, nil
	}
	return t.ask(text), nil
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

// find returns the command that a message names, by /name or by one of its words.
func (r *Router) find(text string) (*Command, string, bool) {
	first, rest, _ := strings.Cut(text, " ")
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
		for _, w := range r.commands[i].Words {
			if text == w || strings.TrimRight(text, "？?。！!") == w {
				return &r.commands[i], "", true
			}
			if first == w && rest != "" {
				return &r.commands[i], strings.TrimSpace(rest), true
			}
		}
	}
	return nil, "", false
}

func unknown(r *Router, text string) render.Message {
	names := make([]string, 0, len(r.commands))
	for _, c := range r.commands {
		names = append(names, "/"+c.Name)
	}
	first, _, _ := strings.Cut(text, " ")
	return render.Message{Text: "没有 " + first + " 这个命令。可以用：" + strings.Join(names, " ")}
}
