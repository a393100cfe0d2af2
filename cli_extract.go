package main

import (
	"io"

	"duban/render"
)

// extractCommand prints what a report promises.
type extractCommand struct {
	File   string `arg:"" help:"报告文件：.txt .md .html .docx .pdf；- 是标准输入"`
	Format string `help:"table、json、csv、xlsx 或 text" enum:"table,json,csv,xlsx,text" default:"table"`
	Output string `short:"o" help:"写到文件" placeholder:"OUT"`
	Year   int    `help:"计划年度（报告没写清时用）"`
}

// Run implements the command.
func (c *extractCommand) Run(a *app) error {
	if c.Format == "text" {
		text, err := a.readText(c.File)
		if err != nil {
			return err
		}
		return a.write(c.Output, outputPlain, func(w io.Writer) error {
			_, err := io.WriteString(w, text.Content)
			return err
		})
	}
	p, err := a.readReport(c.File, c.Year)
	if err != nil {
		return err
	}
	return a.write(c.Output, outputPlain, func(w io.Writer) error {
		switch c.Format {
		case "json":
			return render.JSON(w, p)
		case "csv":
			return render.CSV(w, p)
		case "xlsx":
			return render.Workbook(w, p)
		}
		return render.Table(w, p)
	})
}
