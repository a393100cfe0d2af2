package schedule_test

import (
	"duban/render"
	"duban/schedule"
)

// blank composes pages of one line.
type blank struct{}

func (blank) Digest(schedule.DigestView) render.Message { return render.Message{Text: "周报"} }

func (blank) Summary(schedule.SummaryView) render.Message { return render.Message{Text: "小结"} }

func (blank) Preview(schedule.BulletinView) render.Message { return render.Message{Text: "待发布"} }

func (blank) Bulletin(schedule.BulletinView) render.Message { return render.Message{Text: "季通报"} }
