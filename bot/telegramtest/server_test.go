package telegramtest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// reply is what the server said.
type reply struct {
	Status      int
	OK          bool            `json:"ok"`
	Description string          `json:"description"`
	Result      json.RawMessage `json:"result"`
}

// call makes a call with form parameters.
func call(t *testing.T, s *Server, method string, params ...string) reply {
	t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(params); i += 2 {
		form.Set(params[i], params[i+1])
	}
	return send(t, s.URL+"/bot"+Token+"/"+method, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

func send(t *testing.T, address, kind string, body io.Reader) reply {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", kind)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var r reply
	_ = json.NewDecoder(response.Body).Decode(&r)
	r.Status = response.StatusCode
	return r
}

// TestRules breaks one rule of the API at a time: each is refused as the real server does
// it, and noted.
func TestRules(t *testing.T) {
	t.Parallel()
	key := func(data string) string { return `{"inline_keyboard":[[{"text":"x","callback_data":"` + data + `"}]]}` }
	for _, r := range []struct {
		name   string
		method string
		params []string
		want   string // of the description; "" is accepted
	}{
		{"in order", "sendMessage", []string{"chat_id", "1", "text", "x", "reply_markup", key("a")}, ""},
		{"64 bytes of data", "sendMessage", []string{"chat_id", "1", "text", "x", "reply_markup", key(strings.Repeat("a", 64))}, ""},
		{"4096 characters", "sendMessage", []string{"chat_id", "1", "text", strings.Repeat("长", 4096)}, ""},
		{"unknown parameter", "sendMessage", []string{"chat_id", "1", "text", "x", "disable_web_page_preview", "true"}, "unknown parameter"},
		{"missing text", "sendMessage", []string{"chat_id", "1"}, "missing text"},
		{"missing chat", "sendMessage", []string{"text", "x"}, "missing chat_id"},
		{"no chat", "sendMessage", []string{"chat_id", "one", "text", "x"}, "chat"},
		{"no integer", "getUpdates", []string{"offset", "x"}, "integer"},
		{"limit too large", "getUpdates", []string{"limit", "101"}, "range"},
		{"no boolean", "sendMessage", []string{"chat_id", "1", "text", "x", "protect_content", "yes"}, "boolean"},
		{"no array", "getUpdates", []string{"allowed_updates", "message"}, "JSON"},
		{"no object", "sendMessage", []string{"chat_id", "1", "text", "x", "reply_parameters", "5"}, "JSON"},
		{"empty", "sendMessage", []string{"chat_id", "1", "text", " \n"}, "message text is empty"},
		{"too long", "sendMessage", []string{"chat_id", "1", "text", strings.Repeat("长", 4097)}, "message is too long"},
		{"no UTF-8", "sendMessage", []string{"chat_id", "1", "text", "\xff"}, "UTF-8"},
		{"caption too long", "sendPhoto", []string{"chat_id", "1", "photo", "x", "caption", strings.Repeat("长", 1025)}, "too long"},
		{"data too long", "sendMessage", []string{"chat_id", "1", "text", "x", "reply_markup", key(strings.Repeat("长", 22))}, "BUTTON_DATA_INVALID"},
		{"no data", "sendMessage", []string{"chat_id", "1", "text", "x", "reply_markup", key("")}, "BUTTON_DATA_INVALID"},
		{"no label", "sendMessage", []string{"chat_id", "1", "text", "x", "reply_markup", `{"inline_keyboard":[[{"text":"","callback_data":"a"}]]}`}, "without text"},
		{"HTML that is open", "sendMessage", []string{"chat_id", "1", "text", "<b>x", "parse_mode", "HTML"}, "can't parse entities"},
		{"HTML that crosses", "sendMessage", []string{"chat_id", "1", "text", "<b><i>x</b></i>", "parse_mode", "HTML"}, "can't parse entities"},
		{"a mode that is none", "sendMessage", []string{"chat_id", "1", "text", "x", "parse_mode", "html5"}, "values"},
		{"answer too long", "answerCallbackQuery", []string{"callback_query_id", "q", "text", strings.Repeat("长", 201)}, "too long"},
		{"unknown query", "answerCallbackQuery", []string{"callback_query_id", "q"}, "query is too old"},
		{"command in capitals", "setMyCommands", []string{"commands", `[{"command":"List","description":"x"}]`}, "BOT_COMMAND_INVALID"},
		{"command without words", "setMyCommands", []string{"commands", `[{"command":"list","description":""}]`}, "BOT_COMMAND_INVALID"},
		{"secret with a blank", "setWebhook", []string{"url", "https://example.com", "secret_token", "a b"}, "secret_token"},
		{"webhook without TLS", "setWebhook", []string{"url", "http://example.com"}, "HTTPS"},
		{"results of one name", "answerInlineQuery", []string{"inline_query_id", "q", "results", `[{"type":"article","id":"a"},{"type":"article","id":"a"}]`}, "RESULT_ID_INVALID"},
		{"edit of nothing", "editMessageText", []string{"chat_id", "1", "message_id", "99", "text", "x"}, "message to edit not found"},
		{"unknown file", "getFile", []string{"file_id", "x"}, "file_id"},
	} {
		s := Start()
		s.chats[1] = &Chat{ID: 1, Type: "private"}
		got := call(t, s, r.method, r.params...)
		s.Close()
		if r.want == "" {
			if !got.OK || len(s.Problems()) > 0 {
				t.Errorf("%s: %+v, %v", r.name, got, s.Problems())
			}
			continue
		}
		if got.Status != http.StatusBadRequest || !strings.Contains(got.Description, r.want) {
			t.Errorf("%s: %d %q, want 400 %q", r.name, got.Status, got.Description, r.want)
		}
	}
}

// TestRulesOfAccess: tokens, methods, pollers and webhooks.
func TestRulesOfAccess(t *testing.T) {
	t.Parallel()
	s := Start()
	defer s.Close()
	if got := send(t, s.URL+"/bot1:wrong/getMe", "application/json", nil); got.Status != 401 {
		t.Errorf("wrong token: %d", got.Status)
	}
	if got := call(t, s, "getMeals"); got.Status != 404 || len(s.Problems()) != 1 {
		t.Errorf("unknown method: %d, %v", got.Status, s.Problems())
	}
	first := make(chan reply, 1)
	go func() { first <- call(t, s, "getUpdates", "timeout", "10") }()
	if !s.waitFor(5*time.Second, func() bool { return s.polling == 1 }) {
		t.Fatal("no poller")
	}
	s.Push("message", map[string]any{"x": 1})
	if got := <-first; !got.OK || !strings.Contains(string(got.Result), `"update_id":1001`) {
		t.Errorf("poll: %+v", got)
	}
	go func() { first <- call(t, s, "getUpdates", "timeout", "10", "offset", "1002") }()
	s.waitFor(5*time.Second, func() bool { return s.polling == 2 })
	if n := s.Unconfirmed(); n != 0 {
		t.Errorf("%d updates are not confirmed", n)
	}
	second := make(chan reply, 1)
	go func() { second <- call(t, s, "getUpdates", "timeout", "1", "offset", "1002") }()
	if got := <-first; got.Status != 409 {
		t.Errorf("the first of two pollers: %d", got.Status)
	}
	if got := <-second; !got.OK {
		t.Errorf("the second: %+v", got)
	}
	call(t, s, "setWebhook", "url", "https://example.com/")
	if got := call(t, s, "getUpdates"); got.Status != 409 {
		t.Errorf("polling beside a webhook: %d", got.Status)
	}
}

// TestRulesOfQueries: an answer that comes twice is noted, unless the first was cut.
func TestRulesOfQueries(t *testing.T) {
	t.Parallel()
	s := Start()
	defer s.Close()
	s.queries["q"], s.queries["r"] = 0, 0
	call(t, s, "answerCallbackQuery", "callback_query_id", "q")
	if len(s.Problems()) > 0 {
		t.Error(s.Problems())
	}
	call(t, s, "answerCallbackQuery", "callback_query_id", "q")
	if len(s.Problems()) != 1 {
		t.Error("a second answer is not noted")
	}
	s.Add(Truncated().On("answerCallbackQuery", 1))
	call(t, s, "answerCallbackQuery", "callback_query_id", "r")
	call(t, s, "answerCallbackQuery", "callback_query_id", "r")
	if len(s.Problems()) != 1 {
		t.Errorf("an answer after a cut one is noted: %v", s.Problems())
	}
}

// TestAudit: rates and sends during a pause are seen.
func TestAudit(t *testing.T) {
	t.Parallel()
	begin := time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC)
	at := func(ms int) time.Time { return begin.Add(time.Duration(ms) * time.Millisecond) }
	s := Start()
	defer s.Close()
	for i := range 30 {
		s.ledger = append(s.ledger, &Call{Method: "sendMessage", ChatID: int64(i + 1), At: at(i)})
	}
	s.ledger = append(s.ledger, &Call{Method: "getMe", At: at(31)}, &Call{Method: "sendMessage", ChatID: 99, At: at(1000)})
	if p := s.Audit(); p != (Peaks{Global: 30, Chat: 1}) {
		t.Errorf("peaks %s", p)
	}
	s.ledger = append(s.ledger, &Call{Method: "editMessageText", ChatID: 30, At: at(999)}, &Call{Method: "sendPhoto", ChatID: -5, At: at(999)}, &Call{Method: "sendPhoto", ChatID: -5, At: at(60_998)})
	if p := s.Audit(); p != (Peaks{Global: 32, Chat: 2, Group: 2}) {
		t.Errorf("peaks %s", p)
	}
	s.Forget()
	s.ledger = []*Call{
		{Method: "sendMessage", At: at(0), Status: 429, Wait: 2 * time.Second},
		{Method: "sendMessage", At: at(100)},
		{Method: "sendMessage", At: at(1900)},
		{Method: "sendMessage", At: at(2100)},
	}
	if list := s.DuringPause(); len(list) != 1 || !list[0].At.Equal(at(1900)) {
		t.Errorf("during the pause: %v", list)
	}
}

// TestBodies: parameters come as a query, a form, JSON or multipart, files with the last.
func TestBodies(t *testing.T) {
	t.Parallel()
	s := New(t)
	address := s.URL + "/bot" + Token + "/"
	send(t, address+"sendMessage?chat_id=1&text=query", "", nil)
	send(t, address+"sendMessage", "application/json", strings.NewReader(`{"chat_id":1,"text":"json","reply_markup":{"inline_keyboard":[]}}`))
	call(t, s, "sendMessage", "chat_id", "1", "text", "form")
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	_ = w.WriteField("chat_id", "1")
	_ = w.WriteField("caption", "multipart")
	part, _ := w.CreateFormFile("photo", "a.jpg")
	_, _ = part.Write([]byte("picture"))
	_ = w.Close()
	send(t, address+"sendPhoto", w.FormDataContentType(), &body)
	var got []string
	for _, m := range s.Messages(1) {
		got = append(got, m.Text)
	}
	if strings.Join(got, " ") != "query json form multipart" || string(s.Messages(1)[3].Photo.Data) != "picture" {
		t.Errorf("%q", got)
	}
	var me struct{ Username string }
	if r := send(t, address+"getMe", "application/json", strings.NewReader("{}")); json.Unmarshal(r.Result, &me) != nil || me.Username != s.UserName {
		t.Errorf("getMe: %+v", r)
	}
}

// TestHang: a call without an answer ends with its caller.
func TestHang(t *testing.T) {
	t.Parallel()
	s := New(t)
	s.Add(Hang(time.Minute).On("sendMessage", 0))
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	request, _ := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/bot"+Token+"/sendMessage?chat_id=1&text=x", nil)
	if response, err := http.DefaultClient.Do(request); err == nil {
		_ = response.Body.Close()
		t.Error("it was answered")
	}
}
