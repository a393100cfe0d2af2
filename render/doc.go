// Package render turns plan and ask values into messages that people read on a phone:
// values in, Message out. It decides words, order and length, never facts.
package render
