package document

import "strings"

// noteMark reports whether a text that is set above the line behind another is the mark of
// a note, 12 or [12] or ①; behind a Latin letter it is a power: m².
func noteMark(before, raised string) bool {
	raised = strings.TrimSpace(raised)
	if raised == "" || before != "" && letter(before[len(before)-1]) {
		return false
	}
	return strings.Trim(raised, plainDigits+"[]〔〕()（）【】,，、-*①②③④⑤⑥⑦⑧⑨⑩") == ""
}
