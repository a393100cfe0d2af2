package commands

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"duban/plan"
	"duban/render"
)

// returnKind names the dialog that waits for the reason of a return.
const returnKind = "return"

// longestReason is how many characters a reason may have.
const longestReason = 200

var reasonLength = render.Message{Text: "理由请写2到200个字；不写就发“取消”。"}

// returning is the filing that is being returned.
type returning struct {
	Filing plan.FilingID `json:"filing"`
}

// handleReview shows the first filing that waits for the person.
func handleReview(t *turn) ([]render.Message, error) { return t.queue(0) }

// queue shows the first filing that waits behind a number.
func (t *turn) queue(after plan.FilingID) ([]render.Message, error) {
	pending, err := t.desk().Pending()
	if err != nil {
		return nil, err
	}
	if t.chat.review = 0; len(pending) == 0 {
		if t.signs() {
			return one(render.Message{Text: "没有待签核的填报。"}), nil
		}
		return t.nothingToReview()
	}
	first := 0
	for i := range pending {
		if pending[i].ID > after {
			first = i
			break
		}
	}
	s, err := t.subject(pending[first].Plan, pending[first].Item)
	if err != nil {
		return nil, err
	}
	t.chat.review = pending[first].ID
	q := render.Queue{Waiting: len(pending), UpTo: pending[len(pending)-1].ID, Oldest: pending[0].At, Now: t.request.Now, Signs: t.signs(), Echo: t.filedEcho(&pending[first], s), Filing: pending[first]}
	return one(render.ReviewQueue(q)), nil
}

// nothingToReview says whom filings wait for, if not for the reviewer.
func (t *turn) nothingToReview() ([]render.Message, error) {
	text, n := "没有待审核的填报。", 0
	if p := t.current(); p != nil && t.router.options.Signed {
		var err error
		if n, err = t.countWaiting(p.Key()); err != nil {
			return nil, err
		}
	}
	if n > 0 {
		text += "另有" + strconv.Itoa(n) + "项等单位负责人签核。"
	}
	return one(render.Message{Text: text}), nil
}

// signs reports whether the person's part is the signature.
func (t *turn) signs() bool { return t.actor.Role == plan.Head }

// filedEcho is what a filing that waits would change of what counts up to its date; others
// that wait may still be returned.
func (t *turn) filedEcho(f *plan.Filing, s *subject) render.Echo {
	s.withoutFiling(f.ID)
	corrected := func(m plan.Mark) bool { return m.ID == f.Supersedes }
	later := slices.DeleteFunc(slices.Clone(s.accepted), func(m plan.Mark) bool { return !m.Date.After(f.Date) || corrected(m) })
	s.known = slices.DeleteFunc(slices.Clone(s.accepted), func(m plan.Mark) bool { return m.Date.After(f.Date) && !corrected(m) })
	d := draft{Plan: f.Plan, Item: f.Item, Value: f.Value, Stage: f.Stage, Percent: f.Percent, Date: f.Date, Note: f.Note, Supersedes: f.Supersedes}
	e := t.echo(&d, s)
	e.Department, e.Corrects, e.Later = f.Department, slices.ContainsFunc(s.known, corrected), plan.Latest(later)
	return e
}

// withoutFiling leaves one filing out of what is known.
func (s *subject) withoutFiling(id plan.FilingID) {
	kept := s.history[:0:0]
	for i := range s.history {
		if s.history[i].ID != id {
			kept = append(kept, s.history[i])
		}
	}
	s.history = kept
	s.sort()
}

// acceptFiling is the button 通过 (or 签核) of one filing.
func acceptFiling(t *turn) ([]render.Message, error) {
	id := plan.FilingID(number(t.arg(0)))
	verdict := plan.Accepted
	if t.signs() {
		verdict = plan.Signed
	}
	head, err := t.decide(id, verdict, "")
	if err != nil {
		return nil, err
	}
	return t.andNext(head, id)
}

// decide stores a decision and tells whom it concerns; it returns what to say.
func (t *turn) decide(id plan.FilingID, verdict plan.Verdict, reason string) (string, error) {
	if known, err := t.desk().Filing(id); err == nil && verdict == plan.Signed && known.Verdict() == "" && known.SignedOff() {
		return "这一项已经签核过了，正等督查室审核。", nil
	}
	f, err := t.desk().Review(id, verdict, reason)
	switch {
	case errors.Is(err, plan.ErrDecided):
		return render.DecidedBefore(&f), nil
	case err != nil:
		return "", err
	}
	s, err := t.subject(f.Plan, f.Item)
	if err != nil {
		return "", err
	}
	if err := t.tellFiler(&f, s, verdict, reason); err != nil {
		return "", err
	}
	switch verdict {
	case plan.Accepted:
		err = t.tellFollowers(&f, s)
	case plan.Signed:
		err = t.tellQueue([]plan.Filing{f})
	}
	return render.Decided(verdict, s.commitment), err
}

