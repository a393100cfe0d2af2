package commands

import "strings"

// Deep links of the bot: t.me/BOT?start=PARAMETER arrives as /start PARAMETER.
const (
	inviteLink = "inv_"
	itemLink   = "item_"
)

// followLink turns the /start of a deep link into the command that it stands for.
func (t *turn) followLink() {
	command, parameter, _ := strings.Cut(t.text, " ")
	command, _, _ = strings.Cut(command, "@")
	if !strings.EqualFold(command, "/start") {
		return
	}
	if token, ok := strings.CutPrefix(parameter, inviteLink); ok {
		t.text = "/join " + token
	}
	if code, ok := strings.CutPrefix(parameter, itemLink); ok {
		t.text = "/item " + strings.ReplaceAll(code, "_", ".")
	}
}
