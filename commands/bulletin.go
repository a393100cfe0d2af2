package commands

import (
	"errors"
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
	return t.bulletin(t.planOfQuarter(quarter), quarter)
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

// redraftBulletin is the buttons 重新生成 and 核对并发布; both name the plan.
func redraftBulletin(t *turn) ([]render.Message, error) {
	year, n := number(t.arg(0)), number(t.arg(1))
	if n < 1 || n > 4 {
		return stale(t)
	}
	quarter := quarterNumber(year, n)
	p := t.planOfQuarter(quarter)
	if e := t.library.Engine(t.arg(2)); e != nil && string(e.Plan().Key()) == t.arg(2) {
		p = e.Plan()
	}
	if p == nil {
		return stale(t)
	}
	return t.bulletin(p, quarter)
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
