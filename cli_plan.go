package main

import (
	"fmt"
	"strings"

	"duban/plan"
)

// choosePlan finds the plan that a flag --plan names: by its key, or a place or year in it; for
// "" the latest one that had begun by the day, else the latest.
func choosePlan(list []plan.Summary, database, name string, day plan.Date) (plan.Key, error) {
	if len(list) == 0 {
		return "", errNoReports(database)
	}
	if name == "" {
		for _, s := range list {
			if s.Year <= day.Year {
				return s.Key, nil
			}
		}
		return list[0].Key, nil
	}
	var keys []string
	for _, s := range list {
		if string(s.Key) == name {
			return s.Key, nil
		}
		keys = append(keys, string(s.Key))
	}
	for _, s := range list {
		if strings.Contains(string(s.Key), name) {
			return s.Key, nil
		}
	}
	return "", errNoPlan(name, keys)
}

func errNoPlan(name string, keys []string) error {
	return fmt.Errorf("没有名为 %q 的计划；库里有：%s", name, strings.Join(keys, "、"))
}

// errNoReports says how to fill an empty database.
func errNoReports(database string) error {
	return fmt.Errorf("数据库 %s 里还没有报告；请先运行 duban import 报告文件 --db %s", database, database)
}
