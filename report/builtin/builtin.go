// Package builtin holds the work report that the program knows without any file: the
// 2017 report of the city of Liaocheng (聊城市政府工作报告, 23 February 2017), as published,
// and the figures on it that the city and its press have published since. Nothing flows in;
// the texts flow out.
package builtin

import _ "embed"

// Name is the file name that the built-in report is listed under.
const Name = "liaocheng-2017.txt"

//go:embed liaocheng-2017.txt
var liaocheng2017 string

//go:embed liaocheng-2017.filings.csv
var filings2017 string

// Text returns the report's text in UTF-8.
func Text() string { return liaocheng2017 }

// Filings returns the published figures as a table of bulk filings; its column source cites
// newspaper and date of each. What has no published figure is not in it.
func Filings() string { return filings2017 }
