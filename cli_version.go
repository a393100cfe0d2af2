package main

import (
	"fmt"
	"runtime/debug"
	"strings"

	"duban/render"
)

// versionCommand prints what was built.
type versionCommand struct {
	Licence bool `help:"显示程序里字体的许可证"`
}

// Run implements the command.
func (c *versionCommand) Run(a *app) error {
	text := "duban " + version()
	if c.Licence {
		text = render.FontLicence()
	}
	_, err := fmt.Fprintln(a.stdout, text)
	return err
}

// commit is set by the linker where the build cannot see the repository.
var commit string

// version is the module's version and the commit that was built.
func version() string {
	version := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				version += " " + s.Value
				return version
			}
		}
	}
	return strings.TrimSpace(version + " " + commit)
}
