package commands

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"duban/plan"
	"duban/render"
)

// planOfQuarter is the plan whose bulletin of a quarter is meant: that of the year at the
// place in hand, else the one in hand.
func (t *turn) planOfQuarter(quarter plan.Period) *plan.Plan {
	if p := t.planOfYear(strconv.Itoa(quarter.From.Year)); p != nil {
		return p
	}
	return t.current()
}

// outside says why a plan has no bulletin of a quarter at all; "" where it may have one.
func outside(p *plan.Plan, quarter plan.Period, today plan.Date) string {
	name := render.PeriodText(quarter, quarter.To)
	switch year := quarter.From.Year; {
	case p.State != plan.Published:
		return render.Heading(p) + "还是草稿，没有发布，不出季通报。"
	case year < p.Year || year > p.LastYear() || quarter.To.Before(p.DeliveredOn):
		return name + "不在" + render.Heading(p) + "的年度内，没有季通报。"
	case today.Before(quarter.From):
		return name + "还没有开始。"
	}
	return ""
}

// unripe says why a bulletin of a quarter made on a day must not be released: what is
// frozen has to rest on the whole quarter and on all of its rounds. "" where it may.
func (t *turn) unripe(quarter plan.Period, made plan.Date) string {
	closes := t.router.options.Window(plan.PeriodAt(plan.Month, quarter.To)).Closes
	switch {
	case !made.After(quarter.To):
		return "本季度还没有结束"
	case !made.After(closes):
		return fmt.Sprintf("%d月的填报%s才截止", int(quarter.To.Month), plan.DayText(closes))
	}
	return ""
}

// draftBulletin computes a quarter's bulletin. Where it may be released it is stored as a
// draft; before that it is only shown.
func (t *turn) draftBulletin(p *plan.Plan, quarter plan.Period) ([]render.Message, error) {
	if why := outside(p, quarter, t.today()); why != "" {
		return one(render.Message{Text: why}), nil
	}
	day := quarter.To
	if t.today().Before(day) {
		day = t.today()
	}
	r, err := t.records(p)
	if err != nil {
		return nil, err
	}
	b, err := r.Draft(quarter, day)
	if err != nil {
		return nil, err
	}
	if why := t.unripe(quarter, t.today()); why != "" {
		return one(render.EarlyBulletin(&b, why)), nil
	}
	if b, err = t.desk().Draft(b); errors.Is(err, plan.ErrDecided) {
		return t.showBulletin(b.ID)
	} else if err != nil {
		return nil, err
	}
	return one(render.BulletinMessage(&b, true)), nil
}

// publishBulletin is the button 发布. A draft that was made before its quarter was complete
// is made anew, to be looked at again.
func publishBulletin(t *turn) ([]render.Message, error) {
	if err := plan.May(t.actor, plan.ActPublish, nil); err != nil {
		return nil, err
	}
	b, err := t.desk().Bulletin(uint64(number(t.arg(0))))
	if errors.Is(err, plan.ErrNotFound) {
		return stale(t)
	}
	if err != nil {
		return nil, err
	}
	quarter := quarterNumber(b.Year, b.Quarter)
	if b.State == plan.BulletinReleased {
		return one(render.Message{Text: "这一期已经发布过了。"}), nil
	}
	p, err := t.tx.Plans().Get(b.Plan)
	if errors.Is(err, plan.ErrNotFound) {
		return stale(t)
	}
	if err != nil {
		return nil, err
	}
	made := plan.DateOf(b.At.In(t.request.Now.Location()))
	if outside(p, quarter, t.today()) != "" || t.unripe(quarter, made) != "" {
		return t.redraft(p, quarter)
	}
	return t.release(b.ID)
}

// redraft makes a draft that was too early anew and says so.
func (t *turn) redraft(p *plan.Plan, quarter plan.Period) ([]render.Message, error) {
	messages, err := t.draftBulletin(p, quarter)
	return append(one(render.Message{Text: "没有发布：那份预览是填报截止前生成的。现在的情况如下："}), messages...), err
}

func (t *turn) release(id uint64) ([]render.Message, error) {
	b, err := t.desk().Release(id)
	if err != nil {
		return nil, err
	}
	if err := t.tx.Tell(t.request.Now, plan.ReleaseKey(b.Plan, b.Name())); err != nil {
		return nil, err
	}
	return append(one(render.Message{Text: "✅ 已发布，内容就此固定；以后的更正另编号刊出。工作时间内发给各单位和订阅者。"}), render.BulletinMessage(&b, true)), nil
}

// erratumKind names the dialog that waits for a correction.
const erratumKind = "erratum"

// correcting is the bulletin that is being corrected.
type correcting struct {
	Bulletin uint64 `json:"bulletin"`
}

// correctBulletin is the button 更正.
func correctBulletin(t *turn) ([]render.Message, error) {
	if !t.may(plan.ActPublish) {
		return nil, plan.May(t.actor, plan.ActPublish, nil)
	}
	return one(render.Message{Text: "请发更正内容，例如：第3项“改造农村危桥”应为28座。不更正就发“取消”。"}), t.await(erratumKind, correcting{uint64(number(t.arg(0)))})
}

// answerErratum takes the text of a correction.
func answerErratum(t *turn) ([]render.Message, error) {
	var c correcting
	if !t.recall(erratumKind, &c) {
		return converse(t)
	}
	text := strings.TrimSpace(t.text)
	if n := len([]rune(text)); n < 4 || n > 500 {
		return one(render.Message{Text: "更正请写4到500个字；不更正就发“取消”。"}), nil
	}
	if err := t.settle(); err != nil {
		return nil, err
	}
	b, err := t.desk().Erratum(c.Bulletin, text)
	if errors.Is(err, plan.ErrNotFound) {
		return stale(t)
	}
	if err != nil {
		return nil, err
	}
	if err := t.tx.Tell(t.request.Now, plan.ErratumKey(b.Plan, b.Name(), len(b.Errata))); err != nil {
		return nil, err
	}
	return append(one(render.Message{Text: "已刊出更正，工作时间内发给收到过这期通报的人。"}), render.BulletinMessage(&b, true)), nil
}
