package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"duban/bot/telegramtest"
	"duban/plan"
)

// TestThrownOutOnce: an old report of being blocked does not end a later subscription.
func TestThrownOutOnce(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	kicked := map[string]any{
		"chat": map[string]any{"id": 1, "type": "private"}, "from": map[string]any{"id": 1, "is_bot": false, "first_name": "甲"}, "date": 1,
		"old_chat_member": map[string]any{"status": "member", "user": map[string]any{"id": 777}},
		"new_chat_member": map[string]any{"status": "kicked", "user": map[string]any{"id": 777}},
	}
	id := c.Push("my_chat_member", kicked)
	p := c.Person(1, "甲")
	p.Ask(t, "/help")
	c.follow(t, 1)
	c.Again(id, "my_chat_member", kicked)
	p.Ask(t, "/help")
	if !c.follows(t, 1) {
		t.Error("the subscription is gone")
	}
}

// TestInlineIsAnsweredOnce, although the updates that it comes with cannot be stored.
func TestInlineIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	c, disk := onFullDisk(t)
	c.run(t)
	p := c.Person(1, "甲")
	p.Ask(t, "/help")
	disk.full.Store(true)
	p.Say(question)
	query := p.Query("养老床位")
	eventually(t, "failures", func() bool { return strings.Count(c.log.String(), "store updates") > 1 })
	disk.full.Store(false)
	p.Await(t, 1)
	eventually(t, "the cards", func() bool { return c.Answered(query) == 1 })
}

// TestEditOfNothing: an edit that leaves the words as they were is not answered again.
func TestEditOfNothing(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	p := c.Person(1, "甲")
	p.Ask(t, question)
	p.Edit(question)
	p.Edit("/help")
	if m := p.Await(t, 1); !strings.Contains(m.Text, "直接提问") || len(c.texts(1)) != 2 {
		t.Errorf("%q", c.texts(1))
	}
}

// photoOf pushes a picture of an album.
func photoOf(c *channel, number int, album, caption string) {
	id := fmt.Sprintf("%s-%d", album, number)
	c.AddFile(id, "photo.jpg", []byte("\xff\xd8"+id))
	c.Push("message", map[string]any{
		"message_id": 100 + number, "date": time.Now().Unix(), "media_group_id": album, "caption": caption, "chat": map[string]any{"id": 9001, "type": "private"},
		"from":  map[string]any{"id": 9001, "is_bot": false, "first_name": "甲"},
		"photo": []map[string]any{{"file_id": id, "file_unique_id": id, "width": 1280, "height": 960}},
	})
}

// TestAlbum: its pictures are the evidence of one filing and have one reply.
func TestAlbum(t *testing.T) {
	t.Parallel()
	c := prepare(t, nil)
	p := c.member(t, 9001, plan.Supervisor, "")
	c.run(t)
	for i := range 3 {
		caption := ""
		if i == 1 {
			caption = "养老床位 1476"
		}
		photoOf(c, i, "album", caption)
		time.Sleep(50 * time.Millisecond)
	}
	if m := p.Await(t, 9001); !strings.Contains(m.Text, "1476") || !strings.Contains(m.Text, "3") {
		t.Errorf("%q", m.Text)
	}
	p.Ask(t, "确认")
	if f := c.filing(t); len(f.Evidence) != 3 {
		t.Errorf("%+v", f)
	}
	if n := len(c.texts(9001)); n != 2 {
		t.Errorf("%d messages: %q", n, c.texts(9001))
	}
	eventually(t, "an empty inbox", func() bool { return len(inbox(t, c)) == 0 })
}

// filing is the only one that there is.
func (c *channel) filing(t *testing.T) plan.Filing {
	t.Helper()
	var all []plan.Filing
	err := c.db.View(t.Context(), func(tx plan.Tx) error {
		list, err := tx.As(plan.System, time.Now()).Filings("聊城市2017")
		for _, some := range list {
			all = append(all, some...)
		}
		return err
	})
	if err != nil || len(all) != 1 {
		t.Fatalf("%d filings, %v", len(all), err)
	}
	return all[0]
}

// TestTopics: what is asked in a topic of a forum is answered there, at once and by the
// outbox; where the topic is gone, in the group.
func TestTopics(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	p := c.member(t, 9001, plan.Supervisor, "")
	ask := func(id int, text string) {
		c.Push("message", map[string]any{
			"message_id": id, "date": time.Now().Unix(), "text": "@duban_test_bot " + text, "is_topic_message": true, "message_thread_id": 77,
			"chat": map[string]any{"id": group, "type": "supergroup", "is_forum": true}, "from": map[string]any{"id": 9001, "is_bot": false, "first_name": "甲"},
		})
		p.Await(t, group)
	}
	ask(501, question)
	ask(503, "养老床位 1476")
	c.Add(telegramtest.Refusal(400, "Bad Request: message thread not found").On("sendMessage", 1))
	ask(505, question)
	var topics []string
	for _, call := range c.Calls("sendMessage") {
		topics = append(topics, call.Values["message_thread_id"])
	}
	if got := strings.Join(topics, ","); got != "77,77,77," {
		t.Errorf("topics %s", got)
	}
}

// TestYesterdaysMessage: what was written before midnight is of its own day.
func TestYesterdaysMessage(t *testing.T) {
	t.Parallel()
	c := prepare(t, nil)
	p := c.member(t, 9001, plan.Supervisor, "")
	written := time.Now().Add(-23 * time.Hour)
	c.Push("message", map[string]any{
		"message_id": 5, "date": written.Unix(), "text": "养老床位 1476", "chat": map[string]any{"id": 9001, "type": "private"},
		"from": map[string]any{"id": 9001, "is_bot": false, "first_name": "甲"},
	})
	c.run(t)
	p.AwaitText(t, 9001, "1476")
	p.Ask(t, "确认")
	zone, _ := time.LoadLocation("Asia/Shanghai")
	if got, want := c.filing(t).Date, plan.DateOf(written.In(zone)); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}
