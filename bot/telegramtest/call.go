package telegramtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
)

// Call is one call as it came.
type Call struct {
	At       time.Time
	Method   string
	Values   map[string]string // JSON values as text
	Files    map[string]Upload
	Status   int    // of the answer; 0 where the connection was cut
	Applied  bool   // its effect happened
	Problem  string // what the validator found
	ChatID   int64
	Sequence int
	Wait     time.Duration // that a 429 asked for
}

// Upload is a file of a call.
type Upload struct {
	Name string
	Data []byte
}

// Limits of uploads (Bot API).
const (
	maxUpload = 50 << 20
	maxPhoto  = 10 << 20
)

// readCall reads the parameters of a request from query, form, multipart or JSON.
func readCall(method string, r *http.Request) (*Call, error) {
	c := &Call{Method: method, Values: map[string]string{}, Files: map[string]Upload{}}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	var err error
	switch kind {
	case "application/json":
		err = c.readJSON(r.Body)
	case "multipart/form-data":
		err = c.readMultipart(r)
	default:
		err = r.ParseForm()
		for name, values := range r.Form {
			c.Values[name] = values[0]
		}
	}
	for name, values := range r.URL.Query() {
		if _, ok := c.Values[name]; !ok {
			c.Values[name] = values[0]
		}
	}
	return c, err
}

func (c *Call) readJSON(body io.Reader) error {
	var fields map[string]json.RawMessage
	err := json.NewDecoder(body).Decode(&fields)
	if errors.Is(err, io.EOF) {
		return nil
	}
	for name, raw := range fields {
		var s string
		if json.Unmarshal(raw, &s) == nil {
			c.Values[name] = s
			continue
		}
		if string(raw) != "null" {
			c.Values[name] = string(raw)
		}
	}
	return err
}

func (c *Call) readMultipart(r *http.Request) error {
	reader, err := r.MultipartReader()
	if err != nil {
		return err
	}
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		data, err := io.ReadAll(io.LimitReader(part, maxUpload+1))
		if err != nil {
			return err
		}
		if part.FileName() != "" {
			c.Files[part.FormName()] = Upload{Name: part.FileName(), Data: data}
			continue
		}
		c.Values[part.FormName()] = string(data)
	}
}

// String shows a call in a failure, without what may be long.
func (c *Call) String() string {
	var fields []string
	for name, value := range c.Values {
		if len(value) > 80 {
			value = value[:80] + "…"
		}
		fields = append(fields, name+"="+value)
	}
	return fmt.Sprintf("%s(%s) → %d %s", c.Method, strings.Join(fields, ", "), c.Status, c.Problem)
}
