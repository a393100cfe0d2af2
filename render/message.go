package render

import (
	"encoding/json"
	"fmt"
)

// Message is one message to a person, neutral to the channel that carries it.
type Message struct {
	Text     string     `json:"text"`               // plain text, never markup
	Photo    *File      `json:"photo,omitempty"`    // shown above the text
	Document *File      `json:"document,omitempty"` // sent with the text
	Buttons  [][]Button `json:"buttons,omitempty"`  // rows below the text
}

// Button leads on: pressing it is the same as sending its action.
type Button struct {
	Text   string `json:"text"`
	Action string `json:"action"` // at most 64 bytes, see Action
}

// File is a picture or a document of a message.
type File struct {
	Name string `json:"name"`
	Data []byte `json:"data"`
}

// Encode writes a message for the outbox; Decode reads it.
func Encode(m Message) ([]byte, error) {
	data, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("encode message: %w", err)
	}
	return data, nil
}

// Decode reads what Encode wrote.
func Decode(data []byte) (Message, error) {
	var m Message
	if err := json.Unmarshal(data, &m); err != nil {
		return m, fmt.Errorf("decode message: %w", err)
	}
	return m, nil
}
