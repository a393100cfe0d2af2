package bot

import (
	"errors"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Metrics counts what the channel does. A nil one counts nothing.
type Metrics struct {
	updates prometheus.Counter
	answers *prometheus.CounterVec
	latency prometheus.Histogram
	sends   *prometheus.CounterVec
	calls   *prometheus.CounterVec
	waiting prometheus.Gauge
}

// NewMetrics makes the metrics and registers them.
func NewMetrics(r prometheus.Registerer) *Metrics {
	m := &Metrics{
		updates: prometheus.NewCounter(prometheus.CounterOpts{Name: "duban_updates_total", Help: "Updates that came from Telegram."}),
		answers: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "duban_answers_total", Help: "Requests that were answered."}, []string{"result"}),
		latency: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "duban_answer_seconds", Help: "Time from taking a request up to its answer.", Buckets: prometheus.ExponentialBuckets(0.0005, 4, 8),
		}),
		sends:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "duban_sends_total", Help: "Messages by what became of them."}, []string{"fate"}),
		calls:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "duban_api_calls_total", Help: "Calls of the Bot API by status."}, []string{"method", "status"}),
		waiting: prometheus.NewGauge(prometheus.GaugeOpts{Name: "duban_outbox_waiting", Help: "Messages that wait to be sent."}),
	}
	r.MustRegister(m.updates, m.answers, m.latency, m.sends, m.calls, m.waiting)
	return m
}

func (m *Metrics) received(n int) {
	if m != nil {
		m.updates.Add(float64(n))
	}
}

func (m *Metrics) answered(d time.Duration, err error) {
	if m == nil {
		return
	}
	result := "ok"
	if err != nil {
		result = "error"
	}
	m.answers.WithLabelValues(result).Inc()
	m.latency.Observe(d.Seconds())
}

func (m *Metrics) sent(f fate) {
	if m != nil {
		m.sends.WithLabelValues(f.String()).Inc()
	}
}

func (m *Metrics) depth(n int) {
	if m != nil {
		m.waiting.Add(float64(n))
	}
}

func (m *Metrics) call(method string, err error) {
	if m == nil {
		return
	}
	status := "200"
	if e, ok := errors.AsType[*APIError](err); ok {
		status = strconv.Itoa(e.Code)
	} else if err != nil {
		status = "failed"
	}
	m.calls.WithLabelValues(method, status).Inc()
}

// String names a fate for metrics.
func (f fate) String() string {
	return [...]string{"delivered", "paused", "retried", "moved", "left", "buried", "halted"}[f]
}
