package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"duban/storage"
)

// checkCommand verifies configuration, database and audit chain, and changes nothing.
type checkCommand struct {
	DB string `help:"数据库文件" type:"path" placeholder:"FILE"`
}

func (c *checkCommand) database(a *app) string { return a.databasePath(c.DB) }

// Run implements the command. Where a file is named without a configuration, such as a backup,
// the places in which duban serve would write do not matter.
func (c *checkCommand) Run(a *app) error {
	path := a.databasePath(c.DB)
	contents, err := a.look(path)
	if err != nil {
		return err
	}
	if err := a.checkDates(); err != nil {
		return err
	}
	if a.host == nil && (c.DB == "" || a.configFile != "") {
		if err := a.checkPlaces(path, contents); err != nil {
			return err
		}
	}
	text := fmt.Sprintf("配置、数据库 %s 和审计链都正常。\n%s", path, contentsText(contents))
	if a.host != nil || c.DB == "" || a.configFile != "" {
		text += "\n" + a.copiesText(path)
	}
	_, err = fmt.Fprintln(a.stdout, text)
	return err
}

// look verifies a database, the host's or one that is only read, and counts what it holds.
func (a *app) look(path string) (storage.Contents, error) {
	if a.host != nil {
		if err := a.host.db.Check(a.ctx); err != nil {
			return storage.Contents{}, err
		}
		return a.host.db.Contents(a.ctx)
	}
	if err := a.exists(path); err != nil {
		return storage.Contents{}, err
	}
	return storage.Look(a.ctx, path)
}

// contentsText says what a database holds, so that somebody notices what it lacks.
func contentsText(c storage.Contents) string {
	text := fmt.Sprintf("库里有报告%d份、填报%d条、审计记录%d条；数据格式第%d版", c.Plans, c.Filings, c.Audit, c.Schema)
	if c.Plans == 0 {
		text = fmt.Sprintf("库里还没有报告；数据格式第%d版", c.Schema)
	}
	if c.Schema < c.Newest {
		text += fmt.Sprintf("，本程序第一次打开时会升到第%d版", c.Newest)
	}
	return text + "。"
}

// copiesText says when duban serve made its last backup.
func (a *app) copiesText(path string) string {
	c, err := a.copiesOf(path)
	if err != nil || a.config.Backup.Keep == 0 {
		return "自动备份没有开（backup.keep 是 0）。"
	}
	last, err := c.last(a.now())
	switch {
	case err != nil:
		return fmt.Sprintf("自动备份的文件夹 %s 读不了（%s）。", c.folder, why(err))
	case last.IsZero():
		return fmt.Sprintf("还没有自动备份（%s 里）。", c.folder)
	}
	return fmt.Sprintf("最近一次自动备份：%s（%s）。", last.In(c.when.Zone).Format("2006-01-02 15:04"), c.path(last))
}

// checkPlaces reports the first place that duban serve could not write, and the first report
// that it could not load into an empty database.
func (a *app) checkPlaces(path string, contents storage.Contents) error {
	if err := writable(path); err != nil {
		return fmt.Errorf("数据库 %s 或它的文件夹写不进去（%w）；duban serve 会起不来，请换一个位置（storage.path、--db），或用服务的用户来检查", path, plainly(err))
	}
	if folder := a.config.Backup.folderOf(path); a.config.Backup.Keep > 0 {
		if err := writable(filepath.Join(folder, "x")); err != nil {
			return fmt.Errorf("自动备份的文件夹 %s 写不进去（%w）；请改 backup.folder，或让服务的用户能写它", folder, plainly(err))
		}
	}
	if contents.Plans > 0 {
		return nil
	}
	for _, report := range a.config.Plan.Reports {
		f, err := os.Open(report)
		if err != nil {
			return fmt.Errorf("plan.reports 里的 %s 读不了（%w）；请检查路径和权限", report, plainly(err))
		}
		_ = f.Close()
	}
	return nil
}

// writable reports why a file, and others beside it, could not be written. Of a folder that
// is not there yet the nearest one that is counts.
func writable(path string) error {
	if err := access(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for folder := filepath.Dir(path); ; folder = filepath.Dir(folder) {
		info, err := os.Stat(folder)
		switch {
		case errors.Is(err, fs.ErrNotExist) && filepath.Dir(folder) != folder:
			continue
		case err != nil:
			return err
		case !info.IsDir():
			return fs.ErrInvalid
		}
		return access(folder)
	}
}
