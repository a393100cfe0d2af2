package bot

import (
	"hash/maphash"
	"sync"

	"duban/commands"
)

// rememberedWords is how many messages are remembered at least, to know an edit that changes
// nothing.
const rememberedWords = 2048

// words remembers what messages said: a hash of it, in memory only.
type words struct {
	mu       sync.Mutex
	seed     maphash.Seed
	now, old map[uint64]uint64 // message → what it said, both hashed; the old ones are dropped when the new ones are many
}

func newWords() *words { return &words{seed: maphash.MakeSeed(), now: map[uint64]uint64{}} }

// repeats notes what a message says, and reports whether it is an edit that says the same as
// before: a preview or a reaction changed.
func (w *words) repeats(r *commands.Request) bool {
	if r.Message == "" {
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	said := r.Text
	for _, e := range r.Media {
		said += "\x00" + e.Ref
	}
	message, hash := maphash.String(w.seed, r.Message), maphash.String(w.seed, said)
	before, known := w.now[message]
	if !known {
		before, known = w.old[message]
	}
	if w.now[message] = hash; len(w.now) > rememberedWords {
		w.old, w.now = w.now, map[uint64]uint64{}
	}
	return r.Edited && known && before == hash
}
