package render

import "duban/ask"

// Answer writes an answer for a phone.
func Answer(a ask.Answer) Message { return Message{Text: a.Reason} }
