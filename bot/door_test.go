package bot

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/commands"
	"duban/plan"
	"duban/report"
	"duban/report/builtin"
	"duban/storage"
)

// deaf is a Bot API that refuses everything: what comes in is what is tested.
type deaf struct{}

func (deaf) RoundTrip(r *http.Request) (*http.Response, error) {
	body := io.NopCloser(strings.NewReader(`{"ok":false,"error_code":400,"description":"Bad Request"}`))
	return &http.Response{StatusCode: http.StatusBadRequest, Header: http.Header{}, Body: body, Request: r}, nil
}

// newDoor is a channel over a database with a report and a supervisor (7), whose API is deaf.
func newDoor(t testing.TB) (*Telegram, *storage.DB) {
	t.Helper()
	db, err := storage.Open(filepath.Join(t.TempDir(), "door.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	p, err := report.Parse(builtin.Text(), report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p.State = plan.Published
	merged, _ := plan.Merge(nil, p)
	err = db.Update(t.Context(), func(tx plan.Tx) error {
		d := tx.As(plan.System, time.Time{})
		if err := d.PutPlan(merged); err != nil {
			return err
		}
		return d.PutPerson(plan.Person{ID: "telegram:7", Chat: "telegram:7", Role: plan.Supervisor})
	})
	if err != nil {
		t.Fatal(err)
	}
	c := NewTelegram(commands.New(db, commands.Options{}), db, Options{
		Token: "1:secret", Endpoint: "http://127.0.0.1:1", Transport: deaf{}, Zone: time.UTC, MaxFile: 1 << 20,
		Webhook: &Webhook{Secret: "secret_of-the-hook"}, Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return time.Date(2017, 7, 28, 10, 0, 0, 0, time.UTC) },
	})
	c.self.ID, c.self.UserName = 777, "duban_test_bot"
	return c, db
}

// updates are such as Telegram sends, and such as it never would.
var updates = []string{
	`{"update_id":5,"message":{"message_id":1,"date":1,"text":"今年要新增多少张养老床位？","chat":{"id":66,"type":"private"},"from":{"id":66,"is_bot":false,"first_name":"x"}}}`,
	`{"update_id":6,"message":{"message_id":2,"date":1,"caption":"养老床位 1476","photo":[{"file_id":"f","width":1,"height":1}],"chat":{"id":7,"type":"private"},"from":{"id":7,"first_name":"王"}}}`,
	`{"update_id":7,"edited_message":{"message_id":2,"date":1,"text":"反馈 实事8 路没修","document":{"file_id":"d","file_name":"../../x.pdf","file_size":99999999999},"chat":{"id":66,"type":"private"},"from":{"id":66}}}`,
	`{"update_id":8,"callback_query":{"id":"q","data":"a:review-ok:1","from":{"id":66},"message":{"message_id":3,"date":0,"chat":{"id":66,"type":"private"}}}}`,
	`{"update_id":9,"callback_query":{"id":"q","data":"l::0","from":{"id":66},"inline_message_id":"x"}}`,
	`{"update_id":10,"inline_query":{"id":"q","query":"养老床位","from":{"id":66}}}`,
	`{"update_id":11,"my_chat_member":{"chat":{"id":-5,"type":"group"},"from":{"id":66},"new_chat_member":{"status":"kicked","user":{"id":777}}}}`,
	`{"update_id":12,"message":{"message_id":4,"date":1,"migrate_to_chat_id":-100,"chat":{"id":-5,"type":"group"}}}`,
	`{"update_id":13,"message":{"message_id":5,"date":1,"text":"@duban_test_bot 待审","chat":{"id":-5,"type":"group"},"from":{"id":1087968824,"is_bot":true},"sender_chat":{"id":-5}}}`,
	`{"update_id":-1,"message":{"message_id":-9223372036854775808,"chat":{"id":0},"from":{"id":0},"text":"\u0000\ud800"}}`,
	`{"update_id":14,"message":null,"callback_query":{"id":"","data":"a:file-ok:0","message":null}}`,
	`{"update_id":15,"my_chat_member":{"new_chat_member":null}}`, `{"update_id":16,"inline_query":{"from":null,"query":"/x"}}`, `[]`, `null`, `{"update_id":"1"}`,
}

// handled takes an update the whole way from its bytes to its answer.
func handled(t *testing.T, c *Telegram, data []byte) {
	t.Helper()
	in, err := readUpdate(data)
	if err != nil {
		return
	}
	if change := in.change(); change != nil {
		if err := c.store.Update(t.Context(), change); err != nil && !errors.Is(err, plan.ErrUpdated) {
			t.Errorf("%s: %v", data, err)
		}
		return
	}
	request, wanted := c.request(&in)
	if !wanted {
		c.pass(t.Context(), &in)
		c.asides.wait(t.Context())
		return
	}
	_, _, _ = in.album(), c.replyTo(&in), turnsPage(&in)
	in.request = request
	request = c.equip(&in)
	request.Update = "" // the same one may come again
	if _, err := c.converse(t.Context(), request); err != nil {
		t.Errorf("%s: %v", data, err)
	}
}

// FuzzUpdate handles any JSON as an update: nothing panics and nothing that somebody sends
// goes wrong.
func FuzzUpdate(f *testing.F) {
	for _, u := range updates {
		f.Add([]byte(u))
	}
	c, _ := newDoor(f)
	f.Fuzz(func(t *testing.T, data []byte) { handled(t, c, data) })
}

// FuzzWebhook posts any body with the right secret: the answer is one of those that Telegram
// understands.
func FuzzWebhook(f *testing.F) {
	for _, u := range updates {
		f.Add([]byte(u))
	}
	c, _ := newDoor(f)
	ctx, stop := context.WithCancel(context.Background())
	sent := make(chan error, 1)
	go func() { sent <- c.sender.run(ctx) }()
	f.Cleanup(func() {
		c.lanes.wait(context.Background())
		c.asides.wait(context.Background())
		stop()
		<-sent
	})
	mux := c.webhookMux(ctx)
	f.Fuzz(func(t *testing.T, body []byte) {
		r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
		r.Header.Set(secretHeader, "secret_of-the-hook")
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, r)
		switch w.Code {
		case http.StatusOK, http.StatusBadRequest, http.StatusRequestEntityTooLarge:
		default:
			t.Errorf("%q: status %d", body, w.Code)
		}
	})
}
