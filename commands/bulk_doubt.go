package commands

import (
	"fmt"

	"duban/plan"
)

// Doubtful says what is strange about a figure that is imported all the same; "" where
// nothing is. previous are the marks of the filings before it, oldest first.
func Doubtful(t *plan.Target, f *FilingRow, previous []plan.Mark, year int, today plan.Date) string {
	for _, d := range plan.DoubtsOf(t, &f.Filing, "", previous, year, today) {
		switch d.Kind {
		case plan.DoubtScale:
			if d.Suggest != nil {
				return fmt.Sprintf("%s 填的是%s，目标%s；是不是%s？", t.Metric, t.Say(*f.Filing.Value), t.Say(t.Value), t.Say(*d.Suggest))
			}
			return fmt.Sprintf("%s 填的是%s，目标%s；是不是少写或多写了“万”？", t.Metric, t.Say(*f.Filing.Value), t.Say(t.Value))
		case plan.DoubtNegative:
			return fmt.Sprintf("%s 填的是%s；累计数不会小于零", t.Metric, t.Say(*f.Filing.Value))
		case plan.DoubtTooLarge:
			return fmt.Sprintf("%s 填的是%s，超过目标%s的三倍", t.Metric, t.Say(*f.Filing.Value), t.Say(t.Value))
		case plan.DoubtFalls:
			return fmt.Sprintf("%s 比%s的%s还少；累计数不应下降", t.Metric, plan.DayText(d.Last.Date), t.Say(*d.Last.Value))
		case plan.DoubtPercent:
			return fmt.Sprintf("%s 填的是%s，比例应在0到100%%之间", t.Metric, t.Say(*f.Filing.Value))
		}
	}
	return ""
}
