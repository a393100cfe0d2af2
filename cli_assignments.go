package main

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"duban/commands"
	"duban/plan"
	"duban/report/document"
	"duban/storage"
)

// assignmentsCommand stores who answers for what, from a table. Invitations are secrets
// that are shown once, so they are made only where they are asked for.
type assignmentsCommand struct {
	File   string `arg:"" help:"表格（CSV 或 XLSX）：编号,指标,牵头单位,配合单位,姓名,角色,单位；- 是标准输入"`
	DB     string `help:"数据库文件" type:"path" placeholder:"FILE"`
	Plan   string `help:"哪份计划：地名、年份或两者" placeholder:"NAME"`
	Invite bool   `help:"给表里的每个人生成一次性邀请码，七天内有效，只显示这一次"`
}

// inviteDays is how long an invitation from a table is valid.
const inviteDays = 7

func (c *assignmentsCommand) database(a *app) string { return a.databasePath(c.DB) }

// Run implements the command.
func (c *assignmentsCommand) Run(a *app) error {
	rows, err := a.readSheet(c.File)
	if err != nil {
		return err
	}
	return a.withExisting(c.DB, func(db *storage.DB) error {
		var result assigned
		err := db.Update(a.ctx, func(tx plan.Tx) (err error) {
			result, err = c.store(a, tx, rows)
			return err
		})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(a.stdout, result.message())
		return err
	})
}

// store assigns and invites in one transaction: all rows, or with an error none.
func (c *assignmentsCommand) store(a *app, tx plan.Tx, rows []document.Row) (result assigned, err error) {
	plans, err := plansNamed(tx, a.databasePath(c.DB), c.Plan)
	if err != nil {
		return result, err
	}
	list, wrong, err := commands.ParseAssignments(rows, plans)
	switch {
	case err != nil:
		return result, fmt.Errorf("%s 的%w", filepath.Base(c.File), err)
	case len(wrong) > 0:
		return result, errRows(filepath.Base(c.File), wrong)
	}
	result.list = list
	desk := tx.As(a.operator(), a.now())
	if err := result.assign(tx, desk); err != nil || !c.Invite {
		return result, err
	}
	return result, result.invite(desk, a.now())
}

// assigned is what an import of assignments did.
type assigned struct {
	list          commands.Assignments
	changed, same int
	tokens        []string // as list.People
}

// assign stores what differs from what is assigned already.
func (r *assigned) assign(tx plan.Tx, desk plan.Desk) error {
	changes := map[plan.Key][]plan.Duty{}
	var order []plan.Key
	current := map[plan.Key]map[plan.ID]plan.Duty{}
	for _, row := range r.list.Duties {
		if current[row.Plan] == nil {
			duties, err := tx.Plans().Duties(row.Plan)
			if err != nil {
				return err
			}
			current[row.Plan] = duties
			order = append(order, row.Plan)
		}
		if commands.SameDuty(current[row.Plan][row.Duty.Item], row.Duty) {
			r.same++
			continue
		}
		changes[row.Plan] = append(changes[row.Plan], row.Duty)
		r.changed++
	}
	for _, key := range order {
		if len(changes[key]) == 0 {
			continue
		}
		if err := desk.Assign(key, changes[key]...); err != nil {
			return err
		}
	}
	return nil
}

// invite makes one invitation a person.
func (r *assigned) invite(desk plan.Desk, now time.Time) error {
	for _, p := range r.list.People {
		secret := make([]byte, 18)
		_, _ = rand.Read(secret) // never fails
		token := base64.RawURLEncoding.EncodeToString(secret)
		err := desk.Invite(plan.Invite{
			Hash: plan.HashToken(token), Role: p.Role, Department: p.Department, Expires: now.AddDate(0, 0, inviteDays),
		})
		if err != nil {
			return err
		}
		r.tokens = append(r.tokens, token)
	}
	return nil
}

func (r *assigned) message() string {
	text := fmt.Sprintf("已落实责任单位%d项", r.changed)
	if r.same > 0 {
		text += fmt.Sprintf("，%d项没有变化", r.same)
	}
	if r.list.Blank > 0 {
		text += fmt.Sprintf("，%d项还没写牵头单位", r.list.Blank)
	}
	text += "。"
	switch people := r.list.People; {
	case len(r.tokens) > 0:
		text += fmt.Sprintf("\n邀请码%d个，各用一次，%d天内有效，只显示这一次；请本人发 /start 邀请码：", len(people), inviteDays)
		for i, p := range people {
			text += "\n" + strings.Join([]string{p.Name, p.Department, string(p.Role), r.tokens[i]}, "\t")
		}
	case len(people) > 0:
		text += fmt.Sprintf("\n表里有%d人；加 --invite 再导入一次，可生成邀请码。", len(people))
	}
	return text
}
