package commands_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/ask"
	"duban/commands"
	"duban/plan"
)

// shelf collects batches; it fails as often as told.
type shelf struct {
	fail int
	got  []commands.Gap
}

func (s *shelf) AddGaps(_ context.Context, batch []commands.Gap) error {
	if s.fail > 0 {
		s.fail--
		return errors.New("disk is full")
	}
	s.got = append(s.got, batch...)
	return nil
}

func TestGapsAreCountedAndFlushed(t *testing.T) {
	t.Parallel()
	var gaps commands.Gaps
	p := &plan.Plan{Place: "某市", Year: 2017}
	day := time.Date(2017, 8, 1, 9, 0, 0, 0, time.UTC)
	for i, a := range []ask.Answer{
		{Question: "地铁何时开通？", Plan: p, Intent: ask.IntentTarget, Reason: "报告没有讲到"},
		{Question: " 地铁何时开通 ", Plan: p, Intent: ask.IntentTarget, Reason: "报告没有讲到"},
		{Question: "养老床位", Plan: p, Intent: ask.IntentTarget, Answered: true},
		{Question: "😀", Plan: p, Intent: ask.IntentHelp},
		{Question: "？？", Intent: ask.IntentTarget},
	} {
		gaps.Note(a, day.Add(time.Duration(i)*time.Minute))
	}
	store := &shelf{fail: 1}
	if err := gaps.Flush(t.Context(), store); err == nil {
		t.Error("the store's error was swallowed")
	}
	if err := gaps.Flush(t.Context(), store); err != nil {
		t.Fatal(err)
	}
	want := []commands.Gap{{Plan: "某市2017", Question: "地铁何时开通", Reason: "报告没有讲到", Count: 2, Last: day.Add(time.Minute)}}
	if diff := cmp.Diff(want, store.got); diff != "" {
		t.Error(diff)
	}
	if err := gaps.Flush(t.Context(), store); err != nil || len(store.got) != 1 {
		t.Errorf("flushed twice: %v %v", err, store.got)
	}
}

func TestNoGapsRecordNothing(t *testing.T) {
	t.Parallel()
	var none *commands.Gaps
	none.Note(ask.Answer{Question: "地铁"}, time.Time{})
	if err := none.Flush(t.Context(), nil); err != nil {
		t.Error(err)
	}
}
