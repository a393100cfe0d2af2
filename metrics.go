package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"duban/plan"
	"duban/schedule"
	"duban/storage"
)

// standingMetrics counts, when it is asked, the targets of the latest published plan by
// light and its filings by state.
type standingMetrics struct {
	app *app
	db  *storage.DB
}

var (
	lightsMetric  = prometheus.NewDesc("duban_lights", "Targets of the latest plan by light.", []string{"light"}, nil)
	filingsMetric = prometheus.NewDesc("duban_filings", "Filings of the latest plan by state: accepted or waiting.", []string{"state"}, nil)
	backupMetric  = prometheus.NewDesc("duban_last_backup_timestamp_seconds", "When the program made its last backup by itself; 0 is never.", nil, nil)
)

// Describe implements prometheus.Collector.
func (m *standingMetrics) Describe(descs chan<- *prometheus.Desc) {
	descs <- lightsMetric
	descs <- filingsMetric
	descs <- backupMetric
}

// Collect implements prometheus.Collector.
func (m *standingMetrics) Collect(metrics chan<- prometheus.Metric) {
	day, err := m.app.day("")
	if err == nil {
		err = m.db.View(m.app.ctx, func(tx plan.Tx) error { return m.collect(metrics, tx, day) })
	}
	if err != nil {
		m.app.log.Error("metrics", "error", err)
	}
	m.collectBackup(metrics)
}

// collectBackup reads the moment of the last copy from its folder, so that a start of the
// program does not forget it.
func (m *standingMetrics) collectBackup(metrics chan<- prometheus.Metric) {
	c, err := m.app.copiesOf(m.db.Path())
	if err != nil || m.app.config.Backup.Keep == 0 {
		return
	}
	last, err := c.last(m.app.now())
	if err != nil {
		m.app.log.Error("metrics", "error", err)
		return
	}
	seconds := 0.0
	if !last.IsZero() {
		seconds = float64(last.Unix())
	}
	metrics <- prometheus.MustNewConstMetric(backupMetric, prometheus.GaugeValue, seconds)
}

// newJobFailures counts the jobs of the clock that failed.
func newJobFailures() *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "duban_job_failures_total", Help: "Jobs of the clock that failed, such as backups."}, []string{"job"})
}

func (m *standingMetrics) collect(metrics chan<- prometheus.Metric, tx plan.Tx, day time.Time) error {
	key, err := latestPlan(tx)
	if err != nil || key == "" {
		return err
	}
	p, err := tx.Plans().Get(key)
	if err != nil {
		return err
	}
	desk := tx.As(plan.System, day)
	marks, err := desk.Marks(key)
	if err != nil {
		return err
	}
	waiting, err := desk.Undecided(key)
	if err != nil {
		return err
	}
	accepted := 0
	for _, list := range marks {
		accepted += len(list)
	}
	gauge := func(desc *prometheus.Desc, n int, label string) {
		metrics <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, float64(n), label)
	}
	gauge(filingsMetric, accepted, "accepted")
	gauge(filingsMetric, len(waiting), "waiting")
	for light, n := range plan.Stand(p, marks, plan.DateOf(day), time.Time{}, m.app.config.rules()).Tally() {
		gauge(lightsMetric, n, string(light))
	}
	return nil
}

// counted are jobs whose failures are counted.
func counted(jobs []schedule.Job, failures *prometheus.CounterVec) []schedule.Job {
	for i := range jobs {
		run, failed := jobs[i].Run, failures.WithLabelValues(jobs[i].Name)
		jobs[i].Run = func(ctx context.Context, now time.Time) error {
			err := run(ctx, now)
			if err != nil && ctx.Err() == nil {
				failed.Inc()
			}
			return err
		}
	}
	return jobs
}
