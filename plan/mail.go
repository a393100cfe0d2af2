package plan

import "time"

// Mail is what comes in and goes out, so that a crash loses nothing and applies nothing
// twice.
type Mail interface {
	// Receive keeps an update that came in until Once settles it; ErrUpdated where it came
	// before.
	Receive(u Update) error
	// Inbox lists the updates that are not settled, in the order of receiving.
	Inbox() ([]Update, error)
	// Once settles an update and notes its id for ever; ErrUpdated where it was noted before.
	Once(update string) error
	// Settled reports whether an update was.
	Settled(update string) (bool, error)

	// Attempt notes that the handling of an update begins, and returns how often it has begun
	// without an end; Survived, like Once, is the end.
	Attempt(update string) (int, error)
	Survived(update string) error

	// Keeps notes files that a channel is about to keep for records, by their digests.
	Keeps(digests ...string) error
	// Unused lists noted files that no record refers to any more, and no open question.
	Unused(now time.Time) ([]string, error)
	// Dropped notes that files are kept no longer.
	Dropped(digests ...string) error

	// Send stores outgoing messages; one whose key was stored before is left out.
	Send(messages ...Delivery) error
	// Stored reports whether a message was ever stored under a key.
	Stored(key string) (bool, error)
	// Outbox returns stored messages to a chat in the order of storing; "" is every chat.
	Outbox(chat string) ([]Delivery, error)
	// OutboxAfter returns up to most stored messages behind a number.
	OutboxAfter(number uint64, most int) ([]Delivery, error)
	// Sent takes messages out of the outbox.
	Sent(keys ...string) error
	// Bury takes a message out of the outbox that cannot be delivered, and keeps why.
	Bury(key, why string, at time.Time) error

	// Noted records that something was sent to a chat; RecentlySent lists that of the last
	// minutes, for limits that hold across restarts.
	Noted(chat string, at time.Time) error
	RecentlySent(since time.Time) ([]SentNote, error)
	// Gone takes a chat that cannot be reached any more out of all subscriptions.
	Gone(chat string) error
	// Moved renames a chat everywhere: a group became a supergroup.
	Moved(from, to string) error
}

// MailDesk shows what happens to the mail.
type MailDesk interface {
	// Buried lists the newest messages that could not be delivered, newest first.
	// ActSeeOutbox.
	Buried(most int) ([]DeadLetter, error)
	// Waiting sums up what is not delivered yet. ActSeeOutbox.
	Waiting() (Queue, error)
}

// Queue is what waits in the outbox.
type Queue struct {
	Messages int
	Oldest   time.Time // when the oldest was stored
	Buried   int       // messages that were given up
}

// Update is something that came in from a channel.
type Update struct {
	ID   string `json:"id"`
	Data []byte `json:"data"` // as the channel sent it
}

// DeadLetter is a message that could not be delivered.
type DeadLetter struct {
	Delivery
	Why string    `json:"why"`
	On  time.Time `json:"on"`
}

// SentNote says when something was sent to a chat.
type SentNote struct {
	Chat string
	At   time.Time
}
