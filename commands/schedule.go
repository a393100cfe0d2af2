package commands

import (
	"duban/plan"
	"duban/render"
)

// agendaDays is how far the agenda looks ahead.
const agendaDays = 14

// handleSchedule shows staff and heads their next dates, supervisors what would be sent to
// whom.
func handleSchedule(t *turn) ([]render.Message, error) {
	agenda := t.router.options.Agenda
	if agenda == nil {
		return one(render.Message{Text: "这里没有开启定时提醒。"}), nil
	}
	all := t.may(plan.ActSeeAll)
	who := t.actor.ID
	if all {
		who = ""
	}
	now := t.request.Now
	list, err := agenda.Upcoming(t.tx, now, now.AddDate(0, 0, agendaDays), who)
	if err != nil {
		return nil, err
	}
	if all {
		return one(render.Agenda(agenda.Rounds(now), list)), nil
	}
	return one(render.OwnAgenda(agenda.Rounds(now), list)), nil
}
