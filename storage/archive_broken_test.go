package storage_test

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"duban/plan"
	"duban/storage"
)

// TestArchivesThatContradictThemselves: nothing of a broken archive is loaded, whatever is
// broken in it.
func TestArchivesThatContradictThemselves(t *testing.T) {
	t.Parallel()
	full := open(t, filepath.Join(t.TempDir(), "a.db"))
	fillAll(t, full)
	data := export(t, full)
	into := open(t, filepath.Join(t.TempDir(), "b.db"))
	empty := storage.Dump(t, into)
	for name, c := range map[string]struct {
		spoil func(a *plan.Archive)
		want  error
	}{
		"a plan is missing":           {func(a *plan.Archive) { a.Plans[0].Plan = nil }, storage.ErrArchive},
		"a filing stands twice":       {func(a *plan.Archive) { a.Filings = append(a.Filings, a.Filings[0]) }, storage.ErrArchive},
		"a filing on nothing":         {func(a *plan.Archive) { a.Filings[0].Item = 0 }, storage.ErrArchive},
		"a filing of no plan":         {func(a *plan.Archive) { a.Filings[0].Plan = "" }, storage.ErrArchive},
		"a filing of another plan":    {func(a *plan.Archive) { a.Plans[0].Plan.Year++ }, storage.ErrArchive},
		"a salt without a key":        {func(a *plan.Archive) { a.Salts.Records["zz"] = []byte("x") }, storage.ErrArchive},
		"a ledger without a key":      {func(a *plan.Archive) { a.Ledger.Records["zz"] = []byte("x") }, storage.ErrArchive},
		"a record of the chain":       {func(a *plan.Archive) { a.Audit[1].Detail = "other" }, storage.ErrBrokenChain},
		"the hash of another":         {func(a *plan.Archive) { a.Audit[1].Hash = a.Audit[2].Hash }, storage.ErrBrokenChain},
		"the chain lacks its middle":  {func(a *plan.Archive) { a.Audit = slices.Delete(a.Audit, 2, 3) }, storage.ErrBrokenChain},
		"somebody without a name":     {func(a *plan.Archive) { a.People[0].ID = "" }, nil},
		"an invite without a hash":    {func(a *plan.Archive) { a.Invites[0].Hash = "" }, nil},
		"a question without words":    {func(a *plan.Archive) { a.Gaps[0].Question = "" }, nil},
		"a subscription of nobody":    {func(a *plan.Archive) { a.Subscriptions[0].Person = "" }, nil},
		"a message without a key":     {func(a *plan.Archive) { a.Ledger.Records[""] = []byte("x") }, nil},
		"a person's salt with no key": {func(a *plan.Archive) { a.Salts.Records[""] = []byte("x") }, nil},
	} {
		var a plan.Archive
		must(t, json.Unmarshal(data, &a))
		c.spoil(&a)
		err := into.Load(t.Context(), &a)
		if err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if len(storage.Dump(t, into)) != len(empty) {
			t.Fatalf("%s: part of it was loaded", name)
		}
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	var a plan.Archive
	must(t, json.Unmarshal(data, &a))
	if err := into.Load(stopped, &a); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if _, err := full.Export(stopped, plan.System); !errors.Is(err, context.Canceled) {
		t.Errorf("an export that is stopped: %v", err)
	}
	must(t, into.Load(t.Context(), &a))
}
