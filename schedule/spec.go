package schedule

import (
	"fmt"
	"strings"

	"github.com/robfig/cron/v3"
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
		return nil, fmt.Errorf("wake %q 读不懂：%w", spec, err)
	}
	return parsed, nil
}
