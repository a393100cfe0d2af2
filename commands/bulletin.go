package commands

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"duban/plan"
	"duban/render"
)

// handleBulletin lists the released bulletins; with a quarter, supervisors get a preview
// of its bulletin.
func handleBulletin(t *turn) ([]render.Message, error) {
	p := t.current()
	if p == nil {
		return one(noPlan), nil
	}
	releases := t.may(plan.ActPublish)
	if t.words == "" {
		list, err := t.desk().Bulletins(p.Key())
		return one(render.Bulletins(list, releases)), err
	}
	quarter, ok := quarterOf(t.words, p.Year)
	if !ok {
		return one(render.Message{Text: "请写清季度，例如：季通报 2017年三季度"}), nil
	}
	return t.bulletin(p, quarter)
}

// bulletin shows a quarter's bulletin: the released one, else to supervisors a fresh draft.
func (t *turn) bulletin(p *plan.Plan, quarter plan.Period) ([]render.Message, error) {
	list, err := t.desk().Bulletins(p.Key())
	if err != nil {
		return nil, err
	}
	for i := range list {
		b := &list[i]
		if b.Year == quarter.From.Year && b.Quarter == quarter.Quarter() && b.State == plan.BulletinReleased {
			return t.showBulletin(b.ID)
		}
	}
	if !t.may(plan.ActPublish) {
		return one(render.Message{Text: render.PeriodText(quarter, quarter.To) + "的季通报还没有发布。发“季通报”看已发布的。"}), nil
	}
	return t.draftBulletin(p, quarter)
}

// draftBulletin computes a quarter's bulletin and stores it as a draft.
func (t *turn) draftBulletin(p *plan.Plan, quarter plan.Period) ([]render.Message, error) {
	day := quarter.To
	if t.today().Before(day) {
		day = t.today()
	}
	switch {
	case p.State != plan.Published:
		return one(render.Message{Text: render.Heading(p) + "还是草稿，没有发布，不出季通报。"}), nil
	case day.Before(quarter.From):
		return one(render.Message{Text: render.PeriodText(quarter, quarter.To) + "还没有开始。"}), nil
	}
	r, err := t.records(p)
	if err != nil {
		return nil, err
	}
	b, err := r.Draft(quarter, day)
	if err != nil {
		return nil, err
	}
	if b, err = t.desk().Draft(b); errors.Is(err, plan.ErrDecided) {
		return t.showBulletin(b.ID)
	} else if err != nil {
		return nil, err
	}
	return one(render.BulletinMessage(&b, true)), nil
}

// showBulletin shows one as it was frozen.
func (t *turn) showBulletin(id uint64) ([]render.Message, error) {
	b, err := t.desk().Bulletin(id)
	if errors.Is(err, plan.ErrNotFound) {
		return stale(t)
	}
	if err != nil {
		return nil, err
	}
	return one(render.BulletinMessage(b, t.may(plan.ActPublish))), nil
}

func openBulletin(t *turn) ([]render.Message, error) { return t.showBulletin(uint64(number(t.arg(0)))) }

// redraftBulletin is the button 重新生成.
func redraftBulletin(t *turn) ([]render.Message, error) {
	p := t.current()
	year, n := number(t.arg(0)), number(t.arg(1))
	if p == nil || n < 1 || n > 4 {
		return stale(t)
	}
	return t.bulletin(p, quarterNumber(year, n))
}

// publishBulletin is the button 发布.
func publishBulletin(t *turn) ([]render.Message, error) {
	b, err := t.desk().Release(uint64(number(t.arg(0))))
	switch {
	case errors.Is(err, plan.ErrDecided):
		return one(render.Message{Text: "这一期已经发布过了。"}), nil
	case errors.Is(err, plan.ErrNotFound):
		return stale(t)
	case err != nil:
		return nil, err
	}
	release := plan.ReleaseKey(b.Plan, fmt.Sprintf("%d-Q%d", b.Year, b.Quarter))
	if err := t.tx.Tell(t.request.Now, release); err != nil {
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
	return one(render.BulletinMessage(&b, true)), nil
}

// quarterWords reads 2017年三季度, 2017Q3, 三季度, 第3季度.
var quarterWords = regexp.MustCompile(`^(?:(\d{4})年?[-\s]*)?第?[Qq]?([1-4一二三四])(?:季度|季|期)?$`)

func quarterOf(words string, year int) (plan.Period, bool) {
	m := quarterWords.FindStringSubmatch(strings.ReplaceAll(words, " ", ""))
	if m == nil {
		return plan.Period{}, false
	}
	if m[1] != "" {
		year = number(m[1])
	}
	n := number(m[2])
	if i := strings.Index("一二三四", m[2]); i >= 0 {
		n = i/len("一") + 1
	}
	return quarterNumber(year, n), true
}

func quarterNumber(year, n int) plan.Period {
	return plan.PeriodAt(plan.Quarter, plan.NewDate(year, time.Month(n*3), 1))
}
