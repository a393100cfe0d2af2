package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"duban/plan"
	"duban/report"
	"duban/report/builtin"
	"duban/report/document"
)

// Years that a plan may be of.
const (
	firstYear = 1949
	lastYear  = 2199
)

// readReport reads and parses the report in a file.
func (a *app) readReport(path string, year int) (*plan.Plan, error) {
	if year != 0 && (year < firstYear || year > lastYear) {
		return nil, usageError{fmt.Errorf("年度 %d 不对，应是四位的年份，如 2017", year)}
	}
	text, err := a.readText(path)
	if err != nil {
		return nil, err
	}
	return planOf(path, text, year)
}

// planOf parses the text of a file; an error is one sentence for a person.
func planOf(path string, text document.Text, year int) (*plan.Plan, error) {
	if err := notText(path, text.Content); err != nil {
		return nil, err
	}
	p, err := report.Parse(text.Content, report.Options{Year: year})
	if errors.Is(err, report.ErrNotReport) {
		return nil, fmt.Errorf("%s 里%w；请确认是政府工作报告的全文", filepath.Base(path), err)
	}
	if err != nil {
		return nil, fmt.Errorf("%s 读不懂：%w", filepath.Base(path), err)
	}
	p.CopiesDropped = text.CopiesDropped
	return p, nil
}

// notText refuses data that another command reads or none does; nil for text.
func notText(path, content string) error {
	name, head := filepath.Base(path), strings.TrimLeftFunc(content, unicode.IsSpace)
	head = head[:min(len(head), 400)]
	rest := strings.TrimLeft(strings.TrimLeft(head, "[{"), " \n\t")
	switch {
	case head != rest && strings.HasPrefix(head, "{") && strings.Contains(head, `"`+plan.ArchivePrefix):
		return fmt.Errorf("%s 是 duban export 写的全部数据，不是报告；请用 duban restore %s --db 新文件 读回", name, name)
	case head != rest && strings.HasPrefix(rest, `"`):
		return fmt.Errorf("%s 是 JSON 数据，不是报告；请给政府工作报告的全文（.txt .md .html .docx .pdf）", name)
	case strings.HasPrefix(head, "<?xml"):
		return fmt.Errorf("%s 是 XML 数据，不是报告；请给政府工作报告的全文（.txt .md .html .docx .pdf）", name)
	case strings.EqualFold(filepath.Ext(name), ".csv"), isTable(head):
		return fmt.Errorf("%s 是表格，不是报告；填报请用 duban filings import，责任单位请用 duban import-assignments", name)
	}
	return nil
}

// isTable reports whether a text begins with a line of at least three short columns.
func isTable(head string) bool {
	first, _, more := strings.Cut(head, "\n")
	for _, separator := range []string{",", "\t"} {
		if cells := strings.Split(first, separator); more && len(cells) >= 3 && !strings.ContainsAny(first, "。；：") && len(first) < 40*len(cells) {
			return true
		}
	}
	return false
}

// dated refuses a plan of which nobody knows the year: all its deadlines would be wrong.
func dated(path string, p *plan.Plan) error {
	if p.Year == 0 {
		return fmt.Errorf("%s 看不出是哪一年的计划；请用 duban import %s --year 年份 写明", filepath.Base(path), filepath.Base(path))
	}
	return nil
}

// readText decodes a file.
func (a *app) readText(path string) (document.Text, error) {
	defer a.progress("正在读取 " + filepath.Base(path))()
	options := a.documentOptions()
	options.Open = a.disk.Open
	return document.ReadFile(a.ctx, path, a.stdin, options)
}

// documentOptions are how files are read; PDF files in a child process.
func (a *app) documentOptions() document.Options {
	options := document.Options{MaxBytes: a.config.Import.MaxBytes}
	if self, err := os.Executable(); err == nil {
		options.PDFCommand = []string{self, "pdf-text", "--cache", a.config.engineCache()}
	}
	return options
}

// builtinReport parses the report that comes with the program; it is published.
func builtinReport() (*plan.Plan, error) {
	p, err := report.Parse(builtin.Text(), report.Options{})
	if err != nil {
		return nil, fmt.Errorf("built-in report: %w", err)
	}
	p.State = plan.Published
	return p, nil
}

// pdfTextCommand is the child process that reads a PDF file.
type pdfTextCommand struct {
	Cache string `help:"编译缓存目录"`
}

// Run writes the text of the PDF file on stdin to stdout; the exit status says why it
// could not.
func (c *pdfTextCommand) Run(a *app) error {
	err := document.ExtractPDF(a.ctx, a.stdin, a.stdout, c.Cache)
	if err != nil {
		return exitError{err, document.ExitCode(err)}
	}
	return nil
}
