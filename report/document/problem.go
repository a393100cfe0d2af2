package document

import (
	"errors"
	"fmt"
)

// What can be wrong with a file. The error returned is one sentence for a person with the
// way out; errors.Is finds these.
var (
	ErrMissing   = errors.New("document: no such file")
	ErrDirectory = errors.New("document: a directory")
	ErrEmpty     = errors.New("document: empty")
	ErrTooLarge  = errors.New("document: larger than the limit")
	ErrBinary    = errors.New("document: no text")
	ErrEncrypted = errors.New("document: needs a password")
	ErrScanned   = errors.New("document: pictures of pages only")
	ErrBroken    = errors.New("document: truncated or damaged")
	ErrBomb      = errors.New("document: unpacks to far more than it should")
	ErrOldFormat = errors.New("document: a format of old office programs")
)

// problem is an error with a sentence for a person.
type problem struct {
	sentence string
	kind     error
	cause    error
}

func (p *problem) Error() string { return p.sentence }

func (p *problem) Unwrap() []error {
	if p.cause == nil {
		return []error{p.kind}
	}
	return []error{p.kind, p.cause}
}

// trouble makes the error for a file; the sentence follows its name.
func trouble(name string, kind, cause error) error {
	sentence, ok := map[error]string{
		ErrMissing:   "不存在；请检查路径",
		ErrDirectory: "是文件夹；请指定其中的报告文件",
		ErrEmpty:     "是空的；请换一份有内容的报告",
		ErrBinary:    "不是文字文件；支持 .txt .md .html .docx .pdf",
		ErrEncrypted: "设了密码；请去掉密码另存一份再试",
		ErrScanned:   "只有扫描图片，没有文字；请换文字版，或先做文字识别",
		ErrBroken:    "不完整或已损坏；请重新下载或另存一份再试",
		ErrBomb:      "解压后大得不正常，已停止读取；请换一份文件",
		ErrOldFormat: "是旧版 Office 格式；请另存为 .docx 再试",
	}[kind]
	if !ok {
		sentence = "读不出来"
	}
	return &problem{sentence: name + " " + sentence, kind: kind, cause: cause}
}

func tooLarge(name string, limit int64) error {
	return &problem{sentence: fmt.Sprintf("%s 超过 %s；请换小一些的文件，或调大 import.max_bytes", name, megabytes(limit)), kind: ErrTooLarge}
}

func megabytes(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", max(n>>10, 1))
	}
	return fmt.Sprintf("%d MB", n>>20)
}
