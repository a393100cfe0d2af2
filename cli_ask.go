package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"duban/ask"
	"duban/plan"
	"duban/render"
	"duban/storage"
)

// askCommand answers questions without a conversation.
type askCommand struct {
	Question []string `arg:"" optional:"" help:"问题；不写就从标准输入读，每行一个"`
	Report   string   `help:"直接读这份报告" type:"path" placeholder:"FILE" xor:"source"`
	DB       string   `help:"数据库文件" type:"path" placeholder:"FILE" xor:"source"`
	Plan     string   `help:"只问这份报告：地名、年份或两者" placeholder:"NAME"`
	AsOf     string   `help:"按这一天的情况答，如 2017-06-30" placeholder:"DATE"`
	Format   string   `help:"text 或 json" enum:"text,json" default:"text"`
	Explain  bool     `help:"说明是怎么找到答案的"`
}

// Run implements the command.
func (c *askCommand) Run(a *app) error {
	day, err := a.day(c.AsOf)
	if err != nil {
		return err
	}
	about := ask.Context{Day: plan.DateOf(day)}
	library, err := c.library(a)
	if err != nil {
		return err
	}
	answer := func(q string) ask.Answer { return library.Ask(q, about) }
	if c.Plan != "" {
		engine := library.Engine(c.Plan)
		if engine == nil {
			var keys []string
			for _, p := range library.Plans() {
				keys = append(keys, string(p.Key()))
			}
			return c.noPlan(keys)
		}
		answer = func(q string) ask.Answer { return engine.Ask(q, about) }
	}
	if q := strings.TrimSpace(strings.Join(c.Question, " ")); q != "" {
		return c.print(a, answer(q))
	}
	return c.eachLine(a, answer)
}

// noPlan says which plans may be asked, and without a database how to name one.
func (c *askCommand) noPlan(keys []string) error {
	known := strings.Join(keys, "、")
	switch {
	case c.Report != "":
		return fmt.Errorf("没有名为 %q 的计划；这份报告是：%s；问库里的报告请改用 --db 数据库文件", c.Plan, known)
	case c.DB == "":
		return fmt.Errorf("没有名为 %q 的计划；没写 --db 时只有内置的：%s；问库里的报告请加 --db 数据库文件", c.Plan, known)
	}
	return errNoPlan(c.Plan, keys)
}

// eachLine answers the lines of stdin, each for itself.
func (c *askCommand) eachLine(a *app, answer func(string) ask.Answer) error {
	lines := bufio.NewScanner(a.stdin)
	lines.Buffer(make([]byte, 64<<10), 4<<20)
	for lines.Scan() {
		q := strings.TrimSpace(strings.ToValidUTF8(lines.Text(), ""))
		if q == "" {
			continue
		}
		if err := c.print(a, answer(q)); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("读标准输入时出错：%w", err)
	}
	return nil
}

func (c *askCommand) database(a *app) string {
	if c.DB == "" {
		return ""
	}
	return a.databasePath(c.DB)
}

// library loads the plans that may answer: of a report, of a database, or the built-in one.
func (c *askCommand) library(a *app) (library *ask.Library, err error) {
	switch {
	case c.Report != "":
		p, err := a.readReport(c.Report, 0)
		if err != nil {
			return nil, err
		}
		return ask.NewLibrary(p), nil
	case c.DB == "":
		p, err := builtinReport()
		return ask.NewLibrary(p), err
	}
	err = a.with(c.DB, func(db *storage.DB) error {
		library, err = c.stored(a, db)
		return err
	})
	return library, err
}

// stored indexes the plans of a database.
func (c *askCommand) stored(a *app, db *storage.DB) (*ask.Library, error) {
	var plans []*plan.Plan
	err := db.View(a.ctx, func(tx plan.Tx) (err error) {
		plans, err = plan.All(tx.Plans())
		return err
	})
	if err == nil && len(plans) == 0 {
		err = errNoReports(db.Path())
	}
	return ask.NewLibrary(plans...), err
}

// answerJSON is one line of --format json.
type answerJSON struct {
	Question string      `json:"question"`
	Answered bool        `json:"answered"`
	Text     string      `json:"text"`
	Items    []itemJSON  `json:"items"`
	Nearest  []plan.Code `json:"nearest,omitempty"`
	Plan     plan.Key    `json:"plan,omitempty"`
	Intent   ask.Intent  `json:"intent,omitempty"`
	Score    float64     `json:"score"`
	Facts    []ask.Fact  `json:"facts,omitempty"`
	Why      []string    `json:"why,omitempty"`
}

type itemJSON struct {
	Code    plan.Code `json:"code"`
	Targets []string  `json:"targets"`
}

// explain says why an answer was chosen: intent, confidence, words, best candidates and
// how derived numbers came about.
func explain(a ask.Answer) string {
	lines := []string{fmt.Sprintf("意图 %s，把握 %.2f，已回答 %v", a.Intent, a.Score, a.Answered)}
	lines = append(lines, a.Why...)
	for _, f := range a.Facts {
		lines = append(lines, fmt.Sprintf("算得 %s = %s（%s）", f.Value, f.Formula, strings.Join(f.Operands, "、")))
	}
	return strings.Join(lines, "\n") + "\n"
}

func (c *askCommand) print(a *app, answer ask.Answer) error {
	message := render.Answer(answer)
	if c.Format == "text" {
		text := message.Text + "\n"
		if c.Explain {
			text += explain(answer)
		}
		_, err := fmt.Fprintln(a.stdout, text)
		return err
	}
	out := answerJSON{Question: answer.Question, Answered: answer.Answered, Text: message.Text, Items: []itemJSON{}, Intent: answer.Intent, Score: math.Round(answer.Score*100) / 100, Facts: answer.Facts}
	if answer.Plan != nil {
		out.Plan = answer.Plan.Key()
	}
	if c.Explain {
		out.Why = answer.Why
	}
	for _, item := range answer.Items {
		entry := itemJSON{Code: item.Segment.Code, Targets: []string{}}
		for _, t := range item.Targets {
			entry.Targets = append(entry.Targets, t.Metric)
		}
		out.Items = append(out.Items, entry)
	}
	for _, near := range answer.Nearest {
		out.Nearest = append(out.Nearest, near.Code)
	}
	encoder := json.NewEncoder(a.stdout)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(out)
}
