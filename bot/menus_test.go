package bot_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"duban/bot/telegramtest"
	"duban/plan"
)

const staffScope = `{"type":"chat","chat_id":9001}`

func (c *channel) menuHas(command string) bool {
	return strings.Contains(c.Commands(staffScope), `"`+command+`"`)
}

// remove takes a person's role away.
func (c *channel) remove(t *testing.T, id plan.PersonID) {
	t.Helper()
	err := c.db.Update(t.Context(), func(tx plan.Tx) error {
		d := tx.As(plan.System, time.Now())
		p, err := d.Person(id)
		if err != nil {
			return err
		}
		p.Removed = true
		return d.PutPerson(*p)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestMenuOfTheRemoved: who is removed loses the menu at once, or at the next start.
func TestMenuOfTheRemoved(t *testing.T) {
	t.Parallel()
	for _, running := range []bool{true, false} {
		c := prepare(t, nil)
		c.member(t, 9001, plan.Staff, "民政局")
		c.run(t)
		eventually(t, "the menu", func() bool { return c.menuHas("file") })
		if !running {
			if err := c.end(); err != nil {
				t.Fatal(err)
			}
		}
		c.remove(t, "telegram:9001")
		if running {
			c.Person(admin, "管理员").Ask(t, "/help") // admins remove
		} else {
			c.run(t)
		}
		eventually(t, "the public's menu", func() bool { return !c.menuHas("file") && c.menuHas("list") })
	}
}

// TestMenuIsTriedAgain, whose calls failed.
func TestMenuIsTriedAgain(t *testing.T) {
	t.Parallel()
	c := prepare(t, nil)
	p := c.member(t, 9001, plan.Staff, "民政局")
	c.run(t)
	eventually(t, "the menu", func() bool { return c.menuHas("file") })
	before := len(c.Calls("setMyCommands"))
	remove := c.Add(telegramtest.Gateway(http.StatusBadGateway).On("setMyCommands", 3))
	c.member(t, 9001, plan.Supervisor, "")
	p.Ask(t, question)
	eventually(t, "three failures", func() bool { return len(c.Calls("setMyCommands")) == before+3 })
	eventually(t, "the log", func() bool { return strings.Contains(c.log.String(), "menu was not set") })
	remove()
	p.Ask(t, question)
	eventually(t, "the new menu", func() bool { return c.menuHas("review") })
}
