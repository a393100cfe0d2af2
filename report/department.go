package report

import "strings"

// departmentMarks introduce the names of those who answer for a commitment.
var departmentMarks = []string{"责任单位", "牵头单位", "主办单位", "责任部门", "牵头部门", "承办单位", "配合单位", "实施单位", "主管部门"}

// departmentsIn returns the departments that a segment names behind 责任单位 and its like,
// in order, each once.
func departmentsIn(t string) []string {
	names := inCharge(t)
	if !strings.Contains(t, "单位：") && !strings.Contains(t, "部门：") {
		return names
	}
	for _, mark := range departmentMarks {
		for rest := t; ; {
			i := strings.Index(rest, mark)
			if i < 0 {
				break
			}
			rest = rest[i+len(mark):]
			list, ok := strings.CutPrefix(rest, "：")
			if !ok {
				continue
			}
			names = appendNames(names, list)
		}
	}
	return names
}

// inCharge returns the departments of brackets such as (市教育局、市财政局负责).
func inCharge(t string) []string {
	names := []string{}
	for rest := t; ; {
		close := strings.Index(rest, "负责)")
		if close < 0 {
			return names
		}
		if open := strings.LastIndex(rest[:close], "("); open >= 0 && !strings.ContainsAny(rest[open:close], "。；\n") {
			names = appendNames(names, strings.TrimSuffix(rest[open+1:close], "牵头"))
		}
		rest = rest[close+len("负责)"):]
	}
}

// appendNames reads 市教育局、市财政局 up to the first stop or bracket.
func appendNames(names []string, list string) []string {
	if i := strings.IndexAny(list, "。；)\n】："); i >= 0 {
		list = list[:i]
	}
	for _, name := range strings.FieldsFunc(list, func(r rune) bool { return r == '、' || r == '，' || r == '\t' }) {
		known := false
		for _, n := range names {
			known = known || n == name
		}
		if len(name) > 3 && len(name) < 60 && !known {
			names = append(names, name)
		}
	}
	return names
}
