package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"duban/plan"
	"duban/storage"
)

// backupCommand copies the database while it is in use.
type backupCommand struct {
	Output string `short:"o" required:"" help:"备份文件" placeholder:"FILE"`
	DB     string `help:"数据库文件" type:"path" placeholder:"FILE"`
}

func (c *backupCommand) database(a *app) string { return a.databasePath(c.DB) }

// Run implements the command.
func (c *backupCommand) Run(a *app) error {
	return a.withExisting(c.DB, func(db *storage.DB) error {
		if err := db.Check(a.ctx); err != nil { // an older backup is worth more than a damaged one
			return err
		}
		var bytes int64
		err := a.write(c.Output, outputBackup, func(w io.Writer) (err error) {
			bytes, err = db.Backup(a.ctx, w)
			return err
		})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(a.stdout, "已备份到 %s（%d KB）。\n", c.Output, (bytes+1023)>>10)
		return err
	})
}

// restoreCommand puts a backup, or an export in JSON, in the place of the database.
type restoreCommand struct {
	File string `arg:"" help:"duban backup 的备份，或 duban export 的 JSON 文件"`
	DB   string `help:"数据库文件" type:"path" placeholder:"FILE"`
	Yes  bool   `help:"确认替换已有的数据库"`
}

// Run implements the command.
func (c *restoreCommand) Run(a *app) error {
	path := a.databasePath(c.DB)
	export, err := isExport(c.File)
	if err != nil {
		return err
	}
	if err := c.mayReplace(a, path, export); err != nil {
		return err
	}
	if export {
		return c.load(a, path)
	}
	kept, err := storage.Restore(a.ctx, c.File, path)
	if err != nil {
		return err
	}
	if kept != "" {
		kept = "原来的库留作 " + kept + "。"
	}
	_, err = fmt.Fprintf(a.stdout, "已从 %s 恢复到 %s。%s\n", c.File, path, kept)
	return err
}

// isExport tells an export in JSON from a backup by its first character.
func isExport(path string) (bool, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, fmt.Errorf("%s 不存在；请检查路径", path)
	}
	if err != nil {
		return false, fmt.Errorf("%s 打不开（%s）；请检查有没有读取权限", path, why(err))
	}
	defer func() { _ = f.Close() }()
	head, err := bufio.NewReader(f).Peek(16)
	if err != nil && !errors.Is(err, io.EOF) {
		return false, fmt.Errorf("%s 读不了（%s）；请给 duban backup 的备份，或 duban export 的 JSON 文件", path, why(err))
	}
	return bytes.HasPrefix(bytes.TrimSpace(head), []byte("{")), nil
}

// mayReplace refuses to touch a database that another process uses, and one that exists
// unless that is confirmed.
func (c *restoreCommand) mayReplace(a *app, path string, export bool) error {
	if conn := dialHolder(a.ctx, path); conn != nil {
		_ = conn.Close()
		return fmt.Errorf("数据库 %s 正由 duban serve 使用；请先停下它再恢复", path)
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := storage.Free(path); err != nil {
		return err
	}
	if !c.Yes && !export {
		return fmt.Errorf("数据库 %s 已存在，恢复会替换它；确认后加 --yes，或用 --db 另指一个文件", path)
	}
	return nil
}

// load reads an export into a database that is new or empty.
func (c *restoreCommand) load(a *app, path string) error {
	archive, err := readArchive(c.File)
	if err != nil {
		return err
	}
	_, before := os.Stat(path)
	err = a.with(c.DB, func(db *storage.DB) error { return db.Load(a.ctx, archive) })
	if err != nil {
		if errors.Is(before, fs.ErrNotExist) {
			err = errors.Join(err, os.Remove(path))
		}
		return fmt.Errorf("%s 读不进去：%w", c.File, err)
	}
	_, err = fmt.Fprintf(a.stdout, "已从 %s 读入 %s：计划%d份，填报%d条。\n", c.File, path, len(archive.Plans), len(archive.Filings))
	return err
}

func readArchive(path string) (*plan.Archive, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s 打不开（%s）；请检查有没有读取权限", path, why(err))
	}
	defer func() { _ = f.Close() }()
	var archive plan.Archive
	decoder := json.NewDecoder(bufio.NewReader(f))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&archive); err != nil || !archive.Readable() {
		return nil, fmt.Errorf("%s %w，或者不完整；请重新导出一份", path, errNotArchive)
	}
	return &archive, nil
}
