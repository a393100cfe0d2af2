package bot_test

import (
	"strconv"
	"sync/atomic"
	"time"

	"duban/plan"
	"duban/render"
)

var letters atomic.Int64

func chatOf(id int64) string { return "telegram:" + strconv.FormatInt(id, 10) }

// letter is a stored message with a key of its own.
func letter(chat, text string) plan.Delivery {
	payload, _ := render.Encode(render.Message{Text: text})
	return plan.Delivery{Key: "test:" + strconv.FormatInt(letters.Add(1), 10), Recipient: chat, Payload: payload, At: time.Now()}
}
