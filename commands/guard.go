package commands

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"duban/render"
)

// What is done in private only: in a group everybody would read the token, the names of
// officials and colleagues, the remarks, or get the copy of everything.
var (
	privateCommands = map[string]bool{"join": true, "invite": true, "people": true, "remove": true, "backup": true, "outbox": true, "feedbacks": true, "myfeedback": true, "delegate": true, "leave": true}
	privateActs     = map[string]bool{"invite": true, "person-remove": true, "person-out": true, "feedback-next": true, "feedback-reply": true, "my-feedback": true, "delegate": true, "delegate-to": true, "leave-by": true}
)

var inPrivate = say("群里大家都看得到。这件事请点开我的头像，在私聊里办。")

// longestText is how many characters of one message are read: no channel of people has
// longer ones.
const longestText = 4096

// Longest names that are taken over, in characters.
const (
	longestName     = 40
	longestFileName = 80
)

// named takes what could steer a screen or forge a line out of the names that a request
// brings, and cuts them.
func (r *Request) named() {
	r.Name = render.Shorten(unpiled(tidy(r.Name)), longestName)
	r.Media = slices.Clone(r.Media)
	for i := range r.Media {
		r.Media[i].Name = render.Shorten(unpiled(tidy(r.Media[i].Name)), longestFileName)
	}
}

// unpiled takes marks above and below characters from a name: piled up they cover
// the lines around it.
func unpiled(name string) string {
	return strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Mn, c) {
			return -1
		}
		return c
	}, norm.NFC.String(name))
}
