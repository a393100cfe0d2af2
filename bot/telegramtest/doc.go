// Package telegramtest is a strict stand-in for the Bot API, for tests: calls flow in over
// HTTP on a loopback address and are checked against a table of methods, as the real server
// checks them; updates that a test makes flow out through getUpdates or a webhook. It keeps
// a ledger of every call, audits the rates of arrival, and fails on demand.
package telegramtest
