package plan

import "time"

// Gap is a question that the reports did not answer, with how often it was asked.
type Gap struct {
	Question string    `json:"question"`
	Count    int       `json:"count"`
	Last     time.Time `json:"last"`
}
