package main

import (
	"fmt"
	"runtime/debug"
)

// versionCommand prints what was built.
type versionCommand struct{}

// Run implements the command.
func (versionCommand) Run(a *app) error {
	_, err := fmt.Fprintln(a.stdout, "duban", version())
	return err
}

// version is the module's version and the commit that was built.
func version() string {
	version := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				version += " " + s.Value
			}
		}
	}
	return version
}
