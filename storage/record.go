package storage

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"duban/plan"
)

// number is the key of a numbered record.
func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// nextNumber steps a bucket's counter.
func nextNumber(b *bbolt.Bucket) (uint64, error) {
	n, err := b.NextSequence()
	if err != nil {
		return 0, fmt.Errorf("next number: %w", err)
	}
	return n, nil
}

// get reads a record; plan.ErrNotFound where there is none.
func get(b *bbolt.Bucket, key []byte, value any) error {
	var data []byte
	if b != nil {
		data = b.Get(key)
	}
	if data == nil {
		return plan.ErrNotFound
	}
	return json.Unmarshal(data, value)
}

// each reads the records of a bucket in the order of their keys; a nil bucket has none.
func each[T any](b *bbolt.Bucket, f func(key []byte, value *T) error) error {
	if b == nil {
		return nil
	}
	return b.ForEach(func(k, data []byte) error {
		if data == nil {
			return nil // a bucket
		}
		var value T
		if err := json.Unmarshal(data, &value); err != nil {
			return fmt.Errorf("record %x: %w", k, err)
		}
		return f(k, &value)
	})
}

// all reads the records of a bucket that keep wants.
func all[T any](b *bbolt.Bucket, keep func(*T) bool) ([]T, error) {
	list := []T{}
	err := each(b, func(_ []byte, value *T) error {
		if keep == nil || keep(value) {
			list = append(list, *value)
		}
		return nil
	})
	return list, err
}

// encode writes a record behind what is in a buffer already.
func encode(head []byte, value any) ([]byte, error) {
	buffer := bytes.NewBuffer(head)
	encoder := json.NewEncoder(buffer)
	if err := encoder.Encode(value); err != nil {
		return nil, fmt.Errorf("record: %w", err)
	}
	return bytes.TrimSuffix(buffer.Bytes(), []byte("\n")), nil
}

// absent turns plan.ErrNotFound into false.
func absent(err error) (found bool, other error) {
	if errors.Is(err, plan.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}
