package commands

import "testing"

func TestComplaint(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"我想反映一下我们村的路还没修":    "我们村的路还没修",
		"投诉 公交车太少了":         "公交车太少了",
		"您好，我要反映个问题：自来水又停了": "自来水又停了",
		"举报工地扬尘没人管":         "工地扬尘没人管",
		"投诉电话是多少":           "",
		"反映问题找谁":            "",
		"群众反映的问题办结率":        "",
		"投诉":                "",
		"今年修多少农村公路":         "",
	} {
		if got, ok := complaint(text); got != want || ok != (want != "") {
			t.Errorf("%s: %q, %t, want %q", text, got, ok, want)
		}
	}
}
