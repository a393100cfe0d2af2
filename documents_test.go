package main

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the conversations of the documents anew")

// chatBlock is a conversation in a document: a fence marked chat, with the people whose mail
// it shows, or a comment that is played and not shown.
var chatBlock = regexp.MustCompile("(?ms)^(```chat([^\n]*)\n|<!-- chat\n)(.*?)^(```|-->)$")

// Every conversation in a document is what the program says; go test . -run
// TestDocuments -update writes what it says.
func TestDocuments(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("plays every conversation of the documents")
	}
	paths, err := filepath.Glob("docs/*.md")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no documents: %v", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !chatBlock.Match(data) {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			want := string(data)
			got := performed(t, want)
			if *update && got != want {
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("%s is not what the program says; run go test . -run TestDocuments -update and read it (-document +program):\n%s", path, diff)
			}
		})
	}
}

// performed is a document with its conversations as the program has them.
func performed(t *testing.T, text string) string {
	t.Helper()
	first := chatBlock.FindStringSubmatch(text)
	s := newStage(t, first[3])
	return chatBlock.ReplaceAllStringFunc(text, func(block string) string {
		parts := chatBlock.FindStringSubmatch(block)
		said := s.play(parts[3], strings.Fields(parts[2]))
		if parts[4] == "-->" {
			return block
		}
		return parts[1] + said + parts[4]
	})
}

// Every link between documents, and to pictures, leads somewhere.
func TestLinks(t *testing.T) {
	t.Parallel()
	for path, text := range manuals(t) {
		for _, found := range regexp.MustCompile(`\]\(([^)#:]+)\)`).FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), found[1])); err != nil {
				t.Errorf("%s leads to %s: %v", path, found[1], err)
			}
		}
	}
}

// The conversation in the README is what duban chat prints for its questions.
func TestReadmeConversation(t *testing.T) {
	t.Parallel()
	block := regexp.MustCompile("(?s)\n```\n(> .*?)```").FindStringSubmatch(manuals(t)["README.md"])
	if block == nil {
		t.Fatal("the README holds no conversation")
	}
	var questions strings.Builder
	for _, line := range regexp.MustCompile(`(?m)^> (.+)$`).FindAllStringSubmatch(block[1], -1) {
		questions.WriteString(line[1] + "\n")
	}
	var out bytes.Buffer
	status := run(t.Context(), world{
		args: []string{"chat", "--as-of", "2017-07-31", "--db", filepath.Join(t.TempDir(), "duban.db")}, stdin: strings.NewReader(questions.String()),
		stdout: &out, stderr: io.Discard, now: time.Now,
	})
	if got := strings.TrimRight(out.String(), "\n") + "\n"; status != exitDone || got != block[1] {
		t.Errorf("status %d; duban chat says\n%s", status, got)
	}
}
