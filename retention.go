package main

import (
	"context"
	"fmt"
	"time"

	"duban/plan"
	"duban/schedule"
	"duban/storage"
)

// leastRetention keeps what the clock has to remember of messages that were sent.
const leastRetention = 90

// retentionSpec looks at night, after the copy; a machine that is off at night makes up for it
// when it starts.
const retentionSpec = "30 4 * * *"

// retention is what the clock is to run so that personal text goes when its time is over.
func (a *app) retention(db *storage.DB) []schedule.Job {
	if a.config.Retention == 0 {
		return nil
	}
	run := func(ctx context.Context, now time.Time) error {
		done, err := db.Retain(ctx, plan.System, now.AddDate(0, 0, -a.config.Retention), now)
		if err != nil {
			return fmt.Errorf("到期的个人信息没有删成（%w），明天再试", plainly(err))
		}
		if done != (storage.Retained{}) {
			a.log.Info("retention", "people", done.People, "feedback", done.Feedback, "messages", done.Messages)
		}
		return nil
	}
	return []schedule.Job{{Name: "retention", Spec: retentionSpec, AtOnce: true, Run: run}}
}
