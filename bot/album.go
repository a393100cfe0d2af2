package bot

import (
	"sync"
	"time"
)

// albumTime is how long the pictures of an album are waited for, which come as messages of
// their own.
const albumTime = 800 * time.Millisecond

// albums gather the messages of an album while the first of them waits.
type albums struct {
	mu   sync.Mutex
	open map[string][]*incoming // album → what came after its first message
}

// album names the album that a message is part of; "" where it is in none. An edited message
// stands alone.
func (in *incoming) album() string {
	if m := in.update.Message; m != nil && m.MediaGroupID != "" && in.wanted {
		return in.chat() + "/" + m.MediaGroupID
	}
	return ""
}

// add takes a message in; true for the first of its album.
func (a *albums) add(album string, in *incoming) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.open == nil {
		a.open = map[string][]*incoming{}
	}
	list, waits := a.open[album]
	if a.open[album] = list; waits {
		a.open[album] = append(list, in)
	}
	return !waits
}

// gather makes one request of an album: the first of its messages with the pictures and the
// words of all.
func (a *albums) gather(album string, in *incoming) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, next := range a.open[album] {
		in.request.Media = append(in.request.Media, next.request.Media...)
		if words := next.request.Text; in.request.Text == "" {
			in.request.Text = words
		} else if words != "" && words != in.request.Text {
			in.request.Text += "；" + words
		}
		in.rest = append(in.rest, next.id)
	}
	delete(a.open, album)
}

// ids are the updates that an incoming message came in.
func (in *incoming) ids() []string { return append([]string{in.id}, in.rest...) }
