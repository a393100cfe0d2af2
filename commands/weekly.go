package commands

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"duban/plan"
	"duban/render"
)

// weeklyPattern reads 周五 17点, 星期一 9:30 without its minutes.
var weeklyPattern = regexp.MustCompile(`^(?:周|星期|礼拜)([一二三四五六日天])\s*(?:(\d{1,2})\s*(?:点|时|:00|：00)?)?$`)

// handleWeekly sets when the weekly digest comes: 周五 17点, 关, 开, 默认; alone it says how
// it is set.
func handleWeekly(t *turn) ([]render.Message, error) {
	switch words := strings.TrimSpace(t.words); words {
	case "":
		return one(weeklyText(&t.kept)), nil
	case "关", "关闭", "退订", "不要":
		return digestOff(t)
	case "开", "开启", "恢复", "默认":
		return digestOn(t)
	default:
		return t.weeklyAt(words)
	}
}

// defaultHour is when a digest comes of which only the day was said; hours lie between
// firstHour and lastHour, so that nobody is woken.
const (
	defaultHour = 9
	firstHour   = 8
	lastHour    = 20
)

func (t *turn) weeklyAt(words string) ([]render.Message, error) {
	m := weeklyPattern.FindStringSubmatch(words)
	if m == nil {
		return one(render.Message{Text: "请写成“周报设置 周五 17点”。不要周报就发“周报设置 关”。"}), nil
	}
	wish := plan.DigestWish{Own: true, Day: time.Weekday(strings.Index("日一二三四五六天", m[1]) / len("日") % 7), Hour: defaultHour}
	if m[2] != "" {
		wish.Hour = number(m[2])
	}
	if wish.Hour < firstHour || wish.Hour > lastHour {
		return one(render.Message{Text: fmt.Sprintf("钟点请在%d点到%d点之间，别的时候不打扰。", firstHour, lastHour)}), nil
	}
	if err := t.keep(func(c *plan.Chat) { c.Digest = wish }); err != nil {
		return nil, err
	}
	return one(weeklyText(&plan.Chat{Digest: wish})), nil
}

// digestOff is the button 退订: one tap, and one to come back.
func digestOff(t *turn) ([]render.Message, error) {
	if err := t.keep(func(c *plan.Chat) { c.Digest.Off = true }); err != nil {
		return nil, err
	}
	return one(render.Message{
		Text:    "不再给这个对话发周报。关注的事项有进展仍会通知，填报提醒照常。",
		Buttons: [][]render.Button{{{Text: "恢复周报", Action: render.DoAction("digest-on")}}},
	}), nil
}

func digestOn(t *turn) ([]render.Message, error) {
	if err := t.keep(func(c *plan.Chat) { c.Digest = plan.DigestWish{} }); err != nil {
		return nil, err
	}
	return one(weeklyText(&plan.Chat{})), nil
}

func weeklyText(c *plan.Chat) render.Message {
	off := [][]render.Button{{{Text: "退订周报", Action: render.DoAction("digest-off")}}}
	switch {
	case c.Digest.Off:
		return render.Message{Text: "周报已关。", Buttons: [][]render.Button{{{Text: "恢复周报", Action: render.DoAction("digest-on")}}}}
	case c.Digest.Own:
		return render.Message{Text: fmt.Sprintf("周报每%s%d点发；遇放假改在随后的第一个工作日。", render.WeekdayText(c.Digest.Day), c.Digest.Hour), Buttons: off}
	}
	return render.Message{Text: "周报按统一时间发。想换时间，发“周报设置 周五 17点”。", Buttons: off}
}
