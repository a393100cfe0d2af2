package commands

import (
	"duban/plan"
	"duban/render"
)

// handleWhoami says who the person is here. The id is what the configuration of first
// admins asks for.
func handleWhoami(t *turn) ([]render.Message, error) {
	following, err := t.desk().Following()
	if err != nil {
		return nil, err
	}
	me := render.Me{Role: roleText(t.actor), ID: t.actor.ID, Following: len(following), Staff: t.actor.Role != plan.Public}
	if t.person == nil || t.person.Removed {
		return one(render.Whoami(me)), nil
	}
	me.Joined = plan.DateOf(t.person.Joined.In(t.request.Now.Location()))
	if t.person.Leave.Planned(t.today()) {
		me.Leave = t.person.Leave
	}
	return one(render.Whoami(me)), nil
}
