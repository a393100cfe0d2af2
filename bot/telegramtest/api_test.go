package telegramtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
)

// apiList is a list of the whole Bot API that lies beside the repository; it is no part of it.
const apiList = "../../../shared/telegram/bot-api-10.3.json"

type apiMethod struct {
	Fields []struct {
		Name     string   `json:"name"`
		Types    []string `json:"types"`
		Required bool     `json:"required"`
		Enum     []any    `json:"enum"`
	} `json:"fields"`
}

// TestTableAgreesWithTheAPI compares the table with the list: every method and parameter
// exists with its type, and nothing that is required is left out.
func TestTableAgreesWithTheAPI(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(apiList)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the list of the API is not here")
	}
	var list struct {
		Methods map[string]apiMethod `json:"methods"`
	}
	if err := errors.Join(err, json.Unmarshal(data, &list)); err != nil {
		t.Fatal(err)
	}
	for name, m := range Methods {
		theirs, ok := list.Methods[name]
		if !ok {
			t.Errorf("%s is no method", name)
			continue
		}
		compare(t, name, m, theirs)
	}
}

func compare(t *testing.T, name string, m Method, theirs apiMethod) {
	t.Helper()
	known := map[string]bool{}
	for _, f := range theirs.Fields {
		known[f.Name] = true
		p, ok := m.Parameters[f.Name]
		switch {
		case !ok && f.Required:
			t.Errorf("%s: %s is required", name, f.Name)
		case !ok:
		case p.Required != f.Required:
			t.Errorf("%s: %s: required is %v", name, f.Name, f.Required)
		case !kindFits(p.Kind, f.Types):
			t.Errorf("%s: %s is %v, not %s", name, f.Name, f.Types, p.Kind)
		case len(f.Enum) > 0 && len(p.Enum) > 0 && !slices.Equal(sorted(words(f.Enum)), sorted(p.Enum)):
			t.Errorf("%s: %s is one of %v", name, f.Name, f.Enum)
		}
	}
	for p := range m.Parameters {
		if !known[p] {
			t.Errorf("%s has no %s", name, p)
		}
	}
}

func words(list []any) []string {
	var out []string
	for _, v := range list {
		out = append(out, fmt.Sprint(v))
	}
	return out
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}

func kindFits(kind string, types []string) bool {
	first := types[0]
	switch kind {
	case integer, text, boolean:
		return len(types) == 1 && first == kind
	case chatRef:
		return slices.Equal(sorted(types), []string{"Integer", "String"})
	case file:
		return slices.Contains(types, "InputFile")
	case array:
		return strings.HasPrefix(first, "Array of ")
	}
	return !strings.HasPrefix(first, "Array of ") && !slices.Contains([]string{"Integer", "String", "Boolean", "InputFile"}, first)
}
