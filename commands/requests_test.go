package commands

import (
	"slices"
	"testing"
)

// TestRequestWords holds what is typed below requests, and what only begins like it.
func TestRequestWords(t *testing.T) {
	t.Parallel()
	for words, want := range map[string][]string{
		"同意": {"同意", "", ""}, "同意 2": {"同意", "2", ""}, "同意第2项": {"同意", "2", ""}, "不同意：工期够用": {"不同意", "", "工期够用"},
		"不同意 1 按原期限办": {"不同意", "1", "按原期限办"}, "不同意见征集完成80%": nil, "批准设立园区2个": nil,
	} {
		got := requestWords.FindStringSubmatch(words)
		if got != nil {
			got = got[1:]
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", words, got, want)
		}
	}
}
