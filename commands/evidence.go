package commands

import (
	"errors"

	"duban/plan"
	"duban/render"
)

// lostEvidence is said of files that could not be had; they do not count.
const lostEvidence = "附件没有收到（太大或取不到），请重发。"

// errKeepFirst ends a transaction whose handler took files as evidence that are not kept
// yet: they are fetched outside of it, then it runs again.
var errKeepFirst = errors.New("files are to be kept first")

// evidence are the files among a list that are kept, so that records may refer to them. The
// first time it is called for them the transaction is broken off and they are fetched, so
// only what is taken as evidence ever is. Of those that cannot be had the person is told.
func (t *turn) evidence(list []plan.Evidence) []plan.Evidence {
	if t.request.Keep == nil {
		return list
	}
	var kept []plan.Evidence
	for _, e := range list {
		if e.Digest == "" {
			known, asked := t.fetched[e.Ref]
			if !asked {
				t.toKeep = append(t.toKeep, e)
			}
			if e.Digest = known; asked && known == "" {
				t.lost = true
				continue
			}
		}
		kept = append(kept, e)
	}
	return kept
}

// media is the evidence that the message brings.
func (t *turn) media() []plan.Evidence { return t.evidence(t.request.Media) }

// fetch fetches what a handler took as evidence.
func (t *turn) fetch() error {
	if t.fetched == nil {
		t.fetched = map[string]string{}
	}
	for _, e := range t.request.Keep(t.ctx, t.toKeep) {
		t.fetched[e.Ref] = e.Digest
	}
	return t.ctx.Err() // where the program ends, the request comes again
}

// withLoss says before the answer that a file was not received.
func (t *turn) withLoss(messages []render.Message) []render.Message {
	switch {
	case !t.lost:
	case len(messages) == 0:
		return one(render.Message{Text: lostEvidence})
	default:
		messages[0].Text = lostEvidence + "\n" + messages[0].Text
	}
	return messages
}
