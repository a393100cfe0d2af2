package schedule_test

import (
	"time"

	"duban/plan"
	"duban/render"
	"duban/schedule"
)

// blank composes pages of one line.
type blank struct{}

func (blank) Digest(schedule.DigestView) render.Message { return render.Message{Text: "周报"} }

func (blank) Summary(schedule.SummaryView) render.Message { return render.Message{Text: "小结"} }

func (blank) Preview(plan.Tx, time.Time, schedule.BulletinView) (render.Message, error) {
	return render.Message{Text: "待发布"}, nil
}

func (blank) Bulletin(plan.Tx, time.Time, schedule.BulletinView) (render.Message, error) {
	return render.Message{Text: "季通报"}, nil
}

func (blank) Erratum(plan.Tx, time.Time, schedule.BulletinView, int) (render.Message, error) {
	return render.Message{Text: "更正"}, nil
}
