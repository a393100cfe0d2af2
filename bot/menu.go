package bot

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"duban/commands"
	"duban/plan"
)

// menus remembers which command menu each chat was given.
type menus struct {
	mu    sync.Mutex
	given map[string]string // chat → menu, where it is not everybody's
	texts map[string]string // role and department → menu
}

func newMenus() *menus { return &menus{given: map[string]string{}, texts: map[string]string{}} }

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
	if m.given[chat] = menu; menu == usual {
		delete(m.given, chat)
	}
	return true
}

// menuFor is the menu of an actor, written once for each kind.
func (t *Telegram) menuFor(actor plan.Actor) string {
	kind := string(actor.Role) + ":" + actor.Department
	t.menus.mu.Lock()
	menu, ok := t.menus.texts[kind]
	t.menus.mu.Unlock()
	if !ok {
		menu = menuOf(t.conversation.Menu(actor))
		t.menus.mu.Lock()
		t.menus.texts[kind] = menu
		t.menus.mu.Unlock()
	}
	return menu
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
	usual := t.menuFor(plan.Actor{Role: plan.Public})
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
		menu := t.menuFor(p.Actor())
		if isTelegram(p.Chat) && !isGroup(p.Chat) && t.menus.changed(p.Chat, menu, usual) && sleep(ctx, menuPace) {
			t.setMenu(ctx, p.Chat, menu)
		}
	}
}

// menuPace keeps the menus of many people from crowding out answers.
const menuPace = 50 * time.Millisecond

// refreshMenu gives a private chat the menu of its person where the role has changed.
func (t *Telegram) refreshMenu(ctx context.Context, request commands.Request) {
	if request.Group || request.Chat != string(request.From) {
		return
	}
	actor, err := t.conversation.Actor(ctx, request.From, t.now())
	if err != nil {
		return
	}
	usual := t.menuFor(plan.Actor{Role: plan.Public})
	if menu := t.menuFor(actor); t.menus.changed(request.Chat, menu, usual) {
		t.asides.do("menu:"+request.Chat, func() { t.setMenu(ctx, request.Chat, menu) })
	}
}

// Tries of a menu.
const (
	menuTries = 3
	menuLimit = time.Minute
)

// setMenu sets the menu of one chat; "" is everybody's.
func (t *Telegram) setMenu(ctx context.Context, chat, menu string) {
	params := tgbotapi.Params{"commands": menu}
	if chat != "" {
		params["scope"] = `{"type":"chat","chat_id":` + strings.TrimPrefix(chat, chatPrefix) + `}`
	}
	if _, err := t.client.persist(ctx, menuTries, menuLimit, "setMyCommands", params); err != nil {
		t.log.Warn("the command menu was not set", "error", err)
	}
}
