// Package ask understands questions about plans: text in, Answer out.
//
// An Answer names the commitments, targets and figures that the question is about and
// says why they were chosen; it holds no sentences made for people (package render
// writes those) and knows no storage.
package ask
