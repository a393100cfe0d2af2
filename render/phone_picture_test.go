package render_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"duban/render"
)

// phonePicture is a picture in a document that shows the conversation below it.
var phonePicture = regexp.MustCompile("(?s)\\]\\((pictures/chat-[^)]+)\\).*?\n```chat[^\n]*\n(.*?)```")

// largestPicture is how many bytes a picture of a document may have.
const largestPicture = 150_000

// TestPhonePictures: every picture of a conversation shows what the document says.
func TestPhonePictures(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range phonePicture.FindAllSubmatch(text, -1) {
			seen++
			picture, missing := render.Phone(string(found[2]))
			if missing != "" {
				t.Errorf("%s cannot show %s", found[1], missing)
			}
			if len(picture) > largestPicture {
				t.Errorf("%s has %d bytes", found[1], len(picture))
			}
			golden(t, "../docs/"+string(found[1]), picture)
		}
	}
	if seen < 3 {
		t.Errorf("only %d pictures", seen)
	}
}
