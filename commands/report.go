package commands

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"duban/plan"
	"duban/render"
)

// otherFormats are what reports come in and is not read: no evidence either, where an admin
// sends it.
var otherFormats = []string{".doc", ".wps", ".rtf", ".odt"}

// reportFile is the report that a message brings: a single document of a format that is
// read, where no evidence was asked for. In a group nobody imports.
func (t *turn) reportFile() (plan.Evidence, bool) {
	r := &t.request
	if len(r.Media) != 1 || t.router.options.ImportReport == nil || r.Open == nil || r.Group || t.dialog != nil {
		return plan.Evidence{}, false
	}
	file := r.Media[0]
	kind := strings.ToLower(filepath.Ext(file.Name))
	if unreadable := slices.Contains(otherFormats, kind) && t.text == "" && t.may(plan.ActImport); !unreadable && !slices.Contains([]string{".txt", ".docx", ".pdf"}, kind) {
		return plan.Evidence{}, false
	}
	return file, t.text == "" || t.may(plan.ActImport) // others' documents with words are filings or feedback
}

// readReport reads a report outside of any transaction; the handler that it returns stores
// it as a draft.
func (t *turn) readReport(file plan.Evidence) (run handler, writes bool) {
	if !t.may(plan.ActImport) {
		return say("导入报告由管理员办理。要交佐证材料，请先填报，例如：养老床位 1476，再点“加照片”；想查进展可以直接提问。"), false
	}
	if kind := strings.ToLower(filepath.Ext(file.Name)); slices.Contains(otherFormats, kind) {
		return say("不支持 " + kind + " 文件。请在 Word 或 WPS 里另存为 .docx 再发；.txt 和 .pdf 也可以。"), false
	}
	if t.request.Progress != nil {
		t.request.Progress(t.ctx, render.Message{Text: "收到“" + file.Name + "”，正在读取，请稍等。"})
	}
	data, err := t.request.Open(t.ctx, file.Ref)
	if err != nil {
		return failed(t, err, "文件没有取到。请再发一次；超过20MB的文件请在服务器上用 duban import 导入。")
	}
	p, err := t.router.options.ImportReport(t.ctx, file.Name, data)
	if err != nil {
		return failed(t, err, err.Error())
	}
	return func(t *turn) ([]render.Message, error) { return t.storeReport(p) }, true
}

// failed answers with a sentence, unless the program ends: then the request comes again.
func failed(t *turn, err error, sentence string) (run handler, writes bool) {
	if t.ctx.Err() != nil {
		return func(*turn) ([]render.Message, error) { return nil, err }, false
	}
	return say(sentence), false
}

// storeReport merges a report into the plans. One that changes a stored plan is not applied
// from a chat: ids of filings hang on it, and the difference is longer than a message.
func (t *turn) storeReport(p *plan.Plan) ([]render.Message, error) {
	old, err := t.tx.Plans().Imported(p.Key())
	if err != nil && !errors.Is(err, plan.ErrNotFound) {
		return nil, err
	}
	merged, diff := plan.Merge(old, p)
	if old != nil {
		if err := t.weigh(diff, old, merged); err != nil {
			return nil, err
		}
	}
	switch {
	case old != nil && diff.Empty():
		return one(render.Message{Text: render.Heading(merged) + " 已在库里，没有变化。"}), nil
	case old != nil:
		return one(render.Message{Text: render.Diff(diff) + "\n库里已有这份报告，没有改动。要按新文件改，请在服务器上运行 duban import 文件 --yes。"}), nil
	}
	if err := t.desk().PutPlan(merged); err != nil {
		return nil, err
	}
	return one(render.Imported(merged)), nil
}

// weigh counts the filings that a difference concerns.
func (t *turn) weigh(diff plan.Diff, old, merged *plan.Plan) error {
	decisions, err := t.desk().Corrections(merged.Key())
	if err != nil {
		return err
	}
	filings, err := t.desk().Filings(merged.Key())
	diff.Weigh(plan.Corrected(old, decisions), plan.Corrected(merged, decisions), filings)
	return err
}
