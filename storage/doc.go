// Package storage keeps plans in one bbolt file: domain values flow in and out through
// plan.Tx, and no type of the engine leaves the package. Every record is JSON, so that a
// later version can read an older file; the file carries the version of its schema and is
// migrated when it is opened. Export and Load move the records as one plan.Archive.
package storage
