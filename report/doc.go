// Package report reads a government work report (政府工作报告): the decoded text flows in,
// a plan.Plan with the position of every commitment, target, task and last year's figure
// flows out. It knows the language of such reports, never a place, a file or a sentence;
// it does no I/O and keeps no state between calls.
//
// The text passes through four rooms: source (folded characters with a way back to the
// offsets of the text as received), outline (parts, sections, themes, items), clauses
// with their quantities, and the promises made of them.
package report
