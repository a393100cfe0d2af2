package document

import (
	"errors"
	"fmt"
)

// What can be wrong with a file. The error that Read returns is one sentence for a person,
// with the way out; errors.Is finds these and what lies below them.
var (
	// ErrMissing occurs where no file has the given path.
	ErrMissing = errors.New("document: no such file")
	// ErrDirectory occurs where the path is a folder's.
	ErrDirectory = errors.New("document: a directory")
	// ErrUnreadable occurs where the system refuses to open or read the file.
	ErrUnreadable = errors.New("document: cannot be opened")
	// ErrEmpty occurs where a file holds no character but blanks.
	ErrEmpty = errors.New("document: empty")
	// ErrTooLarge occurs where a file has more bytes than Options.MaxBytes.
	ErrTooLarge = errors.New("document: larger than the limit")
	// ErrBinary occurs where the bytes are no text in a known encoding: pictures, programs,
	// noise.
	ErrBinary = errors.New("document: no text")
	// ErrForeign occurs where the file is a document of a kind that is not read, such as a
	// workbook or an archive.
	ErrForeign = errors.New("document: not a kind of file that is read")
	// ErrOldFormat occurs for the formats of old office programs: .doc, .wps, .rtf.
	ErrOldFormat = errors.New("document: a format of old office programs")
	// ErrEncrypted occurs where a password is needed to read the text.
	ErrEncrypted = errors.New("document: needs a password")
	// ErrScanned occurs where pages or pictures hold no characters.
	ErrScanned = errors.New("document: pictures only")
	// ErrBroken occurs where the file is truncated or damaged.
	ErrBroken = errors.New("document: truncated or damaged")
	// ErrBomb occurs where a packed file unpacks to far more than a report may.
	ErrBomb = errors.New("document: unpacks to far more than it should")
	// ErrLimit occurs where reading a PDF file takes more time, memory, pages or text than allowed.
	ErrLimit = errors.New("document: takes too much time or memory")
	// ErrEngine occurs where the reader of PDF files cannot be started.
	ErrEngine = errors.New("document: the reader of PDF files does not start")
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

// trouble makes the error for a file with the usual sentence of its kind.
func trouble(name string, kind, cause error) error {
	return saying(name, sentences[kind], kind, cause)
}

// saying makes the error for a file with a sentence of its own.
func saying(name, sentence string, kind, cause error) error {
	return &problem{sentence: name + " " + sentence, kind: kind, cause: cause}
}

// tooLarge says the limit and where it is set.
func tooLarge(name string, limit int64) error {
	sentence := fmt.Sprintf("超过 %s；请换小一些的文件，或在配置里调大 import.max_bytes", megabytes(limit))
	return saying(name, sentence, ErrTooLarge, nil)
}

// sentences says what is wrong and the way out.
var sentences = map[error]string{
	ErrMissing:    "不存在；请检查路径",
	ErrDirectory:  "是文件夹；请指定其中的报告文件",
	ErrUnreadable: "打不开；请检查有没有读取权限",
	ErrEmpty:      "是空的；请换一份有内容的报告",
	ErrBinary:     "不是文字文件；支持 .txt .md .html .docx .pdf",
	ErrForeign:    "不是 Word 文档；支持 .txt .md .html .docx .pdf",
	ErrOldFormat:  "是旧版 Office 格式；请另存为 .docx 再试",
	ErrEncrypted:  "设了密码；请去掉密码另存一份再试",
	ErrScanned:    "只有图片，没有文字；请换文字版，或先做文字识别",
	ErrBroken:     "不完整或已损坏；请重新下载或另存一份再试",
	ErrBomb:       "解压后大得不正常，已停止读取；请换一份文件",
	ErrLimit:      "读取超出时间、内存或页数上限，已停止；请拆成几份，或另存为 .docx 再试",
	ErrEngine:     "读不了：PDF 读取程序没有启动；请另存为 .docx 或 .txt 再试",
}

func megabytes(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", max(n>>10, 1))
	}
	return fmt.Sprintf("%d MB", n>>20)
}
