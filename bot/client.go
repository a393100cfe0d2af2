package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// client makes calls of the Bot API. All its traffic goes through one wrapper of the
// library's HTTPClient, which gives context and timeout, keeps the token out of errors and
// turns every refusal into an *APIError.
type client struct {
	api      *tgbotapi.BotAPI
	http     *http.Client
	token    string
	endpoint string
	metrics  *Metrics
	pause    *pauses
}

// callTimeout bounds a call that does not wait for updates or carry files; uploadTimeout
// one that carries files.
const (
	callTimeout   = 30 * time.Second
	uploadTimeout = 3 * time.Minute
	maxResponse   = 8 << 20
)

// newClient makes a client; endpoint is the API's address without a path.
func newClient(token, endpoint string, transport http.RoundTripper, metrics *Metrics, now func() time.Time) *client {
	endpoint = strings.TrimRight(endpoint, "/")
	api := &tgbotapi.BotAPI{Token: token, Buffer: 100}
	api.SetAPIEndpoint(strings.ReplaceAll(endpoint, "%", "%%") + "/bot%s/%s")
	direct := &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // another place must not see the token
	}}
	return &client{api: api, http: direct, token: token, endpoint: endpoint, metrics: metrics, pause: &pauses{now: now}}
}

// call makes a call and returns its result as JSON.
func (c *client) call(ctx context.Context, method string, params tgbotapi.Params) (json.RawMessage, error) {
	return c.callFor(ctx, callTimeout, method, params)
}

// callFor is call with a time limit of its own.
func (c *client) callFor(ctx context.Context, limit time.Duration, method string, params tgbotapi.Params) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	response, err := c.bound(ctx, method).MakeRequest(method, params)
	return c.result(method, response, err)
}

// persist makes a call, when no pause is asked for, and makes it again, up to a number of
// tries and for a time, as long as the API is busy or out of reach.
func (c *client) persist(ctx context.Context, tries int, limit time.Duration, method string, params tgbotapi.Params) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for tried := 1; ; tried++ {
		if !c.pause.wait(ctx) {
			return nil, ctx.Err()
		}
		result, err := c.call(ctx, method, params)
		f := fateOf(err)
		if f != pause && f != retry || tried == tries {
			return result, err
		}
		if f == retry && !sleep(ctx, wait(tried)) {
			return nil, err
		}
	}
}

// sleep waits; false when ctx is done before.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// upload makes a call that carries a file.
func (c *client) upload(ctx context.Context, method string, params tgbotapi.Params, field, name string, data []byte) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, uploadTimeout)
	defer cancel()
	files := []tgbotapi.RequestFile{{Name: field, Data: tgbotapi.FileBytes{Name: name, Bytes: data}}}
	response, err := c.bound(ctx, method).UploadFiles(method, params, files)
	return c.result(method, response, err)
}

// bound is the library with one call's context.
func (c *client) bound(ctx context.Context, method string) *tgbotapi.BotAPI {
	api := *c.api
	api.Client = &wrapper{ctx: ctx, client: c, method: method}
	return &api
}

func (c *client) result(method string, response *tgbotapi.APIResponse, err error) (json.RawMessage, error) {
	if refusal, ok := errors.AsType[*tgbotapi.Error](err); ok { // refused with status 200
		err = &APIError{
			Method: method, Code: refusal.Code, Description: refusal.Message, RetryAfter: refusal.RetryAfter, MigrateTo: refusal.MigrateToChatID,
			Foreign: refusal.Code == 0 || refusal.Message == "",
		}
	} else if err == nil && len(response.Result) == 0 {
		err = &APIError{Method: method, Code: http.StatusOK, Description: "no result", Foreign: true}
	} else if broken(err) {
		err = fmt.Errorf("%s: the answer is no JSON: %w", method, err)
	}
	c.metrics.call(method, err)
	if fateOf(err) == pause {
		c.pause.extend(retryAfter(err))
	}
	if err != nil {
		return nil, c.redact(method, err)
	}
	return response.Result, nil
}

// broken reports whether an answer could not be read as JSON.
func broken(err error) bool {
	_, syntax := errors.AsType[*json.SyntaxError](err)
	_, kind := errors.AsType[*json.UnmarshalTypeError](err)
	return syntax || kind || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}

// redact keeps the token out of an error: of a failed connection only the cause is kept,
// not the address.
func (c *client) redact(method string, err error) error {
	if failed, ok := errors.AsType[*url.Error](err); ok {
		err = fmt.Errorf("%s: %w", method, failed.Err)
	}
	if said := err.Error(); c.hide(said) != said {
		err = errors.New(c.hide(said))
	}
	return err
}

// hide takes the token, and the secret half of it alone, out of a text.
func (c *client) hide(s string) string {
	if c.token == "" {
		return s
	}
	s = strings.ReplaceAll(s, c.token, "***")
	if _, secret, ok := strings.Cut(c.token, ":"); ok && secret != "" {
		s = strings.ReplaceAll(s, secret, "***")
	}
	return s
}

// wrapper is the library's HTTPClient for one call.
type wrapper struct {
	ctx    context.Context //nolint:containedctx // the library's interface has none
	client *client
	method string
}

// Do implements tgbotapi.HTTPClient.
func (w *wrapper) Do(request *http.Request) (*http.Response, error) {
	response, err := w.client.http.Do(request.WithContext(w.ctx)) //nolint:gosec // the address is the operator's
	if err != nil {
		return nil, err
	}
	body, err := readBody(response)
	_ = response.Body.Close()
	if err != nil {
		return nil, fmt.Errorf("%s: read the answer: %w", w.method, err)
	}
	if response.StatusCode != http.StatusOK {
		return nil, refusalOf(w.method, response, body)
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}

// readBody reads an answer, at most maxResponse of it.
func readBody(response *http.Response) ([]byte, error) {
	var body bytes.Buffer
	if n := response.ContentLength; n > 0 && n < maxResponse {
		body.Grow(int(n) + bytes.MinRead)
	}
	_, err := body.ReadFrom(io.LimitReader(response.Body, maxResponse))
	return body.Bytes(), err
}

// download fetches a file that getFile named, at most most bytes of it.
func (c *client) download(ctx context.Context, path string, most int64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, uploadTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.endpoint+"/file/bot"+c.token+"/"+(&url.URL{Path: path}).EscapedPath(), nil)
	if err != nil {
		return nil, c.redact("download", err)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, c.redact("download", err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		body, _ := readBody(response)
		return nil, refusalOf("download", response, body)
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, most+1))
	if err != nil {
		return nil, c.redact("download", err)
	}
	if int64(len(data)) > most {
		return nil, errFileTooLarge
	}
	return data, nil
}

// errFileTooLarge occurs where a file is larger than what is fetched.
var errFileTooLarge = errors.New("the file is larger than the limit")
