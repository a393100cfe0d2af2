package bot

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// APIError is a refusal of the Bot API, or of what stands before it.
type APIError struct {
	Method      string
	Code        int    // as HTTP's
	Description string // the API's own words
	Foreign     bool   // a proxy, a firewall or a portal answered, not the API: it says nothing of chat, message or token
	RetryAfter  int    // seconds, of 429
	MigrateTo   int64  // the supergroup that a group became, of 400
}

func (e *APIError) Error() string {
	return fmt.Sprintf("%s: %d %s", e.Method, e.Code, e.Description)
}

// refusalOf reads a refusal out of an answer that is not 200. The API's own answers are JSON
// with a code and a description; whatever else comes is somebody else's.
func refusalOf(method string, response *http.Response, body []byte) *APIError {
	e := &APIError{Method: method, Code: response.StatusCode, Description: http.StatusText(response.StatusCode), Foreign: true}
	var answer tgbotapi.APIResponse
	if json.Unmarshal(body, &answer) == nil && !answer.Ok && answer.ErrorCode != 0 && answer.Description != "" {
		e.Code, e.Description, e.Foreign = answer.ErrorCode, answer.Description, false
		if p := answer.Parameters; p != nil {
			e.RetryAfter, e.MigrateTo = p.RetryAfter, p.MigrateToChatID
		}
	}
	if seconds, err := strconv.Atoi(response.Header.Get("Retry-After")); err == nil && e.RetryAfter == 0 {
		e.RetryAfter = seconds
	}
	return e
}

// fate is what becomes of a call that failed.
type fate int

const (
	delivered fate = iota // it is as if it had succeeded
	pause                 // everything waits (429)
	retry                 // this chat waits and tries again
	move                  // the chat has another id now
	leave                 // the chat cannot be reached any more
	bury                  // this message can never be delivered
	halt                  // the token is not accepted
)

// fateOf classifies an error of a call. Only the API itself may end something for good.
func fateOf(err error) fate {
	e, ok := errors.AsType[*APIError](err)
	switch {
	case err == nil:
		return delivered
	case !ok:
		return retry
	case e.Code == http.StatusTooManyRequests:
		return pause
	case e.Foreign:
		return retry
	case e.MigrateTo != 0:
		return move
	case e.Code == http.StatusForbidden:
		return leave
	case e.Code == http.StatusUnauthorized:
		return halt
	case e.Code >= 500, e.Code == http.StatusConflict, e.Code == http.StatusRequestTimeout:
		return retry
	case strings.Contains(e.Description, "message is not modified"):
		return delivered
	case strings.Contains(e.Description, "chat not found"):
		return leave
	}
	return bury
}

// retryAfter is how long a 429 asks to wait; never less than a second.
func retryAfter(err error) time.Duration {
	e, ok := errors.AsType[*APIError](err)
	if !ok || e.RetryAfter < 1 {
		return time.Second
	}
	return time.Duration(e.RetryAfter) * time.Second
}
