package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"duban/commands"
	"duban/plan"
	"duban/render"
	"duban/storage"
)

// proofCommand checks what was read out of a report in a workbook.
type proofCommand struct {
	Export proofExportCommand `cmd:"" help:"导出校核表（XLSX，一行一个指标）"`
	Import proofImportCommand `cmd:"" help:"导入改好的校核表，只存有改动的行"`
}

type proofExportCommand struct {
	Output string `help:"写到文件" short:"o" required:"" placeholder:"FILE"`
	DB     string `help:"数据库文件" type:"path" placeholder:"FILE"`
	Plan   string `help:"哪一份报告，如 聊城市2017、2017 或 聊城；默认最近一年的" placeholder:"NAME"`
}

type proofImportCommand struct {
	File string `arg:"" help:"改好的校核表；- 是标准输入"`
	DB   string `help:"数据库文件" type:"path" placeholder:"FILE"`
}

func (c *proofExportCommand) database(a *app) string { return a.databasePath(c.DB) }
func (c *proofImportCommand) database(a *app) string { return a.databasePath(c.DB) }

// Run implements the command.
func (c *proofExportCommand) Run(a *app) error {
	return a.withExisting(c.DB, func(db *storage.DB) error { return c.export(a, db) })
}

func (c *proofExportCommand) export(a *app, db *storage.DB) error {
	key, err := a.planNamed(db, c.Plan)
	if err != nil {
		return err
	}
	data, err := commands.New(db, commands.Options{}).ProofExport(a.ctx, plan.System, a.now(), key)
	if err != nil {
		return err
	}
	err = a.write(c.Output, outputPrivate, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "已导出 %s 的校核表：%s\n改好后运行：duban proof import %s --db %s\n", key, c.Output, c.Output, db.Path())
	return err
}

// planNamed finds the key of the plan that a flag names: the latest without one.
func (a *app) planNamed(db *storage.DB, name string) (key plan.Key, err error) {
	err = db.View(a.ctx, func(tx plan.Tx) error {
		list, err := tx.Plans().List()
		if err == nil {
			key, err = choosePlan(list, db.Path(), name, plan.Date{})
		}
		return err
	})
	return key, err
}

// Run implements the command.
func (c *proofImportCommand) Run(a *app) error {
	data, err := a.readInput(c.File)
	if err != nil {
		return err
	}
	return a.withExisting(c.DB, func(db *storage.DB) error { return c.store(a, db, data) })
}

func (c *proofImportCommand) store(a *app, db *storage.DB, data []byte) error {
	m, err := commands.New(db, commands.Options{}).ProofImport(a.ctx, plan.System, a.now(), data)
	if errors.Is(err, plan.ErrNotFound) {
		return errors.New("库里没有校核表所说的报告；请检查 --db")
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.stdout, m.Text)
	return err
}

// largestInput is how much of a workbook is read.
const largestInput = 16 << 20

func (a *app) readInput(path string) ([]byte, error) {
	in := a.stdin
	if path != "-" {
		f, err := a.disk.Open(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s 不存在；请检查路径", path)
		}
		if err != nil {
			return nil, fmt.Errorf("%s 打不开（%s）；请检查有没有读取权限", path, why(err))
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, largestInput+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s 读不了（%s）；请检查路径", path, why(err))
	case len(data) > largestInput:
		return nil, render.ErrNotProofSheet
	}
	return data, nil
}
