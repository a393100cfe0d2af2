package storage

import (
	"context"

	"go.etcd.io/bbolt"
)

// walk touches every key and value of the file, in the caller's goroutine: damage that makes
// the engine panic or fault is found here, where both become errors, and not in the
// engine's own check, which runs in a goroutine that nobody can guard.
func walk(ctx context.Context, tx *bbolt.Tx) (err error) {
	defer guard(&err)
	sum := byte(0)
	return tx.ForEach(func(_ []byte, b *bbolt.Bucket) error { return walkBucket(ctx, b, &sum, 0) })
}

// deepest is how far buckets nest at the most; damaged ones may hold themselves.
const deepest = 8

func walkBucket(ctx context.Context, b *bbolt.Bucket, sum *byte, depth int) error {
	if depth > deepest {
		return ErrNotDatabase
	}
	return b.ForEach(func(k, v []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, x := range k {
			*sum ^= x
		}
		for _, x := range v {
			*sum ^= x
		}
		if v == nil {
			if inner := b.Bucket(k); inner != nil {
				return walkBucket(ctx, inner, sum, depth+1)
			}
		}
		return nil
	})
}
