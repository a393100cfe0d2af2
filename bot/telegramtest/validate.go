package telegramtest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

var (
	commandName = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	secretToken = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)
)

// validate checks a call against the table; "" where the real server would take it.
func validate(c *Call) string {
	m, ok := Methods[c.Method]
	if !ok {
		return "method not found"
	}
	for name, value := range c.Values {
		p, known := m.Parameters[name]
		if !known {
			return "unknown parameter " + name
		}
		if problem := checkValue(name, value, p); problem != "" {
			return problem
		}
	}
	for name := range c.Files {
		if m.Parameters[name].Kind != file {
			return "unexpected file " + name
		}
	}
	for name, p := range m.Parameters {
		_, given := c.Values[name]
		_, uploaded := c.Files[name]
		if p.Required && !given && !uploaded {
			return "missing " + name
		}
	}
	return checkMethod(c)
}

func checkValue(name, value string, p Parameter) string {
	switch p.Kind {
	case integer:
		n, err := strconv.Atoi(value)
		if err != nil {
			return name + " is no integer"
		}
		if p.Min != 0 && n < p.Min || p.Max != 0 && n > p.Max {
			return name + " is out of range"
		}
	case boolean:
		if value != "true" && value != "false" {
			return name + " is no boolean"
		}
	case object, array:
		want := "{"
		if p.Kind == array {
			want = "["
		}
		if !json.Valid([]byte(value)) || !strings.HasPrefix(strings.TrimSpace(value), want) {
			return name + " is no JSON " + p.Kind
		}
	case text:
		return checkText(name, value, p)
	case chatRef:
		if _, err := strconv.ParseInt(value, 10, 64); err != nil && !strings.HasPrefix(value, "@") {
			return name + " is no chat"
		}
	}
	return ""
}

func checkText(name, value string, p Parameter) string {
	n := utf8.RuneCountInString(value)
	switch {
	case !utf8.ValidString(value):
		return name + " is no UTF-8"
	case p.Max > 0 && n > p.Max:
		return fmt.Sprintf("message is too long: %s has %d characters", name, n)
	case n < p.Min || p.Min > 0 && strings.TrimSpace(value) == "":
		return "message text is empty"
	case len(p.Enum) > 0 && !slices.Contains(p.Enum, value):
		return name + " is not one of its values"
	}
	return ""
}

// checkMethod checks what no single parameter shows.
func checkMethod(c *Call) string {
	if markup, ok := c.Values["reply_markup"]; ok {
		if problem := checkMarkup(markup); problem != "" {
			return problem
		}
	}
	switch c.Method {
	case "sendMessage", "editMessageText":
		if c.Values["parse_mode"] == "HTML" && !balancedHTML(c.Values["text"]) {
			return "can't parse entities"
		}
	case "sendPhoto":
		if len(c.Files["photo"].Data) > maxPhoto {
			return "photo is too large"
		}
	case "sendDocument":
		if len(c.Files["document"].Data) > maxUpload {
			return "file is too large"
		}
	case "setMyCommands":
		return checkCommands(c.Values["commands"])
	case "setWebhook":
		if problem := checkHook(c.Values["url"]); problem != "" {
			return problem
		}
		if s, ok := c.Values["secret_token"]; ok && !secretToken.MatchString(s) {
			return "secret_token has other characters"
		}
	case "answerInlineQuery":
		return checkResults(c.Values["results"])
	}
	return ""
}

// checkHook wants HTTPS, but for webhooks of tests.
func checkHook(address string) string {
	if u, err := url.Parse(address); err == nil && (u.Scheme == "https" || u.Hostname() == "127.0.0.1" || address == "") {
		return ""
	}
	return "bad webhook: an HTTPS URL must be provided for webhook"
}

func checkMarkup(markup string) string {
	var m struct {
		Inline [][]struct {
			Text string  `json:"text"`
			Data *string `json:"callback_data"`
			URL  *string `json:"url"`
		} `json:"inline_keyboard"`
	}
	if json.Unmarshal([]byte(markup), &m) != nil {
		return "reply_markup cannot be read"
	}
	for _, row := range m.Inline {
		for _, key := range row {
			switch {
			case key.Text == "":
				return "a button without text"
			case key.Data == nil && key.URL == nil:
				return "a button that does nothing"
			case key.Data != nil && (len(*key.Data) < 1 || len(*key.Data) > 64):
				return "BUTTON_DATA_INVALID"
			}
		}
	}
	return ""
}

func checkCommands(list string) string {
	var commands []struct{ Command, Description string }
	if json.Unmarshal([]byte(list), &commands) != nil || len(commands) > 100 {
		return "commands cannot be read"
	}
	for _, c := range commands {
		if n := utf8.RuneCountInString(c.Description); !commandName.MatchString(c.Command) || n < 1 || n > 256 {
			return "BOT_COMMAND_INVALID " + c.Command
		}
	}
	return ""
}

func checkResults(list string) string {
	var results []struct{ Type, ID, Title string }
	if json.Unmarshal([]byte(list), &results) != nil || len(results) > 50 {
		return "results cannot be read"
	}
	seen := map[string]bool{}
	for _, r := range results {
		if r.ID == "" || len(r.ID) > 64 || seen[r.ID] || r.Type == "" {
			return "RESULT_ID_INVALID"
		}
		seen[r.ID] = true
	}
	return ""
}

var htmlTag = regexp.MustCompile(`<(/?)([a-z]+)[^<>]*>`)

// balancedHTML reports whether tags are closed in order and no < stands alone.
func balancedHTML(s string) bool {
	var open []string
	for _, tag := range htmlTag.FindAllStringSubmatch(s, -1) {
		if tag[1] == "" {
			open = append(open, tag[2])
			continue
		}
		if len(open) == 0 || open[len(open)-1] != tag[2] {
			return false
		}
		open = open[:len(open)-1]
	}
	return len(open) == 0 && !strings.Contains(htmlTag.ReplaceAllString(s, ""), "<")
}
