package commands

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"duban/render"
)

// draftPattern speaks of one of several filings that wait for their confirmation: 第二项改成
// 3.5万, 改第2项, 第一个不报了.
var draftPattern = regexp.MustCompile(`^(?:把|那|请)*(改|修改|改一下|重填|取消|删掉|删除|去掉|不要|不报)?\s*第\s*([\d一二三四五六七八九十两]{1,3})\s*(?:个|项|条)(?:的数|的)?[，,：: ]*(.*)$`)

// Words about such a filing that hold no figure.
var (
	draftEdits = regexp.MustCompile(`^(?:改|修改|改一下|重填|要改|改改|错了|不对|填错了?|报错了?|有误|写错了?)?$`)
	draftDrops = regexp.MustCompile(`^(?:取消|删掉|删除|去掉|不要|不报|不填|先不报|撤回|撤掉)(?:了)?$`)
)

// draftNumbered takes words about one of several filings that wait together, by its place.
func (t *turn) draftNumbered() (handler, bool) {
	var d filingDialog
	m := draftPattern.FindStringSubmatch(strings.TrimRight(t.text, "。！! "))
	if m == nil || t.dialog == nil || t.dialog.Kind != filingKind || json.Unmarshal(t.dialog.Data, &d) != nil || len(d.Drafts) < 2 {
		return nil, false
	}
	n, said := ordinalOf(strings.ReplaceAll(m[2], "两", "二")), m[3]
	figure, _, plain := mended(said)
	switch {
	case n < 1 || n > len(d.Drafts):
		return say("等确认的只有" + strconv.Itoa(len(d.Drafts)) + "项。"), true
	case said != "" && t.onlyFigure(figure):
		return func(t *turn) ([]render.Message, error) { return t.retakeDraft(&d, n-1, figure) }, true
	case draftDrops.MatchString(m[1] + said):
		return func(t *turn) ([]render.Message, error) {
			d.Drafts = slices.Delete(d.Drafts, n-1, n)
			messages, err := t.proceed(&d)
			return append(one(render.Message{Text: "去掉了第" + strconv.Itoa(n) + "项，没有填报。"}), messages...), err
		}, true
	case m[1]+said != "" && draftEdits.MatchString(m[1]+said), !plain:
		return func(t *turn) ([]render.Message, error) { return t.editDraft(&d, n-1) }, true
	}
	return nil, false
}

// retakeDraft reads a figure into one of the filings that wait.
func (t *turn) retakeDraft(d *filingDialog, i int, figure string) ([]render.Message, error) {
	said, err := t.retake(&d.Drafts[i], figure, true, false)
	if said != nil || err != nil {
		return said, err
	}
	return t.proceed(d)
}
