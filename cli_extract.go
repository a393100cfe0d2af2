package main

import (
	"fmt"
	"io"
	"os"

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
		return c.write(a, func(w io.Writer) error {
			_, err := io.WriteString(w, text.Content)
			return err
		})
	}
	p, err := a.readReport(c.File, c.Year)
	if err != nil {
		return err
	}
	return c.write(a, func(w io.Writer) error {
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

// write sends the output to the file or to stdout.
func (c *extractCommand) write(a *app, f func(io.Writer) error) error {
	if c.Output == "" {
		return f(a.stdout)
	}
	out, err := os.Create(c.Output)
	if err != nil {
		return fmt.Errorf("写不了 %s；请换一个位置：%w", c.Output, err)
	}
	if err := f(out); err != nil {
		_ = out.Close()
		return fmt.Errorf("写 %s 时出错：%w", c.Output, err)
	}
	return out.Close()
}
