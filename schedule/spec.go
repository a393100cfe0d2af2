package schedule

import (
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"duban/schedule/calendar"
)

// parseSpec reads five fields of cron. The library's parser panics on some specs with a
// zone of their own, and the zone is the settings', so those are refused before it sees
// them; so are descriptors (@hourly).
func parseSpec(spec string) (cron.Schedule, error) {
	fields := strings.Fields(spec)
	if len(fields) != 5 || strings.ContainsAny(spec, "=@") {
		return nil, fmt.Errorf("wake %q 应是五段的 cron 写法，例如 */5 * * * *", spec)
	}
	parsed, err := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow).Parse(strings.Join(fields, " "))
	if err != nil {
		return nil, fmt.Errorf("wake %q 读不懂；应是五段的 cron 写法，例如 */5 * * * *", spec)
	}
	return parsed, nil
}

// wakeDays is how many days ahead a wake in working hours is looked for.
const wakeDays = 366

// Wakes reports that the clock would never wake while people may be written to, so that
// nothing would ever be sent.
func (s *Settings) Wakes(c *calendar.Calendar, from time.Time) error {
	spec, err := parseSpec(s.Wake)
	if err != nil {
		return err
	}
	end := from.AddDate(0, 0, wakeDays)
	for at := spec.Next(from.In(s.Zone)); !at.IsZero() && at.Before(end); at = spec.Next(at) {
		if s.open(c, at) && at.Hour() >= s.Hour {
			return nil
		}
	}
	return fmt.Errorf("wake %q 一年里没有一次落在工作日%d点到%d点之间，什么也发不出去；例如写 */5 * * * *", s.Wake, s.Hour, s.QuietFrom)
}
