package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"duban/plan"
)

// fetchAll fetches photos and documents and keeps them under their hash. What cannot be
// fetched keeps its handle, without a hash.
func (t *Telegram) fetchAll(ctx context.Context, list []plan.Evidence) []plan.Evidence {
	for i := range list {
		data, err := t.fetch(ctx, list[i].Ref)
		if err == nil {
			list[i].Digest, err = t.keep(data)
		}
		if err != nil {
			t.log.Warn("a file was not fetched", "error", err)
		}
	}
	return list
}

// fetch downloads a file by its handle.
func (t *Telegram) fetch(ctx context.Context, ref string) ([]byte, error) {
	answer, err := t.client.call(ctx, "getFile", tgbotapi.Params{"file_id": ref})
	if err != nil {
		return nil, err
	}
	var file tgbotapi.File
	if err := json.Unmarshal(answer, &file); err != nil {
		return nil, fmt.Errorf("getFile: %w", err)
	}
	return t.client.download(ctx, file.FilePath, t.options.MaxFile)
}

// keep writes a file under its hash; what is there already is the same.
func (t *Telegram) keep(data []byte) (string, error) {
	sum := sha256.Sum256(data)
	digest := hex.EncodeToString(sum[:])
	if t.options.Evidence == "" {
		return digest, nil
	}
	folder := filepath.Join(t.options.Evidence, digest[:2])
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", fmt.Errorf("keep a file: %w", err)
	}
	path := filepath.Join(folder, digest)
	if _, err := os.Stat(path); err == nil {
		return digest, nil
	}
	part, err := os.CreateTemp(folder, "part-")
	if err != nil {
		return "", fmt.Errorf("keep a file: %w", err)
	}
	defer func() { _ = os.Remove(part.Name()) }()
	_, err = part.Write(data)
	if e := part.Close(); err == nil {
		err = e
	}
	if err != nil {
		return "", fmt.Errorf("keep a file: %w", err)
	}
	return digest, os.Rename(part.Name(), path)
}
