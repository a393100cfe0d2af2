// Package plan holds the domain: what a work report (政府工作报告) promises and how
// its parts are named, compared and stored.
//
// Values flow in from package report (a parsed plan) and from package storage (a
// stored one); values flow out to questions, messages and printed tables. The
// package imports the standard library only, reads no clock, no file and no
// environment: every decision is a function of its arguments.
package plan
