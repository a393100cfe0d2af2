package bot

import (
	"context"
	"encoding/json"
	"strings"
	"sync"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"duban/commands"
	"duban/plan"
)

// menus remembers which command menu each chat was given.
type menus struct {
	mu    sync.Mutex
	given map[string]string // chat → menu
}

func newMenus() *menus { return &menus{given: map[string]string{}} }

// changed notes a chat's menu and reports whether it is another one than before.
func (m *menus) changed(chat, menu, usual string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	before, ok := m.given[chat]
	if !ok {
		before = usual
	}
	if before == menu {
		return false
	}
	m.given[chat] = menu
	return true
}

// menuOf writes a command menu as setMyCommands wants it.
func menuOf(list []commands.Command) string {
	type entry struct {
		Command     string `json:"command"`
		Description string `json:"description"`
	}
	entries := make([]entry, 0, len(list))
	for _, c := range list {
		summary, _, _ := strings.Cut(c.Summary, "，例")
		if len(c.Words) > 0 && c.Words[0] != summary {
			summary = c.Words[0] + "：" + summary
		}
		entries = append(entries, entry{c.Name, clip(summary, 200)})
	}
	data, err := json.Marshal(entries)
	if err != nil {
		return "[]"
	}
	return string(data)
}

// publishMenus sets the menu of the public and those of everybody who was invited. A server
// that refuses is logged, never fatal.
func (t *Telegram) publishMenus(ctx context.Context) {
	usual := menuOf(t.conversation.Menu(plan.Actor{Role: plan.Public}))
	t.setMenu(ctx, "", usual)
	var people []plan.Person
	err := t.store.View(ctx, func(tx plan.Tx) (err error) {
		people, err = tx.As(plan.System, t.now()).People()
		return err
	})
	if err != nil {
		t.log.Warn("menus", "error", err)
		return
	}
	for i := range people {
		p := &people[i]
		menu := menuOf(t.conversation.Menu(p.Actor()))
		if isTelegram(p.Chat) && t.menus.changed(p.Chat, menu, usual) {
			t.setMenu(ctx, p.Chat, menu)
		}
	}
}

// refreshMenu gives a private chat the menu of its person where the role has changed.
func (t *Telegram) refreshMenu(ctx context.Context, request commands.Request) {
	if isGroup(request.Chat) || request.Chat != string(request.From) {
		return
	}
	actor := plan.Actor{ID: request.From, Role: plan.Public}
	err := t.store.View(ctx, func(tx plan.Tx) error {
		p, err := tx.As(actor, t.now()).Person(request.From)
		if err == nil {
			actor = p.Actor()
		}
		return nil
	})
	if err != nil {
		return
	}
	usual := menuOf(t.conversation.Menu(plan.Actor{Role: plan.Public}))
	if menu := menuOf(t.conversation.Menu(actor)); t.menus.changed(request.Chat, menu, usual) {
		t.setMenu(ctx, request.Chat, menu)
	}
}

// setMenu sets the menu of one chat; "" is everybody's.
func (t *Telegram) setMenu(ctx context.Context, chat, menu string) {
	params := tgbotapi.Params{"commands": menu}
	if chat != "" {
		params["scope"] = `{"type":"chat","chat_id":` + strings.TrimPrefix(chat, chatPrefix) + `}`
	}
	if _, err := t.client.call(ctx, "setMyCommands", params); err != nil {
		t.log.Warn("the command menu was not set", "error", err)
	}
}
