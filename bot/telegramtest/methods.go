package telegramtest

// Kinds of parameters.
const (
	integer = "Integer"
	text    = "String"
	boolean = "Boolean"
	object  = "object" // JSON
	array   = "array"  // JSON
	file    = "file"   // an upload, or a string
	chatRef = "chat"   // Integer or String
)

// Parameter is what a method takes.
type Parameter struct {
	Kind     string
	Required bool
	Min, Max int // of a text in characters, of an integer its value; 0 is no limit
	Enum     []string
}

// Method is one method of the Bot API as far as its callers here use it.
type Method struct {
	Parameters map[string]Parameter
	Sends      bool // counts against the rates of messages
}

var replyFields = map[string]Parameter{
	"chat_id":              {Kind: chatRef, Required: true},
	"message_thread_id":    {Kind: integer},
	"disable_notification": {Kind: boolean},
	"protect_content":      {Kind: boolean},
	"reply_parameters":     {Kind: object},
	"reply_markup":         {Kind: object},
	"parse_mode":           {Kind: text, Enum: []string{"HTML", "MarkdownV2", "Markdown"}},
}

// with adds parameters to those of every message.
func with(more map[string]Parameter) map[string]Parameter {
	all := map[string]Parameter{}
	for name, p := range replyFields {
		all[name] = p
	}
	for name, p := range more {
		all[name] = p
	}
	return all
}

// Methods is the table of methods, written by hand from the Bot API's documentation; a test
// compares it with a list of the whole API.
var Methods = map[string]Method{
	"getMe":  {},
	"logOut": {},
	"getUpdates": {Parameters: map[string]Parameter{
		"offset": {Kind: integer}, "limit": {Kind: integer, Min: 1, Max: 100}, "timeout": {Kind: integer}, "allowed_updates": {Kind: array},
	}},
	"setWebhook": {Parameters: map[string]Parameter{
		"url": {Kind: text, Required: true}, "certificate": {Kind: file}, "ip_address": {Kind: text}, "max_connections": {Kind: integer, Min: 1, Max: 100},
		"allowed_updates": {Kind: array}, "drop_pending_updates": {Kind: boolean}, "secret_token": {Kind: text, Min: 1, Max: 256},
	}},
	"deleteWebhook":  {Parameters: map[string]Parameter{"drop_pending_updates": {Kind: boolean}}},
	"getWebhookInfo": {},
	"sendMessage": {Sends: true, Parameters: with(map[string]Parameter{
		"text": {Kind: text, Required: true, Min: 1, Max: 4096}, "entities": {Kind: array}, "link_preview_options": {Kind: object},
	})},
	"sendPhoto": {Sends: true, Parameters: with(map[string]Parameter{
		"photo": {Kind: file, Required: true}, "caption": {Kind: text, Max: 1024}, "caption_entities": {Kind: array}, "has_spoiler": {Kind: boolean},
		"show_caption_above_media": {Kind: boolean},
	})},
	"sendDocument": {Sends: true, Parameters: with(map[string]Parameter{
		"document": {Kind: file, Required: true}, "caption": {Kind: text, Max: 1024}, "caption_entities": {Kind: array}, "thumbnail": {Kind: file},
		"disable_content_type_detection": {Kind: boolean},
	})},
	"sendChatAction": {Parameters: map[string]Parameter{
		"chat_id": {Kind: chatRef, Required: true}, "message_thread_id": {Kind: integer}, "action": {Kind: text, Required: true},
	}},
	"editMessageText": {Sends: true, Parameters: map[string]Parameter{
		"chat_id": {Kind: chatRef}, "message_id": {Kind: integer}, "inline_message_id": {Kind: text}, "text": {Kind: text, Min: 1, Max: 4096},
		"parse_mode": replyFields["parse_mode"], "entities": {Kind: array}, "link_preview_options": {Kind: object}, "reply_markup": {Kind: object},
	}},
	"editMessageReplyMarkup": {Sends: true, Parameters: map[string]Parameter{
		"chat_id": {Kind: chatRef}, "message_id": {Kind: integer}, "inline_message_id": {Kind: text}, "reply_markup": {Kind: object},
	}},
	"answerCallbackQuery": {Parameters: map[string]Parameter{
		"callback_query_id": {Kind: text, Required: true}, "text": {Kind: text, Max: 200}, "show_alert": {Kind: boolean}, "url": {Kind: text},
		"cache_time": {Kind: integer},
	}},
	"answerInlineQuery": {Parameters: map[string]Parameter{
		"inline_query_id": {Kind: text, Required: true}, "results": {Kind: array, Required: true}, "cache_time": {Kind: integer}, "is_personal": {Kind: boolean},
		"next_offset": {Kind: text, Max: 64}, "button": {Kind: object},
	}},
	"getFile": {Parameters: map[string]Parameter{"file_id": {Kind: text, Required: true}}},
	"setMyCommands": {Parameters: map[string]Parameter{
		"commands": {Kind: array, Required: true}, "scope": {Kind: object}, "language_code": {Kind: text},
	}},
	"deleteMyCommands": {Parameters: map[string]Parameter{"scope": {Kind: object}, "language_code": {Kind: text}}},
	"getMyCommands":    {Parameters: map[string]Parameter{"scope": {Kind: object}, "language_code": {Kind: text}}},
	"getChat":          {Parameters: map[string]Parameter{"chat_id": {Kind: chatRef, Required: true}}},
}
