// Package render turns plan and ask values into messages that people read on a phone:
// values in, Message out. Exports for terminals, spreadsheets and other programs (tables,
// CSV, workbooks, JSON) are written to an io.Writer. It decides words, order and length, never facts.
package render
