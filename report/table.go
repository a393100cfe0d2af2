package report

import "strings"

// table is the head of a table of commitments: which column holds what, -1 for none.
type table struct {
	number, name, department int
}

// tableHead reads a header row such as 序号 项目名称 建设内容 责任单位; nil for another line.
func tableHead(line string) *table {
	cells := strings.Split(line, "\t")
	if len(cells) < 3 {
		return nil
	}
	head := &table{number: -1, name: -1, department: -1}
	for i, cell := range cells {
		switch {
		case strings.Contains(cell, "序号"):
			head.number = i
		case containsAny(cell, departmentMarks) || containsAny(cell, []string{"责任", "牵头", "部门"}):
			if head.department < 0 {
				head.department = i
			}
		case head.name < 0 && containsAny(cell, []string{"名称", "项目", "事项", "任务", "实事", "类别"}):
			head.name = i
		}
	}
	if head.name < 0 || head.number < 0 && head.department < 0 {
		return nil
	}
	return head
}

// openTable begins a table; its rows are the items of a theme of their own.
func (o *outliner) openTable(head *table) {
	o.table, o.stack, o.open = head, nil, false
	if o.theme > 0 {
		o.theme++
		o.themeTitle, o.pending = o.pending, ""
	}
}

// row records one row of the table as an item of its theme.
func (o *outliner) row(a, b int) {
	text := o.src.text
	if o.theme == 0 {
		o.theme = 1
		o.listed = mentionsList(o.sectionTitle) || mentionsList(o.part.title)
	}
	n := 1
	if len(o.stack) > 0 {
		n = o.stack[0].no + 1
	}
	o.stack = []level{{style: plain, n: n, no: n}}
	cells := strings.Split(text[a:b], "\t")
	content := a
	if o.table.number == 0 {
		content += len(cells[0]) + 1
	}
	before := len(o.segments)
	o.flush(a, b, min(content, b), true)
	if len(o.segments) == before {
		return
	}
	s := &o.segments[before]
	if o.table.name < len(cells) {
		s.title = cells[o.table.name]
	}
	if d := o.table.department; d >= 0 && d < len(cells) {
		s.departments = appendNames(nil, cells[d])
	}
}
