package render

// Message is one message to a person, neutral to the channel that carries it.
type Message struct {
	Text    string     // plain text, never markup
	Buttons [][]Button // rows below the text
}

// Button leads on: pressing it is the same as sending its action.
type Button struct {
	Text   string
	Action string // at most 64 bytes, see Action
}
