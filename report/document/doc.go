// Package document turns files into the text of a report: bytes of a .txt, .md, .html,
// .docx or .pdf file flow in, Text with one paragraph a line flows out. What the bytes are
// decides, not what the file is called. Texts that are text already are handed on as they
// are (byte-order mark and carriage returns dropped), so that positions count in them.
//
// Tables that people filled in, CSV or the first sheet of a workbook, come out as rows of
// cells with the line that each stands in (ReadSheet).
//
// PDF files are read by an engine compiled to WebAssembly, in a child process with limits
// of time and memory, because such files are hostile often enough.
package document