func (t *turn) tellFiler(f *plan.Filing, s *subject, verdict plan.Verdict, reason string) error {
	if f.Chat == "" || f.Chat == t.request.Chat {
		return nil
	}
	m := render.ReviewResult(render.Result{Filing: *f, Commitment: s.commitment, Target: s.target, Task: s.task, Verdict: verdict, Reason: reason, Reviewer: roleText(t.actor), On: t.today()})
	return t.notify("review:"+filingNumber(f.ID)+":"+string(verdict), f.Chat, m)
}

// andNext says what was done and shows the next filing that waits.
func (t *turn) andNext(head string, after plan.FilingID) ([]render.Message, error) {
	rest, err := t.queue(after)
	if err != nil {
		return nil, err
	}
	return append(one(render.Message{Text: head}), rest...), nil
}

// listAll is the button 全部通过: it shows what would be accepted.
func listAll(t *turn) ([]render.Message, error) {
	pending, err := t.desk().Pending()
	if err != nil {
		return nil, err
	}
	upTo := plan.FilingID(number(t.arg(0)))
	var list []render.Echo
	t.show(t.current(), nil)
	for i := range pending {
		if pending[i].ID > upTo {
			break
		}
		t.chat.entries = append(t.chat.entries, render.DoAction("review-next", filingNumber(pending[i].ID-1)))
		s, err := t.subject(pending[i].Plan, pending[i].Item)
		if err != nil {
			return nil, err
		}
		list = append(list, t.filedEcho(&pending[i], s))
	}
	if len(list) == 0 {
		return t.queue(0)
	}
	return one(render.AcceptAll(list, upTo, t.signs())), nil
}

// acceptAll accepts everything that waits for the person, up to the filing that was the
// last one when the list was shown.
func acceptAll(t *turn) ([]render.Message, error) {
	pending, err := t.desk().Pending()
	if err != nil {
		return nil, err
	}
	verdict, upTo, n := plan.Accepted, plan.FilingID(number(t.arg(0))), 0
	if t.signs() {
		verdict = plan.Signed
	}
	for i := range pending {
		if pending[i].ID > upTo {
			break
		}
		if _, err := t.decide(pending[i].ID, verdict, ""); err != nil {
			return nil, err
		}
		n++
	}
	return t.andNext("已全部"+verdictWord(verdict)+"："+strconv.Itoa(n)+"项。", upTo)
}

func verdictWord(v plan.Verdict) string {
	if v == plan.Signed {
		return "签核"
	}
	return "通过"
}

func nextFiling(t *turn) ([]render.Message, error) { return t.queue(plan.FilingID(number(t.arg(0)))) }

// returnFiling is the button 退回: a return needs a reason.
func returnFiling(t *turn) ([]render.Message, error) {
	if !t.may(plan.ActReview) && !t.may(plan.ActSign) {
		return nil, plan.May(t.actor, plan.ActReview, nil)
	}
	id := plan.FilingID(number(t.arg(0)))
	return one(render.AskReason("退回的理由是什么？请用一句话说明，例如：请附开工照片")), t.await(returnKind, returning{Filing: id})
}

// answerReturn takes the reason of a return.
func answerReturn(t *turn) ([]render.Message, error) {
	var r returning
	if !t.recall(returnKind, &r) {
		return converse(t)
	}
	reason := strings.TrimSpace(t.text)
	if len([]rune(reason)) < 2 || len([]rune(reason)) > longestReason {
		return one(reasonLength), nil
	}
	if err := t.settle(); err != nil {
		return nil, err
	}
	return t.giveBack(r.Filing, reason)
}

// giveBack returns a filing and shows the next one.
func (t *turn) giveBack(id plan.FilingID, reason string) ([]render.Message, error) {
	head, err := t.decide(id, plan.Returned, reason)
	if err != nil {
		return nil, err
	}
	return t.andNext(head, id)
}

func filingNumber(id plan.FilingID) string { return strconv.FormatUint(uint64(id), 10) }
