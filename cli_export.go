package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"duban/plan"
	"duban/render"
	"duban/storage"
)

// exportCommand writes everything that is stored.
type exportCommand struct {
	Format    string `help:"json（可原样读回）、csv（一个文件夹）或 xlsx" enum:"json,csv,xlsx" default:"json"`
	Output    string `short:"o" help:"写到文件；csv 写到文件夹" placeholder:"OUT"`
	Anonymous bool   `help:"不含人名、身份和群众留言"`
	DB        string `help:"数据库文件" type:"path" placeholder:"FILE"`
}

func (c *exportCommand) database(a *app) string { return a.databasePath(c.DB) }

// Run implements the command.
func (c *exportCommand) Run(a *app) error {
	if c.Output == "" && c.Format != "json" {
		return usageError{fmt.Errorf("--format %s 要用 -o 写明位置", c.Format)}
	}
	return a.withExisting(c.DB, func(db *storage.DB) error {
		archive, err := db.Export(a.ctx, a.operator())
		if err != nil {
			return err
		}
		if c.Anonymous {
			archive.Anonymize()
		}
		if err := c.write(a, archive); err != nil || c.Output == "" {
			return err
		}
		_, err = fmt.Fprintf(a.stdout, "已导出到 %s：计划%d份，填报%d条，审计记录%d条。\n", c.Output, len(archive.Plans), len(archive.Filings), len(archive.Audit))
		return err
	})
}

func (c *exportCommand) write(a *app, archive *plan.Archive) error {
	switch c.Format {
	case "csv":
		return c.writeFolder(a, render.ArchiveSheets(archive))
	case "xlsx":
		return a.write(c.Output, outputPrivate, func(w io.Writer) error { return render.SheetsXLSX(w, render.ArchiveSheets(archive)...) })
	}
	return a.write(c.Output, outputPrivate, func(w io.Writer) error { return render.ArchiveJSON(w, archive) })
}

func (c *exportCommand) writeFolder(a *app, sheets []*render.Sheet) error {
	if err := a.disk.MkdirAll(c.Output); err != nil {
		return fmt.Errorf("建不了文件夹 %s（%s）；请换一个位置", c.Output, why(err))
	}
	for _, s := range sheets {
		path := filepath.Join(c.Output, s.Name+".csv")
		if err := a.write(path, outputPrivate, func(w io.Writer) error { return render.SheetCSV(w, s) }); err != nil {
			return err
		}
	}
	return nil
}

// errNotArchive occurs where a JSON file is no export of this program.
var errNotArchive = errors.New("不是 duban export 写的文件")
