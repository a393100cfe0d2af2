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
	r.Open, r.Tidy = t.open, t.tidied
	r.Keep = func(ctx context.Context, list []plan.Evidence) []plan.Evidence { return t.keepAll(ctx, in, list) }
	if len(r.Media) == 0 {
		return r
	}
	r.Progress = func(ctx context.Context, m render.Message) {
		whole := plan.Delivery{Key: "progress:" + in.id, Recipient: r.Chat, At: t.now(), Urgent: true}
		t.post(ctx, "", whole, []render.Message{m})
	}
	return r
}

// keepAll fetches photos and documents and keeps them under their hash; what cannot be
// fetched has none. Until in is handled none of them is swept.
func (t *Telegram) keepAll(ctx context.Context, in *incoming, list []plan.Evidence) []plan.Evidence {
	kept := slices.Clone(list)
	for i := range kept {
		data, err := t.fetch(ctx, kept[i].Ref)
		if err == nil {
			kept[i].Digest, err = t.keep(ctx, in, data)
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

// keep writes a file under its hash; what is there already is the same. The database notes
// it before, so that what no record refers to in the end is found again.
func (t *Telegram) keep(ctx context.Context, in *incoming, data []byte) (string, error) {
	sum := sha256.Sum256(data)
	digest := hex.EncodeToString(sum[:])
	if t.options.Evidence == "" {
		return digest, nil
	}
	t.files.pin(digest)
	in.pinned = append(in.pinned, digest)
	if err := t.store.Update(ctx, func(tx plan.Tx) error { return tx.Keeps(digest) }); err != nil {
		return "", fmt.Errorf("keep a file: %w", err)
	}
	if err := writeFile(t.place(digest), data); err != nil {
		return "", fmt.Errorf("keep a file: %w", err)
	}
	return digest, nil
}

// place is where a file is kept.
func (t *Telegram) place(digest string) string {
	return filepath.Join(t.options.Evidence, digest[:2], digest)
}

// writeFile writes a file whole or not at all, unless it is there.
func writeFile(path string, data []byte) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	part, err := os.CreateTemp(filepath.Dir(path), "part-")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(part.Name()) }()
	_, err = part.Write(data)
	if err = errors.Join(err, part.Sync(), part.Close()); err != nil {
		return err
	}
	return os.Rename(part.Name(), path)
}
