// Package builtin holds the work report that the program knows without any file: the
// 2017 report of the city of Liaocheng (聊城市政府工作报告, 23 February 2017), as published.
// Nothing flows in; the report's text flows out.
package builtin

import _ "embed"

// Name is the file name that the built-in report is listed under.
const Name = "liaocheng-2017.txt"

//go:embed liaocheng-2017.txt
var liaocheng2017 string

// Text returns the report's text in UTF-8.
func Text() string { return liaocheng2017 }
