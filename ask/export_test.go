package ask

// Threshold is the confidence from which questions are answered.
const Threshold = threshold

// WithThreshold returns an engine over the same index that answers from another
// confidence on.
func (e *Engine) WithThreshold(least float32) *Engine {
	other := *e
	other.least = least
	return &other
}
