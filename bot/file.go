package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"duban/commands"
	"duban/plan"
	"duban/render"
)

// equip gives a request what the conversation may ask of the channel.
func (t *Telegram) equip(in *incoming) commands.Request {
	r := in.request
	if len(r.Media) == 0 {
		return r
	}
	r.Open = t.fetch
	r.Keep = t.keepAll
	r.Progress = func(ctx context.Context, m render.Message) {
		whole := plan.Delivery{Key: "progress:" + in.id, Recipient: r.Chat, At: t.now(), Urgent: true}
		t.post(ctx, "", whole, []render.Message{m})
	}
	return r
}

// keepAll fetches photos and documents and keeps them under their hash. What cannot be
// fetched keeps its handle, without a hash.
func (t *Telegram) keepAll(ctx context.Context, list []plan.Evidence) []plan.Evidence {
	kept := slices.Clone(list)
	for i := range kept {
		data, err := t.fetch(ctx, kept[i].Ref)
		if err == nil {
			kept[i].Digest, err = t.keep(data)
		}
		if err != nil {
			t.log.Warn("a file was not fetched", "error", err)
		}
	}
	return kept
}

// Tries of a file, which its sender waits for.
const (
	fileTries = 4
	fileLimit = time.Minute
)

// fetch downloads a file by its handle.
func (t *Telegram) fetch(ctx context.Context, ref string) ([]byte, error) {
	answer, err := t.client.persist(ctx, fileTries, fileLimit, "getFile", tgbotapi.Params{"file_id": ref})
	if err != nil {
		return nil, err
	}
	var file tgbotapi.File
	if err := json.Unmarshal(answer, &file); err != nil {
		return nil, fmt.Errorf("getFile: %w", err)
	}
	if int64(file.FileSize) > t.options.MaxFile {
		return nil, errFileTooLarge
	}
	for tried := 1; ; tried++ {
		data, err := t.client.download(ctx, file.FilePath, t.options.MaxFile)
		if fateOf(err) != retry || errors.Is(err, errFileTooLarge) || tried == fileTries || !sleep(ctx, wait(tried)) {
			return data, err
		}
	}
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
	if err == nil {
		err = part.Sync()
	}
	if e := part.Close(); err == nil {
		err = e
	}
	if err != nil {
		return "", fmt.Errorf("keep a file: %w", err)
	}
	return digest, os.Rename(part.Name(), path)
}
