package bot

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"duban/commands"
	"duban/plan"
	"duban/render"
)

// menus remembers which command menu each chat was given.
type menus struct {
	mu    sync.Mutex
	given map[string]string // chat → menu; chats that were given none have everybody's
	texts map[string]string // role and department → menu
	look  chan struct{}     // asks for a look at everybody
}

func newMenus() *menus {
	return &menus{given: map[string]string{}, texts: map[string]string{}, look: make(chan struct{}, 1)}
}

// lacks reports whether a chat has another menu than it should. One that was given none is
// as everybody, unless it may have been given one by an earlier run.
func (m *menus) lacks(chat, menu, usual string, unsure bool) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	given, ok := m.given[chat]
	if !ok {
		return unsure || menu != usual
	}
	return given != menu
}

func (m *menus) note(chat, menu string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.given[chat] = menu
}

// chats lists the private chats that were given a menu.
func (m *menus) chats() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(slices.Collect(maps.Keys(m.given)), func(chat string) bool { return chat == "" })
}

// ask makes keepMenus look soon.
func (m *menus) ask() {
	select {
	case m.look <- struct{}{}:
	default:
	}
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
		entries = append(entries, entry{c.Name, render.Shorten(summary, 200)})
	}
	data, err := json.Marshal(entries)
	if err != nil {
		return "[]"
	}
	return string(data)
}

// Paces of menus.
const (
	menuPace  = 50 * time.Millisecond // keeps the menus of many people from crowding out answers
	menuEvery = time.Minute           // a look at everybody: who was changed elsewhere, and calls that failed
)

// keepMenus gives the public its menu and everybody who was invited theirs, until ctx is
// done. A server that refuses is logged, never fatal.
func (t *Telegram) keepMenus(ctx, work context.Context) {
	timer := time.NewTimer(menuEvery)
	defer timer.Stop()
	for {
		t.lookAtMenus(ctx, work)
		timer.Reset(menuEvery)
		select {
		case <-ctx.Done():
			return
		case <-t.menus.look:
		case <-timer.C:
		}
	}
}

// lookAtMenus sets the menus that are not as they should be.
func (t *Telegram) lookAtMenus(ctx, work context.Context) {
	defer func() {
		if r := recover(); r != nil {
			t.fell(r)
		}
	}()
	usual := t.menuFor(plan.Actor{Role: plan.Public})
	if t.menus.lacks("", usual, usual, true) {
		t.giveMenu(work, "", usual)
	}
	removed := map[string]bool{} // chat → whether its person was removed
	for _, chat := range t.menus.chats() {
		removed[chat] = false // of somebody who was forgotten, too
	}
	err := t.store.View(ctx, func(tx plan.Tx) error {
		people, err := tx.As(plan.System, t.now()).People()
		for i := range people {
			removed[people[i].Chat] = people[i].Removed
		}
		return err
	})
	if err != nil {
		t.log.Warn("menus", "error", err)
	}
	for chat, gone := range removed {
		if !isTelegram(chat) || isGroup(chat) {
			continue
		}
		actor, err := t.conversation.Actor(ctx, plan.PersonID(chat), t.now())
		if menu := t.menuFor(actor); err == nil && t.menus.lacks(chat, menu, usual, gone) && sleep(ctx, menuPace) {
			t.giveMenu(work, chat, menu)
		}
	}
}

// refreshMenu gives a private chat the menu of its person where the role has changed. What
// an admin does may change those of others.
func (t *Telegram) refreshMenu(ctx context.Context, request commands.Request) {
	actor, err := t.conversation.Actor(ctx, request.From, t.now())
	if err != nil {
		return
	}
	if actor.Role == plan.Admin {
		t.menus.ask()
	}
	if request.Group || request.Chat != string(request.From) {
		return
	}
	usual := t.menuFor(plan.Actor{Role: plan.Public})
	if menu := t.menuFor(actor); t.menus.lacks(request.Chat, menu, usual, false) {
		t.giveMenu(ctx, request.Chat, menu)
	}
}

// giveMenu sets the menu of a chat beside everything else, "" is everybody's. Where the API
// is out of reach it is not noted, so the next look sets it.
func (t *Telegram) giveMenu(ctx context.Context, chat, menu string) {
	t.asides.do("menu:"+chat, func() {
		if !t.menus.lacks(chat, menu, "", true) { // given meanwhile
			return
		}
		err := t.setMenu(ctx, chat, menu)
		if err != nil {
			t.log.Warn("the command menu was not set", "error", err)
		}
		if f := fateOf(err); f != retry && f != pause {
			t.menus.note(chat, menu)
		}
	})
}

// Tries of a menu.
const (
	menuTries = 3
	menuLimit = time.Minute
)

func (t *Telegram) setMenu(ctx context.Context, chat, menu string) error {
	params := tgbotapi.Params{"commands": menu}
	if chat != "" {
		params["scope"] = `{"type":"chat","chat_id":` + strings.TrimPrefix(chat, chatPrefix) + `}`
	}
	_, err := t.client.persist(ctx, menuTries, menuLimit, "setMyCommands", params)
	return err
}
