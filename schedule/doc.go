// Package schedule is the clock: what is stored and the present moment flow in, the messages
// that are due and not yet in the ledger flow out. Cron only wakes it; Due decides, so that
// a missed tick, a restart or a double start changes nothing.
package schedule
