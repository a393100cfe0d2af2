package bot_test

import (
	"os"
	"testing"
	"time"

	"duban/bot"
	"duban/plan"
)

// TestBroadcast: many messages leave at nearly the full rate.
func TestBroadcast(t *testing.T) {
	t.Parallel()
	n, slowest := 120, 24.0 // beside other tests
	if os.Getenv(soakVariable) != "" {
		n, slowest = 1000, 27
	} else if testing.Short() {
		t.Skip("sends for seconds")
	}
	c := prepare(t, func(o *bot.Options) { o.Limits = bot.DefaultLimits() })
	var list []plan.Delivery
	for i := range n {
		list = append(list, letter(chatOf(int64(1000+i)), "公告"))
	}
	c.mail(t, list...)
	c.run(t)
	if !c.AwaitCalls(2*time.Minute, "sendMessage", n) {
		t.Fatalf("only %d messages were sent", len(c.Calls("sendMessage")))
	}
	calls := c.Calls("sendMessage")
	rate := float64(n-1) / calls[n-1].At.Sub(calls[0].At).Seconds()
	t.Logf("%d messages at %.1f a second, peaks %s", n, rate, c.Audit())
	if p := c.Audit(); rate < slowest || p.Global > 30 {
		t.Errorf("%.1f messages a second, peaks %s", rate, p)
	}
}
