package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/alecthomas/kong"

	"duban/plan"
	"duban/storage"
)

// databaseUser is a command that also works while another process holds its database.
type databaseUser interface {
	// database returns the file that the command will open; "" where it needs none.
	database(a *app) string
}

// runHere runs the command in this process, or has it run by the one that holds the
// database.
func (a *app) runHere(k *kong.Context) error {
	if err := a.spareTerminal(k); err != nil {
		return err
	}
	command, shares := k.Selected().Target.Addr().Interface().(databaseUser)
	switch {
	case a.host != nil && !shares:
		return usageError{errors.New("这个命令不能由正在运行的 duban serve 代办")}
	case a.host != nil || !shares:
		return k.Run(a.withDisk(""))
	}
	path := command.database(a)
	a.withDisk(path)
	_, a.talks = command.(*chatCommand)
	if path != "" {
		if conn := dialHolder(a.ctx, path); conn != nil {
			return a.forward(conn)
		}
	}
	return k.Run(a)
}

// spareTerminal refuses to print a workbook where a person would see noise.
func (a *app) spareTerminal(k *kong.Context) error {
	var format, output string
	for _, flag := range k.Flags() {
		switch flag.Name {
		case "format":
			format = flag.Target.String()
		case "output":
			output = flag.Target.String()
		}
	}
	if format == "xlsx" && output == "" && terminal(a.stdout) {
		return usageError{errors.New("表格文件不能显示在终端里；请用 -o 写明文件")}
	}
	return nil
}

// withDisk names what no output may overwrite: the databases and the settings.
func (a *app) withDisk(database string) *app {
	if a.disk == nil {
		a.disk = localDisk{
			databases: []string{database, a.config.Storage.Path}, settings: []string{a.configFile, a.config.Telegram.TokenFile},
		}
	}
	return a
}

// databasePath returns the file of a --db flag, the configured one without.
func (a *app) databasePath(flag string) string {
	if flag == "" {
		return a.config.Storage.Path
	}
	return flag
}

// open opens the database of a --db flag, the configured one without.
func (a *app) open(path string) (*storage.DB, error) {
	return storage.Open(a.databasePath(path), a.config.storage())
}

// with runs f with the database of a --db flag: the host's, or one that is opened for it.
func (a *app) with(flag string, f func(*storage.DB) error) (err error) {
	if a.host != nil {
		return f(a.host.db)
	}
	db, err := a.open(flag)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return f(db)
}

// withExisting is with, for commands that make no database.
func (a *app) withExisting(flag string, f func(*storage.DB) error) error {
	if err := a.exists(a.databasePath(flag)); err != nil {
		return err
	}
	return a.with(flag, f)
}

// exists reports a database that is not there.
func (a *app) exists(path string) error {
	if _, err := os.Stat(path); a.host == nil && errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("数据库 %s 不存在；请检查 --db，或先运行 duban import 报告文件 --db %s", path, path)
	}
	return nil
}

// operator is who runs the command, with all rights: whoever may read and write the file
// could change it anyway. The audit chain names the user.
func (a *app) operator() plan.Actor {
	return plan.Actor{ID: plan.PersonID("terminal:" + a.userName()), Role: plan.Admin}
}
